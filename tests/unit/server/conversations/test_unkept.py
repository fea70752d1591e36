"""What could not be kept is kept in its order once the database lets us, and nothing is done twice or forgotten."""

import pytest
from sqlalchemy.exc import OperationalError

from bot.server.conversations import unkept as module
from bot.server.conversations.unkept import Unkept


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0.01)


@pytest.fixture
def kept():
    return []


def keeping(kept, what, failures=0):
    left = [failures]

    def write():
        left[0] -= 1
        if left[0] >= 0:
            raise OperationalError("insert", {}, Exception("away"))
        kept.append(what)

    return write


async def test_it_is_kept_in_its_order_once_it_can_be(kept):
    unkept = Unkept()
    unkept.add("anna", keeping(kept, "first", failures=3))
    unkept.add("anna", keeping(kept, "second"))
    await unkept.drain(60)
    assert kept == ["first", "second"]


async def test_a_conversation_is_settled_before_it_is_read(kept):
    unkept = Unkept()
    unkept.add("anna", keeping(kept, "first"))
    unkept.add("ben", keeping(kept, "another's"))
    unkept.settle("anna")
    unkept.settle("nobody")
    assert kept == ["first"]
    await unkept.drain(60)
    assert kept == ["first", "another's"]


async def test_while_it_cannot_be_settled_the_conversation_cannot_be_read(kept):
    unkept = Unkept()
    unkept.add("anna", keeping(kept, "first", failures=1))
    with pytest.raises(OperationalError):
        unkept.settle("anna")
    unkept.settle("anna")
    assert kept == ["first"]


async def test_what_no_time_mends_is_logged_and_holds_up_nothing(kept, caplog):
    def never():
        raise ValueError("what they wrote")

    unkept = Unkept()
    unkept.add("anna", never)
    unkept.add("anna", keeping(kept, "second"))
    await unkept.drain(60)
    assert kept == ["second"]
    assert "could not be kept: ValueError" in caplog.text and "what they wrote" not in caplog.text


async def test_without_end_nothing_is_gathered(kept, monkeypatch, caplog):
    monkeypatch.setattr(module, "MOST_KEPT", 1)
    unkept = Unkept()
    unkept.add("anna", keeping(kept, "first"))
    unkept.add("ben", keeping(kept, "one too many"))
    await unkept.drain(60)
    assert kept == ["first"]
    assert "will be missing" in caplog.text


async def test_a_server_that_stops_does_not_wait_for_ever(kept):
    unkept = Unkept()
    unkept.add("anna", keeping(kept, "first", failures=10_000))
    await unkept.drain(0.05)
    assert kept == []
    unkept._working.cancel()
