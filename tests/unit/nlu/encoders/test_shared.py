"""What holds for every encoder, and that a process has one of each."""

import numpy as np
import pytest

from bot.nlu.encoders.shared import NAMES, fingerprint, shared_encoder

TEXTS = ["short", "a somewhat longer sentence about nothing", "x", "four words are here", "", "🙃 ok"] * 6


@pytest.fixture(params=NAMES)
def encoder(request):
    return shared_encoder(request.param)


def cosine(encoder, one, other):
    return float(encoder.encode([one])[0] @ encoder.encode([other])[0])


def test_there_is_an_english_and_a_multilingual_encoder():
    assert NAMES == ("minilm", "universal")


def test_the_process_has_one_encoder_of_each_name():
    assert shared_encoder("universal") is shared_encoder("universal")
    assert shared_encoder("universal") is not shared_encoder("minilm")


def test_each_encoder_has_its_own_fingerprint():
    assert len({fingerprint(name) for name in NAMES}) == len(NAMES)


def test_a_vector_has_the_encoder_s_size_and_length_1(encoder):
    vectors = encoder.encode(["Can I park there?"])

    assert vectors.shape == (1, encoder.size)
    assert vectors.dtype == np.float32
    assert float(np.linalg.norm(vectors)) == pytest.approx(1.0, abs=1e-6)


def test_a_batch_gives_the_same_vectors_as_one_text_at_a_time(encoder):
    one_by_one = np.vstack([encoder.encode([text]) for text in TEXTS])

    np.testing.assert_allclose(encoder.encode(TEXTS), one_by_one, atol=1e-5)


def test_no_texts_give_no_vectors(encoder):
    assert encoder.encode([]).shape == (0, encoder.size)


def test_a_paraphrase_is_nearer_than_another_subject(encoder):
    question, paraphrase = "How long should I wait before the next appointment?", "When may I come again?"

    assert cosine(encoder, question, paraphrase) > cosine(encoder, question, "Do you sell bicycles?") + 0.2


def test_what_comes_after_a_thousand_characters_is_cut_off(encoder):
    assert cosine(encoder, "word " * 500, "word " * 600) == pytest.approx(1.0, abs=1e-6)
