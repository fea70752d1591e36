import gc

import pytest

from bot.server import footprint


@pytest.fixture
def unfrozen():
    yield
    gc.unfreeze()


def test_what_was_loaded_is_no_longer_looked_through(unfrozen):
    footprint.shrink()
    assert gc.get_freeze_count() > 0


def test_a_system_without_glibc_is_left_alone(unfrozen, monkeypatch):
    def missing(_name):
        raise OSError

    monkeypatch.setattr(footprint.ctypes, "CDLL", missing)
    footprint.shrink()
