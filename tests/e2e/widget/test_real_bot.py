"""The chat with the whole bot behind it, as `make run` serves it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from scripts.running_bot import running_bot
from tests.e2e.widget.conftest import Visit

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.e2e, pytest.mark.slow]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def address() -> AsyncIterator[str]:
    bot = running_bot()
    yield await asyncio.to_thread(bot.__enter__)
    await asyncio.to_thread(bot.__exit__, None, None, None)


async def test_an_own_date_is_judged_drawn_and_sourced(visit: Visit, address: str) -> None:
    chat = await visit(address)
    await chat.open()
    await chat.ask("I had botox on Nov 12, is needling today ok?")
    await expect(chat.log.get_by_role("img")).to_have_accessible_name(
        "Timeline. Botox on Thu 12 Nov. Then the article's minimum: at least 14 days. Earliest day for "
        "microneedling: Thu 26 Nov. Microneedling planned on Sun 22 Nov, 10 days after Botox: sooner than "
        "the article's minimum."
    )
    await expect(chat.log.locator(".source").first).to_contain_text("Source Optimal Sequence")
    # The greeting has introduced the assistant; the bot's own introduction is not shown again.
    assert (await chat.log.inner_text()).count("not medical advice") == 1
    await chat.button("Talk to someone").click()
    await expect(chat.answers.last).to_contain_text("Demo Clinic")


async def test_a_red_flag_stands_alone(visit: Visit, address: str) -> None:
    chat = await visit(address)
    await chat.open()
    await chat.ask("had botox yesterday and now I can't swallow properly")
    await expect(chat.log.locator(".urgent")).to_contain_text("911")
    await expect(chat.log.get_by_role("button")).to_have_count(0)
