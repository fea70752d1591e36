from prometheus_client import CollectorRegistry

from bot.monitoring.parts import PartCollector


def test_each_part_is_up_unless_the_last_probe_missed_it() -> None:
    registry = CollectorRegistry()
    registry.register(PartCollector(lambda: ["conversation store"]))
    parts = ("model", "conversation_store", "knowledge", "actions")

    up = {part: registry.get_sample_value("tandem_part_up", {"part": part}) for part in parts}
    assert up == {"model": 1.0, "conversation_store": 0.0, "knowledge": 1.0, "actions": 1.0}
