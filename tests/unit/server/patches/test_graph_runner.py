"""The runner of trained graphs, beside Rasa's own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import ClassVar

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


def node(function: str = "add", target: bool = False, uses: type[Adds] = Adds, **needs: str) -> SchemaNode:
    return SchemaNode(
        needs=needs, uses=uses, fn=function, constructor_name="create", config={}, is_target=target, eager=True
    )


class Encodes(Adds):
    """Looks a number up ahead, in a thread; where it may not, it works the same out later."""

    ahead: ClassVar[list[tuple[int, str]]] = []
    fails = False

    def work_ahead(self, left: int) -> Callable[[], object] | None:
        return None if left < 0 else partial(self._look_up, left)

    def _look_up(self, left: int) -> None:
        if self.fails:
            raise RuntimeError("no")
        self.ahead.append((left, threading.current_thread().name))


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


@pytest.fixture
def ahead(tmp_path):
    """A runner whose first node is always run by itself, and whose next two can work ahead."""
    schema = GraphSchema(
        {
            "sum": node(left="second", right="b", target=True),
            "first": node(uses=Encodes, left="read", right="read"),
            "second": node(uses=Encodes, left="first", right="read"),
            "read": node(left="a", right="a"),
        }
    )
    Encodes.ahead, Encodes.fails, Adds.asked = [], False, 0
    return StraightRunner.create(schema, LocalModelStorage.create(tmp_path), ExecutionContext(schema))


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("a", [-1, 2])
async def test_what_works_ahead_gives_the_same_and_runs_each_node_once(ahead, a, fails):
    Encodes.fails = fails
    begun = await ahead.run_ahead({"a": a, "b": 3})

    assert Adds.asked == 1  # what comes before
    assert ahead.run(inputs=begun) == {"sum": 6 * a + 3}
    assert Adds.asked == 4
    assert ahead.run(inputs={"a": a, "b": 3}) == {"sum": 6 * a + 3}


async def test_it_works_ahead_in_threads_and_only_where_there_is_something_to_do(ahead):
    await ahead.run_ahead({"a": 2, "b": 3})
    await ahead.run_ahead({"a": -2, "b": 3})

    assert [number for number, _ in Encodes.ahead] == [4, 4]
    assert all(name.startswith("ahead") for _, name in Encodes.ahead)


async def test_without_such_components_nothing_runs_before(tmp_path):
    Adds.asked = 0
    runner = StraightRunner.create(SCHEMA, LocalModelStorage.create(tmp_path), ExecutionContext(SCHEMA))

    assert await runner.run_ahead({"a": 2, "b": 3}) == {"a": 2, "b": 3}
    assert Adds.asked == 0


def test_rasa_serves_with_it():
    assert processor.DaskGraphRunner is StraightRunner
