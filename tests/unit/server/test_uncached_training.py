from types import SimpleNamespace

import pytest

from bot.server.uncached_training import adjust


class StockHook:
    def on_before_node(self, *_):
        return {"fingerprint_key": "abc"}

    def on_after_node(self, *_):
        return "kept"


@pytest.mark.parametrize("cache_size, before, after", [("0", {}, None), ("1000", {"fingerprint_key": "abc"}, "kept")])
def test_only_a_training_without_a_cache_takes_no_fingerprints(cache_size, before, after, monkeypatch):
    monkeypatch.setenv("RASA_MAX_CACHE_SIZE", cache_size)
    hook = type("TrainingHook", (StockHook,), {})
    adjust(SimpleNamespace(TrainingHook=hook))
    assert hook().on_before_node("node", None, {}, {}) == before
    assert hook().on_after_node("node", None, {}, [], {}) == after
