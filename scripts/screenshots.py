"""Takes the pictures of docs/images/ anew: the chat's main states on a phone and on a desktop, and a short recording.

The bot is the real one, started for the purpose on a free port with a store of its own and a fixed day.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, FrameLocator, Page, sync_playwright

from scripts.recording import record
from scripts.running_bot import running_bot

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
SIZES = {"360": {"width": 360, "height": 740}, "1280": {"width": 1280, "height": 800}}
CLOSED = "closed"


def ask(chat: FrameLocator, text: str) -> None:
    """Ask, and wait for the answer."""
    chat.get_by_label("Your question").fill(text)
    chat.get_by_label("Your question").press("Enter")
    chat.locator(".user + .bot").last.wait_for()
    chat.locator(".dots").wait_for(state="detached")


def greeting(page: Page, chat: FrameLocator) -> None:
    """Show the greeting and the suggested questions."""


def answer(page: Page, chat: FrameLocator) -> None:
    """Show an answer with its source open."""
    ask(chat, "Which goes first?")
    chat.locator("summary").last.click()


def dates(page: Page, chat: FrameLocator) -> None:
    """Show dates that are judged, with the timeline."""
    ask(chat, "I had botox on Nov 12, is needling today ok?")


def card(page: Page, chat: FrameLocator) -> None:
    """Show the date card, with one of its days filled in."""
    chat.get_by_role("button", name="Check my dates").click()
    chat.get_by_label("Botox", exact=True).fill("2026-11-12")


def rated(page: Page, chat: FrameLocator) -> None:
    """Show an answer of which somebody said that it helped."""
    ask(chat, "How long do I wait after Botox?")
    chat.get_by_role("button", name="Helpful", exact=True).last.click()


def request(page: Page, chat: FrameLocator) -> None:
    """Show the form of a request to the clinic, with a field that was left out."""
    ask(chat, "can someone call me?")
    ask(chat, "yes")
    chat.get_by_label("Your name").fill("Robin")
    chat.locator(".contact button[type=submit]").click()


def emergency(page: Page, chat: FrameLocator) -> None:
    """Show the emergency message."""
    ask(chat, "I had botox yesterday and now I have trouble swallowing")


def offline(page: Page, chat: FrameLocator) -> None:
    """Show a message that could not be sent."""
    ask(chat, "Which goes first?")
    page.context.set_offline(True)
    chat.get_by_label("Your question").fill("How long do I wait after Botox?")
    chat.get_by_label("Your question").press("Enter")
    chat.get_by_role("button", name="Try again").wait_for()


STATES: dict[str, Callable[[Page, FrameLocator], None]] = {
    "greeting": greeting,
    "answer": answer,
    "dates": dates,
    "card": card,
    "rated": rated,
    "request": request,
    "emergency": emergency,
    "offline": offline,
}


def take(browser: Browser, address: str, state: str, size: str, scheme: str) -> None:
    """Take one picture."""
    context = browser.new_context(
        viewport=SIZES[size],  # type: ignore[arg-type]
        device_scale_factor=2 if size == "360" else 1,
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    launcher = page.locator("#tandem-chat button")
    launcher.wait_for()
    if state != CLOSED:
        launcher.click()
        chat = page.frame_locator("#tandem-chat iframe")
        chat.get_by_label("Your question").wait_for()
        STATES[state](page, chat)
        page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / f"chat-{state}-{size}{'-dark' if scheme == 'dark' else ''}.png")
    context.close()


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    flags = [*FLAGS, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with running_bot() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        for size in SIZES:
            for state in (CLOSED, *STATES):
                take(browser, address, state, size, "light")
            take(browser, address, "dates", size, "dark")
        record(browser, address, IMAGES / "chat.webp")
        browser.close()
    print(f"The pictures are in {IMAGES.relative_to(ROOT)}/.")


if __name__ == "__main__":
    main()
