"""Multiplication by whole numbers, as the converted embedding models do it."""

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession

from bot.nlu.encoders.whole_rows import multiply_whole_rows, whole_columns

RANDOM = np.random.default_rng(5)
WEIGHTS = RANDOM.normal(size=(24, 6)).astype(np.float32)


def session(weights=WEIGHTS):
    rows, product = (helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ("rows", "product"))
    node = helper.make_node("MatMul", ["rows", "weights"], ["product"], name="multiply")
    graph = helper.make_graph(
        [node], "one multiplication", [rows], [product], [numpy_helper.from_array(weights, "weights")]
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    multiply_whole_rows(model, list(model.graph.node))
    return InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def product_of(rows, weights=WEIGHTS):
    return session(weights).run(None, {"rows": rows})[0]


def test_a_product_is_off_by_less_than_a_hundredth_of_its_row():
    rows = RANDOM.normal(size=(40, 24)).astype(np.float32)
    exact = rows @ WEIGHTS
    errors = np.abs(product_of(rows) - exact).max(axis=1)
    assert float((errors / np.abs(exact).max(axis=1)).max()) < 0.02


def test_a_row_s_product_does_not_depend_on_the_rows_beside_it():
    row = RANDOM.normal(size=(1, 24)).astype(np.float32)
    beside = np.vstack([row, 1000 * row])
    assert product_of(beside)[0].tolist() == product_of(row)[0].tolist()


@pytest.mark.parametrize("value", [1.0, -1.0])
def test_sums_of_the_largest_numbers_are_not_cut_off(value):
    rows, weights = np.full((1, 1536), value, np.float32), np.full((1536, 2), 3.0, np.float32)
    assert product_of(rows, weights)[0].tolist() == pytest.approx([value * 3 * 1536] * 2, rel=1e-5)


def test_a_row_of_zeros_stays_one():
    assert product_of(np.zeros((1, 24), np.float32)).tolist() == [[0.0] * 6]


def test_weights_are_whole_numbers_around_128_with_a_scale_for_each_column():
    numbers, scales = whole_columns(np.array([[1.0, -2.0, 0.0], [-0.5, 1.0, 0.0]], np.float32))
    assert numbers.tolist() == [[255, 1, 128], [64, 192, 128]]
    assert numbers.dtype == np.uint8
    assert scales.tolist() == pytest.approx([1 / 127, 2 / 127, 1])
