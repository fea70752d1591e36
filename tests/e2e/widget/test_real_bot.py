"""The chat with the whole bot behind it, as `make run` serves it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from scripts.running_bot import running_bot
from tests.e2e.widget.conftest import Site, Visit, a_site

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A clinic's site on another host than the bot's."""
    server, site = a_site("", "localhost")
    yield site
    server.shutdown()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def address(tmp_path_factory: pytest.TempPathFactory, site: Site) -> AsyncIterator[str]:
    kept = tmp_path_factory.mktemp("real")  # to be looked through after all tests
    bot = running_bot(kept, TANDEM_ALLOWED_ORIGINS=site.origin)
    site.bot = await asyncio.to_thread(bot.__enter__)
    yield site.bot
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
    await expect(chat.log.locator(".closing .source")).to_contain_text("Optimal Sequence")
    # The greeting has introduced the assistant; the bot's own introduction is not shown again.
    assert (await chat.log.inner_text()).count("not medical advice") == 1
    await chat.button("Talk to someone").click()
    await expect(chat.answers.filter(has_text="Call Demo Clinic")).to_have_count(1)


async def test_dates_are_checked_from_the_greeting_with_one_day_and_with_two(visit: Visit, address: str) -> None:
    chat = await visit(address)
    await chat.open()
    await chat.button("Check my dates").click()
    botox, needling = (chat.frame.get_by_label(name, exact=True) for name in ("Botox", "Microneedling"))
    await needling.fill("2026-12-24")
    await chat.button("Check the dates").click()
    await expect(chat.log).to_contain_text("Thu 10 Dec at the latest, by the article's rule")
    await expect(needling).to_have_value("2026-12-24")  # the question comes with a card that knows it
    await botox.fill("2026-12-15")
    await chat.button("Check the dates").click()
    await expect(chat.log.get_by_role("img")).to_have_accessible_name(
        "Timeline. Botox on Tue 15 Dec. Then the article's minimum: at least 14 days. Earliest day for "
        "microneedling: Tue 29 Dec. Microneedling planned on Thu 24 Dec, 9 days after Botox: sooner than "
        "the article's minimum."
    )
    await expect(chat.button("Check the dates")).to_have_count(0)


async def test_a_person_is_asked_for_by_keyboard_alone(visit: Visit, address: str, axe: str) -> None:
    chat = await visit(address)
    await chat.open()
    await chat.ask("can someone call me?")
    keyboard, frame = chat.page.keyboard, chat.frame
    await chat.button("Yes").focus()
    await keyboard.press("Enter")
    name, phone, email = (frame.get_by_label(label) for label in ("Your name", "Phone", "E-mail"))
    await expect(name).to_have_attribute("autocomplete", "name")
    await expect(phone).to_have_attribute("autocomplete", "tel")
    await expect(email).to_have_attribute("autocomplete", "email")
    await name.focus()
    await keyboard.type("Testname")
    await keyboard.press("Tab")
    await keyboard.type("403 555 01")
    await keyboard.press("Enter")
    await expect(phone).to_have_attribute("aria-invalid", "true")
    assert await chat.violations(axe) == []
    await expect(phone).to_have_value("403 555 01")
    await expect(name).to_have_count(0)  # it was right: it is kept and not asked for again
    await phone.focus()
    await keyboard.press("End")
    await keyboard.type("71")
    await keyboard.press("Enter")
    await expect(chat.log).to_contain_text("is recorded, reference")
    await chat.page.reload()
    await expect(chat.log).to_contain_text("(your name)")
    assert "Testname" not in await chat.log.inner_text()


async def test_a_question_in_the_middle_of_the_form_loses_nothing(visit: Visit, address: str) -> None:
    chat = await visit(address)
    await chat.open()
    await chat.ask("can someone call me?")
    await chat.ask("yes")
    await chat.frame.get_by_label("Your name").fill("Testname")
    await chat.ask("how long does botox last?")
    await expect(chat.log).to_contain_text("three to four months")
    await expect(chat.frame.get_by_label("Your name")).to_have_value("Testname")
    await chat.ask("never mind")
    await expect(chat.frame.get_by_label("Your name")).to_have_count(0)


async def test_a_red_flag_stands_alone(visit: Visit, address: str) -> None:
    chat = await visit(address)
    await chat.open()
    await chat.ask("had botox yesterday and now I can't swallow properly")
    await expect(chat.log.locator(".urgent")).to_contain_text("911")
    await expect(chat.log.get_by_role("button")).to_have_count(0)


async def test_where_the_frame_has_no_storage_a_red_flag_is_remembered_on_the_next_page(
    visit: Visit, address: str, site: Site
) -> None:
    chat = await visit(site.origin)
    await chat.open()
    await chat.ask("had botox yesterday and now I can't swallow properly")
    await chat.page.goto(f"{site.origin}/treatments")
    await expect(chat.log.locator(".urgent")).to_contain_text("911")
    await chat.ask("how long after botox can I microneedle?")
    await expect(chat.answers.last).to_contain_text("911")
    assert "two weeks" not in await chat.log.inner_text()
