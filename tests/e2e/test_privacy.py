"""What a whole bot leaves behind of the people who talked to it, with every log line there is: nothing readable."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.bots import Bot, running
from tests.people import TYPES_FREELY, dump, traces_in, whole_files

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('private')}/tandem.db"
        return
    cluster = request.getfixturevalue("cluster")
    name = cluster.create()
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory, url: str) -> Iterator[Bot]:
    """A bot that logs all that it can."""
    with running(tmp_path_factory.mktemp("loud"), TANDEM_LOG_LEVEL="DEBUG", TANDEM_DATABASE_URL=url) as started:
        yield started


def test_contact_data_in_free_text_is_nowhere_readable(bot: Bot, url: str) -> None:
    talk = bot.talk()
    for text in (
        f"call me at {TYPES_FREELY.phone}, had botox 10 days ago, needling today?",
        f"or write to {TYPES_FREELY.email} please",
        f"/consult {TYPES_FREELY.phone}",
        f"asdf {TYPES_FREELY.email} qwer",
        f"my throat is closing, my number is {TYPES_FREELY.phone}",
    ):
        talk.say(text)
    left = dump(url)
    assert "website_turns: " in left and "events: " in left and "contact_vault: " in left
    assert "[phone-1]" in left and "[email-1]" in left
    assert traces_in(left) == []
    assert traces_in(whole_files(bot.folder)) == []
