"""The runner of trained graphs, beside Rasa's own."""

from __future__ import annotations

import pytest
from rasa.core import processor
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.server.patches.graph_runner import StraightRunner


class Adds(GraphComponent):
    """Adds one number to another, and counts how often it was asked."""

    asked = 0

    @classmethod
    def create(cls, config, model_storage, resource, execution_context):
        return cls()

    def add(self, left: int, right: int) -> int:
        Adds.asked += 1
        return left + right

    def fail(self, left: int) -> int:
        raise RuntimeError("no")


def node(function: str = "add", target: bool = False, **needs: str) -> SchemaNode:
    return SchemaNode(needs=needs, uses=Adds, fn=function, constructor_name="create", config={}, is_target=target)


SCHEMA = GraphSchema(
    {
        # Named after those that need them, so that the order of the schema is not the order of the work.
        "sum": node(left="double", right="b", target=True),
        "double": node(left="a", right="a"),
        "unasked": node(left="double", right="double"),
        "broken": node("fail", left="a"),
    }
)


@pytest.fixture(params=[StraightRunner, DaskGraphRunner])
def runner(request, tmp_path):
    context = ExecutionContext(SCHEMA)
    return request.param.create(SCHEMA, LocalModelStorage.create(tmp_path), context)


def test_it_gives_what_the_stock_runner_gives(runner):
    assert runner.run(inputs={"a": 2, "b": 3}) == {"sum": 7}
    assert runner.run(inputs={"a": 2, "b": 3}, targets=["double"]) == {"double": 4}
    assert runner.run(inputs={"a": 5, "b": 1}) == {"sum": 11}


def test_what_no_target_needs_does_not_run(tmp_path):
    Adds.asked = 0
    runner = StraightRunner.create(SCHEMA, LocalModelStorage.create(tmp_path), ExecutionContext(SCHEMA))
    runner.run(inputs={"a": 2, "b": 3})
    assert Adds.asked == 2


@pytest.mark.parametrize(("inputs", "targets"), [({"a": 2}, ["sum"]), ({"a": 1, "b": 1}, ["broken"])])
def test_a_missing_input_and_a_failing_component_are_refused(runner, inputs, targets):
    with pytest.raises(Exception, match=r"Missing input|Error running") as refused:
        runner.run(inputs=inputs, targets=targets)
    assert isinstance(refused.value, GraphRunError) or refused.type.__name__ == "GraphComponentException"


def test_rasa_serves_with_it():
    assert processor.DaskGraphRunner is StraightRunner
