"""The multilingual Universal Sentence Encoder as it ships."""

import shutil

import numpy as np
import pytest

from bot.nlu.encoders.files import CONVERTED, EmbeddingModelError
from bot.nlu.encoders.shared import shared_encoder
from bot.nlu.encoders.universal.encoder import FILES, UniversalEncoder, layout


def cosine(one, other):
    first, second = shared_encoder("universal").encode([one, other])
    return float(first @ second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How long must I wait?", "Combien de temps dois-je attendre ?"),
        ("Where can I park my car?", "Wo kann ich mein Auto parken?"),
        ("What does it cost?", "¿Cuánto cuesta?"),
    ],
)
def test_the_same_question_in_two_languages_is_one_meaning(one, other):
    assert cosine(one, other) > 0.7


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_refused(tmp_path, name):
    for each in FILES:
        for suffix in ("", ".sha256"):
            shutil.copy(CONVERTED / f"{each}{suffix}", tmp_path)
    with (tmp_path / name).open("ab") as file:
        file.write(b" ")

    with pytest.raises(EmbeddingModelError, match=f"{name} has an unexpected sha256"):
        UniversalEncoder(tmp_path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(EmbeddingModelError, match=r"universal-8bit\.onnx is missing: install again"):
        UniversalEncoder(tmp_path)


def test_a_piece_sees_two_neighbours_on_each_side_and_none_of_another_text():
    none = 5

    assert layout(np.array([3, 2]))["windows"].tolist() == [
        [none, none, 0, 1, 2],
        [none, 0, 1, 2, none],
        [0, 1, 2, none, none],
        [none, none, 3, 4, none],
        [none, 3, 4, none, none],
    ]


def test_each_piece_counts_for_its_own_text_by_the_root_of_the_text_s_length():
    third, half = 3**-0.5, 2**-0.5

    np.testing.assert_allclose(
        layout(np.array([3, 2]))["shares"], [[third, third, third, 0, 0], [0, 0, 0, half, half]], rtol=1e-6
    )
