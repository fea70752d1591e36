"""The encoders' files are used only as they are expected."""

import hashlib

import pytest

from bot.nlu.encoders.files import EmbeddingModelError, noted_sha256, verified, verified_as_converted, write


def test_what_was_written_is_whole(tmp_path):
    file = tmp_path / "new" / "model.onnx"
    write(b"layers", file)

    assert verified_as_converted(file).read_bytes() == b"layers"
    assert noted_sha256(file) == hashlib.sha256(b"layers").hexdigest()
    assert sorted(each.name for each in file.parent.iterdir()) == ["model.onnx", "model.onnx.sha256"]


def test_what_is_written_again_replaces_the_old(tmp_path):
    file = tmp_path / "model.onnx"
    write(b"old", file)
    write(b"new", file)

    assert verified_as_converted(file).read_bytes() == b"new"


def test_a_file_that_was_changed_after_the_conversion_is_refused(tmp_path):
    file = tmp_path / "model.onnx"
    write(b"layers", file)
    file.write_bytes(b"layer")

    with pytest.raises(EmbeddingModelError, match=r"model\.onnx has an unexpected sha256"):
        verified_as_converted(file)


def test_a_file_that_was_never_converted_is_named(tmp_path):
    with pytest.raises(EmbeddingModelError, match=r"model\.onnx is missing: install again"):
        verified_as_converted(tmp_path / "model.onnx")


def test_a_file_that_went_after_the_conversion_is_named(tmp_path):
    file = tmp_path / "model.onnx"
    write(b"layers", file)
    file.unlink()

    with pytest.raises(EmbeddingModelError, match=r"model\.onnx is missing: install again"):
        verified_as_converted(file)


def test_a_file_longer_than_a_chunk_is_hashed_whole(tmp_path):
    file = tmp_path / "table.bin"
    content = b"x" * 3_000_001
    file.write_bytes(content)

    assert verified(file, hashlib.sha256(content).hexdigest()) == file
