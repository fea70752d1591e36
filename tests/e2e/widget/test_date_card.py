"""The date card in the browser: filled in, sent, put right, and gone where it has no place."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import Locator, expect

from tests.e2e.widget.chat import Chat
from tests.e2e.widget.conftest import Served, Visit

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.e2e]
PHONE = {"width": 320, "height": 640}


async def asked(visit: Visit, **how: object) -> tuple[Chat, Locator, Locator]:
    """Ask what a card comes back to; the chat and its two days."""
    chat = await visit(**how)
    await chat.open()
    await chat.ask("card")
    return chat, *(chat.frame.get_by_label(name, exact=True) for name in ("Botox", "Microneedling"))


async def test_the_card_is_two_native_days_filled_in_with_what_is_known(visit: Visit) -> None:
    chat, botox, needling = await asked(visit)
    await expect(chat.frame.get_by_role("form", name="Check your dates")).to_be_visible()
    assert [await day.get_attribute("type") for day in (botox, needling)] == ["date", "date"]
    await expect(botox).to_have_value("2026-11-12")
    await expect(needling).to_have_value("")
    await expect(needling).to_have_accessible_name("Microneedling")


async def test_two_days_are_sent_shown_and_drawn_and_the_card_is_gone(visit: Visit, served: Served) -> None:
    chat, _, needling = await asked(visit)
    await needling.fill("2026-11-22")
    await chat.button("Check the dates").click()
    await expect(chat.answers.last).to_contain_text("Too soon.")
    assert served.bot.heard[-1][1] == '/date_check{"day": "2026-11-12 2026-11-22"}'
    await expect(chat.log.locator(".user").last).to_have_text("You: botox 2026-11-12, microneedling 2026-11-22")
    await expect(chat.log.get_by_role("img")).to_have_accessible_name(
        "Timeline. Botox on Thu 12 Nov. Then the article's minimum: at least 14 days. Earliest day for "
        "microneedling: Thu 26 Nov. Microneedling planned on Sun 22 Nov, 10 days after Botox: sooner than "
        "the article's minimum."
    )
    await expect(chat.button("Check the dates")).to_have_count(0)
    await expect(chat.input).to_be_focused()
    before = await chat.log.inner_text()
    await chat.page.reload()
    await expect(chat.log.get_by_role("img")).to_be_visible()
    assert await chat.log.inner_text() == before


async def test_one_day_is_enough(visit: Visit) -> None:
    chat, _, _ = await asked(visit)
    sent: list[object] = []
    chat.page.on("request", lambda request: sent.append(request.post_data))
    await chat.button("Check the dates").click()
    await expect(chat.answers.last).to_contain_text("By the rule.")
    assert json.loads(str(sent[0]))["form"] == {"botox_date": "2026-11-12", "microneedling_date": None}
    await expect(chat.log.get_by_role("img")).to_have_accessible_name(
        "Timeline. Botox on Thu 12 Nov. Then the article's minimum: at least 14 days. Earliest day for "
        "microneedling: Thu 26 Nov."
    )


async def test_a_day_that_no_calendar_has_is_named_and_not_sent(visit: Visit, served: Served) -> None:
    chat, botox, needling = await asked(visit)
    await needling.focus()
    await chat.page.keyboard.type("02302027")
    await chat.page.keyboard.press("Enter")
    await expect(needling).to_be_focused()
    await expect(needling).to_have_accessible_description("The calendar has no such day.")
    await expect(botox).not_to_have_attribute("aria-invalid", "true")
    assert served.bot.heard[-1][1] == "card"


async def test_of_two_empty_days_one_is_asked_for(visit: Visit, served: Served) -> None:
    chat, botox, _ = await asked(visit)
    await botox.fill("")
    await chat.button("Check the dates").click()
    await expect(botox).to_be_focused()
    await expect(botox).to_have_accessible_description("Please fill in one of these.")
    assert served.bot.heard[-1][1] == "card"


async def test_the_card_is_back_after_a_reload_and_gone_in_a_safe_state(visit: Visit) -> None:
    chat, botox, _ = await asked(visit)
    await chat.page.reload()
    await expect(botox).to_have_value("2026-11-12")
    await chat.ask("chest")
    await expect(chat.button("Check the dates")).to_have_count(0)
    await chat.page.reload()
    await expect(chat.log.locator(".urgent")).to_be_visible()
    await expect(chat.button("Check the dates")).to_have_count(0)


async def test_the_card_is_filled_in_and_sent_by_keyboard_alone(visit: Visit, served: Served) -> None:
    chat, botox, _ = await asked(visit)
    keys = chat.page.keyboard
    await botox.focus()
    for _ in range(20):
        await keys.press("Tab")
        if await chat.page.frames[1].evaluate("document.activeElement.name") == "microneedling_date":
            break
    await keys.type("11222026")
    await keys.press("Enter")
    await expect(chat.answers.last).to_contain_text("Too soon.")
    assert served.bot.heard[-1][1] == '/date_check{"day": "2026-11-12 2026-11-22"}'


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_card_fits_a_phone_and_axe_finds_nothing(visit: Visit, axe: str, scheme: str) -> None:
    chat, _, needling = await asked(visit, viewport=PHONE, color_scheme=scheme)
    assert await chat.violations(axe) == []
    await needling.focus()
    await chat.page.keyboard.type("02302027")
    await chat.button("Check the dates").click()
    await expect(needling).to_have_attribute("aria-invalid", "true")
    assert await chat.violations(axe) == []
    sideways = "[document.documentElement, ...document.querySelectorAll('.log')].map(e => e.scrollWidth - e.clientWidth)"
    assert set(await chat.page.frames[1].evaluate(sideways)) == {0}
    for day in (needling, chat.frame.get_by_label("Botox", exact=True)):
        box = await day.bounding_box() or {}
        assert box["height"] >= 24 and box["x"] + box["width"] <= PHONE["width"]
