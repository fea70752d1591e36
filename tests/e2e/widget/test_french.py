"""The chat in French: by the page's language, by a switch without a reload, and by the conversation's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import expect

from tests.e2e.widget.chat import Chat
from tests.e2e.widget.conftest import Served, Visit
from tests.e2e.widget.script import HEADING, REPLIES, answer

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.e2e]
FRENCH = 'data-name="Autre Clinique" data-lang="fr-CA"'
TEXT = "D'abord le Botox, en règle générale."


@pytest.fixture
def in_french(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the scripted bot answer a question in French."""
    said = {"text": TEXT, "answer": {**answer("order"), "language": "fr"}}
    monkeypatch.setitem(REPLIES, "lequel en premier", [said])
    monkeypatch.setitem(REPLIES, "En français, s'il vous plaît", [said])
    yield


class FrenchChat(Chat):
    """The same chat by its French names."""

    @property
    def input(self) -> Any:
        return self.frame.get_by_label("Votre question")


async def language_of(chat: Chat) -> Any:
    return await chat.page.frames[-1].evaluate("document.documentElement.lang")


async def test_a_page_names_the_language_and_axe_finds_nothing(
    visit: Visit, served: Served, axe: str, monkeypatch: pytest.MonkeyPatch, in_french: None
) -> None:
    monkeypatch.setattr(served.clinic, "attributes", FRENCH)
    chat = FrenchChat((await visit(served.clinic.origin)).page)
    await expect(chat.launcher).to_have_attribute("aria-label", "Ouvrir le clavardage avec Autre Clinique")
    await chat.open()
    found = {"open": await chat.violations(axe)}
    await chat.ask("lequel en premier")
    assert await language_of(chat) == "fr"
    await expect(chat.answers.last).to_contain_text(TEXT)
    await chat.answers.last.locator("summary").click()
    found["answered"] = await chat.violations(axe)
    await expect(chat.answers.last.locator("summary")).to_have_text("Ce que dit l'article (en anglais)")
    await expect(chat.answers.last.locator("figure")).to_have_attribute("lang", "en")
    await expect(chat.answers.last.locator("figcaption")).to_have_text(HEADING)
    await chat.button("Options").click()
    found["options"] = await chat.violations(axe)
    assert {state: violations for state, violations in found.items() if violations} == {}


async def test_it_is_switched_without_a_reload(visit: Visit, in_french: None) -> None:
    chat = await visit()
    await chat.open()
    await chat.ask("which first?")
    await chat.page.evaluate("window.sameBefore = true")
    await chat.choose("Français")
    french = FrenchChat(chat.page)
    await expect(french.answers.last).to_contain_text(TEXT)
    await expect(french.input).to_be_focused()
    assert await language_of(chat) == "fr"
    assert await chat.page.evaluate("window.sameBefore")
    # What was said in English before stays so, and is marked as such.
    assert await chat.log.locator(".message.bot:not(#greeting) [lang=en]").count() > 0
    await french.button("Options").click()
    await expect(french.button("English")).to_have_attribute("lang", "en")


async def test_it_follows_the_language_of_the_conversation(visit: Visit, in_french: None) -> None:
    chat = await visit()
    await chat.open()
    await chat.say("lequel en premier")
    await expect(FrenchChat(chat.page).input).to_be_visible()
    assert await language_of(chat) == "fr"
