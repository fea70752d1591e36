"""all-MiniLM-L6-v2 as it ships."""

import pytest

from bot.nlu.encoders.files import EmbeddingModelError, verified, write
from bot.nlu.encoders.minilm.convert import PACKAGED_SHA256
from bot.nlu.encoders.minilm.encoder import TOKENIZER_FILE, TOKENIZER_SHA256, MiniLmEncoder
from bot.nlu.encoders.shared import shared_encoder


def cosine(one, other):
    first, second = shared_encoder("minilm").encode([one, other])
    return float(first @ second)


@pytest.mark.parametrize(
    ("one", "other", "documented"),
    [
        ("The weather is lovely today.", "It's so sunny outside!", 0.6660),
        ("The weather is lovely today.", "He drove to the stadium.", 0.1046),
        ("It's so sunny outside!", "He drove to the stadium.", 0.1411),
    ],
)
def test_similarities_are_those_that_the_model_s_authors_document(one, other, documented):
    assert cosine(one, other) == pytest.approx(documented, abs=0.01)


def test_capitals_do_not_matter():
    assert cosine("HELLO THERE", "hello there") == pytest.approx(1.0, abs=1e-6)


def test_a_missing_model_file_is_named(tmp_path):
    with pytest.raises(EmbeddingModelError, match=r"model\.onnx is missing"):
        MiniLmEncoder(tmp_path / "model.onnx")


def test_a_changed_model_file_is_refused(tmp_path):
    write(b"a model", tmp_path / "model.onnx")
    (tmp_path / "model.onnx").write_bytes(b"another model")

    with pytest.raises(EmbeddingModelError, match=r"model\.onnx has an unexpected sha256"):
        MiniLmEncoder(tmp_path / "model.onnx")


def test_a_changed_tokenizer_is_refused(tmp_path):
    changed = tmp_path / "tokenizer.json"
    changed.write_bytes(TOKENIZER_FILE.read_bytes() + b" ")

    with pytest.raises(EmbeddingModelError, match=r"tokenizer\.json has an unexpected sha256"):
        verified(changed, TOKENIZER_SHA256)


def test_the_notice_names_the_files_by_their_hashes():
    notice = TOKENIZER_FILE.with_name("NOTICE").read_text(encoding="utf-8")

    assert TOKENIZER_SHA256 in notice
    assert PACKAGED_SHA256 in notice
    assert "Apache License, Version 2.0" in notice
