"""How a text is cut into pieces of words, on a handful of pieces."""

import marisa_trie
import numpy as np
import pytest

from bot.nlu.encoders.universal.pieces import END, START, UNKNOWN, Pieces

SCORES = {"▁": -3.0, "▁a": -4.0, "b": -5.0, "c": -5.0, "bc": -7.0, "▁abc": -15.0, "½": -1.0}
NUMBERS = {piece: 10 + place for place, piece in enumerate(SCORES)}


@pytest.fixture
def pieces(tmp_path):
    tree = marisa_trie.Trie(SCORES)
    tree.save(str(tmp_path / "tree"))
    order = sorted(SCORES, key=lambda piece: tree[piece])
    scores = np.array([SCORES[piece] for piece in order], dtype=np.float32)
    return Pieces(tmp_path / "tree", scores, np.array([NUMBERS[piece] for piece in order], dtype=np.int32))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("a", ["▁a"]),
        ("ab", ["▁a", "b"]),
        ("abc", ["▁a", "bc"]),  # -11, where a, b, c are -14 and the whole word is -15
        ("  a \n b ", ["▁a", "▁", "b"]),
        ("", ["▁"]),
    ],
)
def test_the_likeliest_pieces_are_taken(pieces, text, cut):
    assert pieces.numbers(text) == [START, *(NUMBERS[piece] for piece in cut), END]


def test_a_character_without_a_piece_is_unknown(pieces):
    assert pieces.numbers("azb") == [START, NUMBERS["▁a"], UNKNOWN, NUMBERS["b"], END]


def test_compatible_characters_are_read_as_plain_ones(pieces):
    assert pieces.numbers("ａ") == [START, NUMBERS["▁a"], END]
