"""Runs a trained graph's components one after the other, without a scheduler.

Rasa hands each prediction's graph to Dask, which plans it anew every time and runs it in one thread all the same:
a millisecond a run, and a turn runs two. Here the plan is made once; the components and their results are the same.

A component may say what it can work out ahead, in a thread: a server then serves others meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner

from bot.server.patches.shape import function

Plan = tuple[tuple[str, tuple[str, ...]], ...]
"""The nodes in an order in which each comes after those that it needs, with their names."""
AHEAD = "work_ahead"
"""The method of a component that takes what it is going to be run with, and returns what to call in a thread."""
THREADS = 2
"""As many as there are sentence encoders: each is one thread's work."""


def adjust(module: ModuleType) -> None:
    """Have ``rasa.core.processor`` run its models straight."""
    function(module, "DaskGraphRunner.run", "self", "inputs", "targets")
    function(module, "DaskGraphRunner", "graph_schema", "model_storage", "execution_context", "hooks")
    module.DaskGraphRunner = StraightRunner  # type: ignore[attr-defined]


class StraightRunner(DaskGraphRunner):
    """A graph runner for serving; training keeps Rasa's own."""

    def __init__(self, *parts: Any, **named: Any) -> None:
        """Instantiate the nodes, as the stock runner does."""
        super().__init__(*parts, **named)
        self._plans: dict[tuple[tuple[str, ...], str | None], Plan] = {}
        self._ahead = [name for name, node in self._instantiated_nodes.items() if hasattr(node._component, AHEAD)]
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="ahead")

    async def run_ahead(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """Run what comes before the first component that can work ahead, and have all of them do so in threads.

        Returns:
            The inputs for ``run``, with what is done: it goes on from there, with the same results.
        """
        if not self._ahead:
            return inputs
        before = next(need for name in self._ahead for need in self._needs(name) if need not in self._ahead)
        done = self.run(inputs, [before])
        components = [self._instantiated_nodes[name]._component for name in self._ahead]
        work = [task for component in components if (task := getattr(component, AHEAD)(done[before]))]
        loop = asyncio.get_running_loop()
        # What fails here fails again, or does not, where the component itself is run.
        await asyncio.gather(*(loop.run_in_executor(self._threads, task) for task in work), return_exceptions=True)
        return {**inputs, **done}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Run what the targets need.

        Args:
            inputs: Values by the names under which nodes need them; a node's own name stands for its result.
            targets: The nodes whose results are wanted; the schema's own targets unless given.

        Raises:
            GraphRunError: a component lacks an input.
        """
        wanted = tuple(targets or self._graph_schema.target_names)
        results: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        done = next((name for name in results if name in self._graph_schema.nodes), None)
        try:
            for node, parents in self._plan(wanted, done):
                results[node] = self._instantiated_nodes[node](*(results.get(parent, parent) for parent in parents))
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return dict(results[target] for target in wanted)

    def _needs(self, name: str) -> tuple[str, ...]:
        return tuple(self._graph_schema.nodes[name].needs.values())

    def _plan(self, wanted: tuple[str, ...], done: str | None) -> Plan:
        if (wanted, done) not in self._plans:
            nodes = self._graph_schema.minimal_graph_schema(list(wanted)).nodes
            self._plans[wanted, done] = _in_order({name: self._needs(name) for name in nodes}, wanted, done)
        return self._plans[wanted, done]


def _in_order(needs: Mapping[str, tuple[str, ...]], wanted: tuple[str, ...], done: str | None) -> Plan:
    """The nodes that are wanted, each behind those that it needs; nothing that is done already, nor what led to it."""
    ordered: dict[str, tuple[str, ...]] = {}

    def place(name: str) -> None:
        if name in needs and name not in ordered and name != done:
            for parent in needs[name]:
                place(parent)
            ordered[name] = needs[name]

    for name in wanted:
        place(name)
    return tuple(ordered.items())
