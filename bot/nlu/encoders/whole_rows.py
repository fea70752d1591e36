"""Multiplies by whole numbers with one scale a row: faster than with a scale for every block (docs/decisions.md).

Written as an ONNX function in its own notation. A row is one word of one text and is scaled by itself alone, so a
text's vector does not depend on the others of its batch, which onnxruntime's own dynamic quantization would make it.
Both sides are unsigned around 128: with signed weights a processor without VNNI cuts off large sums.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnx.parser import parse_function

DOMAIN = "tandem"
MIDDLE = 128
"""The stored number that stands for zero; 127 on either side of it."""

MULTIPLY_WHOLE = f"""
    <opset_import: ["" : 17], domain: "{DOMAIN}">
    MultiplyWhole (rows, weights, weight_scales) => (product) {{
        sizes = Abs (rows)
        largest = ReduceMax <axes: ints = [-1], keepdims: int = 1> (sizes)
        steps = Constant <value: tensor = float {{127.0}}> ()
        step = Div (largest, steps)
        smallest = Constant <value: tensor = float {{1e-9}}> ()
        scales = Max (step, smallest)
        scaled = Div (rows, scales)
        whole = Round (scaled)
        middle = Constant <value: tensor = float {{{MIDDLE}.0}}> ()
        unsigned = Add (whole, middle)
        numbers = Cast <to: int = {TensorProto.UINT8}> (unsigned)
        zero = Constant <value: tensor = uint8 {{{MIDDLE}}}> ()
        sums = MatMulInteger (numbers, weights, zero, zero)
        plain = Cast <to: int = {TensorProto.FLOAT}> (sums)
        of_rows = Mul (plain, scales)
        product = Mul (of_rows, weight_scales)
    }}
"""


def multiply_whole_rows(model: Any, nodes: list[Any]) -> None:
    """Replace these multiplications by constant weights in place; the plain weights are left unused."""
    values = {each.name: each for each in model.graph.initializer}
    for node in nodes:
        rows, weights = node.input
        numbers, scales = whole_columns(numpy_helper.to_array(values[weights]))
        parts: dict[str, NDArray[Any]] = {f"{weights}_numbers": numbers, f"{weights}_scales": scales}
        model.graph.initializer.extend(numpy_helper.from_array(part, name) for name, part in parts.items())
        node.CopyFrom(
            helper.make_node("MultiplyWhole", [rows, *parts], list(node.output), name=node.name, domain=DOMAIN)
        )
    model.functions.append(parse_function(MULTIPLY_WHOLE))
    model.opset_import.append(helper.make_opsetid(DOMAIN, 1))
    model.ir_version = max(model.ir_version, 8)


def whole_columns(weights: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Return the weights as unsigned whole numbers around the middle, and each column's scale."""
    scales = (np.abs(weights).max(axis=0) / 127).astype(np.float32)
    scales[scales == 0] = 1
    return (np.round(weights / scales) + MIDDLE).astype(np.uint8), scales
