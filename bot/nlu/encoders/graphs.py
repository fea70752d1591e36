"""Looks into ONNX graphs and tidies them."""

from __future__ import annotations

from typing import Any


def constant_multiplications(graph: Any) -> list[Any]:
    """Return the multiplications by constant weights."""
    constants = {each.name for each in graph.initializer}
    return [node for node in graph.node if node.op_type == "MatMul" and node.input[1] in constants]


def drop_unused(graph: Any) -> None:
    """Drop constants that no node takes any more."""
    used = {name for node in graph.node for name in node.input}
    for each in [each for each in graph.initializer if each.name not in used]:
        graph.initializer.remove(each)
