"""Records docs/images/chat.webp, a short animated picture of the chat: own dates, their source, and a red flag.

Nothing is filmed in real time: each picture is taken when its state is reached, and shown for as long as it takes to
read. So it is the same on any machine.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FrameLocator, Page

SIZE = {"width": 840, "height": 720}
LETTERS = 4
"""So many letters of what is typed are new in a picture."""


class Film:
    """The pictures taken of a page so far, and for how many milliseconds each is shown."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._pictures: list[Image.Image] = []
        self._shown: list[int] = []

    def shot(self, milliseconds: int) -> None:
        """Take a picture of the page as it is."""
        self._pictures.append(Image.open(BytesIO(self._page.screenshot())).convert("RGB"))
        self._shown.append(milliseconds)

    def save(self, file: Path) -> None:
        """Write the pictures as one that moves, again and again."""
        first, *others = self._pictures
        first.save(file, save_all=True, append_images=others, duration=self._shown, loop=0, quality=70, method=6)


def record(browser: Browser, address: str, file: Path) -> None:
    """Record the chat of a bot that runs at an address."""
    context = browser.new_context(viewport=SIZE, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    launcher = page.locator("#tandem-chat button.launcher")
    launcher.wait_for()
    film = Film(page)
    film.shot(1200)
    launcher.click()
    chat = page.frame_locator("#tandem-chat iframe")
    chat.get_by_label("Your question").wait_for()
    page.wait_for_timeout(300)
    film.shot(1500)
    asked(film, chat, "I had botox on Nov 12, is needling today ok?")
    film.shot(4500)
    chat.locator("summary").last.click()
    chat.locator("blockquote").last.scroll_into_view_if_needed()
    film.shot(3500)
    asked(film, chat, "and now I have trouble swallowing")
    film.shot(5000)
    film.save(file)
    context.close()


def asked(film: Film, chat: FrameLocator, text: str) -> None:
    """Type a question, letter by letter, and wait for its answer."""
    line = chat.get_by_label("Your question")
    for end in range(LETTERS, len(text) + LETTERS, LETTERS):
        line.fill(text[:end])
        film.shot(120)
    answers = chat.locator(".message.bot")
    before = answers.count()
    line.press("Enter")
    answers.nth(before).wait_for()
    chat.locator(".dots").wait_for(state="detached")
