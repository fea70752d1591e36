"""Runs a trained graph's components one after the other, without a scheduler.

Rasa hands each prediction's graph to Dask, which plans it anew every time and runs it in one thread all the same:
a millisecond a run, and a turn runs two. Here the plan is made once; the components and their results are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner

from bot.server.patches.shape import function

Plan = tuple[tuple[str, tuple[str, ...]], ...]
"""The nodes in an order in which each comes after those that it needs, with their names."""


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
        self._plans: dict[tuple[str, ...], Plan] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Run what the targets need.

        Args:
            inputs: Values by the names under which nodes need them.
            targets: The nodes whose results are wanted; the schema's own targets unless given.

        Raises:
            GraphRunError: a component lacks an input.
        """
        wanted = tuple(targets or self._graph_schema.target_names)
        results: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        try:
            for node, parents in self._plan(wanted):
                results[node] = self._instantiated_nodes[node](*(results.get(parent, parent) for parent in parents))
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return dict(results[target] for target in wanted)

    def _plan(self, wanted: tuple[str, ...]) -> Plan:
        if wanted not in self._plans:
            nodes = self._graph_schema.minimal_graph_schema(list(wanted)).nodes
            self._plans[wanted] = _in_order({name: tuple(node.needs.values()) for name, node in nodes.items()})
        return self._plans[wanted]


def _in_order(needs: Mapping[str, tuple[str, ...]]) -> Plan:
    ordered: dict[str, tuple[str, ...]] = {}

    def place(name: str) -> None:
        if name in needs and name not in ordered:
            for parent in needs[name]:
                place(parent)
            ordered[name] = needs[name]

    for name in needs:
        place(name)
    return tuple(ordered.items())
