"""The chat as its user meets it: by names and roles, on the clinic's page and inside its frame."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Frame, FrameLocator, Locator, Page, expect

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COVERED = "!!document.body?.inert"


class Chat:
    """A page with the chat."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def launcher(self) -> Locator:
        return self.page.locator("#tandem-chat button.launcher")

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("#tandem-chat iframe")

    @property
    def log(self) -> Locator:
        return self.frame.get_by_role("log")

    @property
    def input(self) -> Locator:
        return self.frame.get_by_label("Your question")

    @property
    def answers(self) -> Locator:
        """The bot's messages after the greeting."""
        return self.log.locator(".message.bot:not(#greeting)")

    def button(self, name: str) -> Locator:
        return self.frame.get_by_role("button", name=name)

    async def open(self) -> None:
        await self.launcher.click()
        await expect(self.input).to_be_focused()

    async def say(self, text: str) -> None:
        await self.input.fill(text)
        await self.input.press("Enter")

    async def ask(self, text: str) -> None:
        """Ask, and wait for the end of the answer."""
        before = await self.answers.count()
        await self.say(text)
        await expect(self.answers.nth(before)).to_be_visible()
        await self.settled()

    async def settled(self) -> None:
        await expect(self.frame.locator(".dots")).to_have_count(0)

    async def choose(self, option: str) -> None:
        """Choose from the options in the header."""
        await self.button("Options").click()
        await self.button(option).click()

    async def violations(self, axe: str) -> list[Any]:
        """What axe finds wrong in the chat's frame, or on the page while there is no frame."""
        return await self._violations(self.page.frames[-1], axe)

    async def page_violations(self, axe: str) -> list[Any]:
        """What axe finds wrong on the page around the frame."""
        return await self._violations(self.page.main_frame, axe)

    async def _violations(self, frame: Frame, axe: str) -> list[Any]:
        if not await frame.evaluate("'axe' in window"):
            await frame.evaluate(axe)
        # A page that the chat covers has, for now, no main part and no heading.
        rules = WCAG if await frame.evaluate(COVERED) else [*WCAG, "best-practice"]
        run = "rules => axe.run(document, {runOnly: rules, iframes: false}).then(r => r.violations)"
        found = await frame.evaluate(run, rules)
        return [(rule["id"], node["html"], node["failureSummary"]) for rule in found for node in rule["nodes"]]
