"""Answers what waits: asks the bot, and keeps its answer as one text to be sent.

Whatever arrives gets an answer, is knowingly left without one, or stands as a dead letter: never nothing.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from bot.channels.apology import Reachable, apology
from bot.channels.asking import TURN_SECONDS, OnNewMessage, said_by, without_contacts
from bot.channels.commands import neutralised
from bot.channels.exclusive import ConversationLocks
from bot.channels.offload import Offload
from bot.channels.output import CollectedOutput
from bot.channels.sms import wording
from bot.channels.sms.choices import More, Payload, chosen
from bot.channels.sms.consent import has_keyword_to_stop, has_wish_to_stop
from bot.channels.sms.inbox import OVER_CAP, Inbox, Reply, Waiting
from bot.channels.sms.people import Offer
from bot.channels.sms.red_flags import IsRedFlag
from bot.channels.sms.rendering import ALONE, Rendered, continued, language_of, render, topic_of
from bot.channels.sms.wording import TextName, Wording
from bot.consult.types import Language
from bot.handoff.senders import TOKEN, vault_place
from bot.handoff.vault import ContactVault
from bot.languages import HINT
from bot.nlu.alarms import alarm
from bot.server.messages import ChatMessage

CHANNEL = "sms"
LONGEST = 1000
SAME_NUMBER = frozenset(
    {
        "same number",
        "this number",
        "this one",
        "my number",
        "the same number",
        "same",
        "this phone",
        "text me here",
        "meme numero",
        "ce numero",
        "le meme numero",
        "mon numero",
    }
)
"""What stands for the sender's own number where the request form asks for one."""


class SmsOutput(CollectedOutput):
    """Rasa's way out of a turn: by its name the domain's responses for SMS are chosen."""

    @classmethod
    def name(cls) -> str:
        """The channel's name."""
        return CHANNEL


class Answering:
    """Answers the messages of a sender, one after the other."""

    def __init__(
        self,
        inbox: Inbox,
        vault: ContactVault,
        offload: Offload,
        locks: ConversationLocks,
        clinic: Reachable,
        bot: OnNewMessage,
        is_red_flag: IsRedFlag,
        seconds: float = TURN_SECONDS,
    ) -> None:
        self._inbox = inbox
        self._vault = vault
        self._offload = offload
        self._locks = locks
        self._bot = bot
        self._is_red_flag = is_red_flag
        self._seconds = seconds
        self._wording = Wording(clinic)
        self._apology = apology(clinic)

    async def due(self) -> list[str]:
        """The senders with a message that waits."""
        return await self._offload(self._inbox.due)

    async def answer(self, sender: str) -> bool:
        """Answer a sender's oldest message; False where none waits."""
        async with self._locks.hold(sender):
            waiting = await self._offload(self._inbox.take, sender)
            if waiting is None:
                return False
            await self._settled(waiting)
            return True

    async def _settled(self, waiting: Waiting) -> None:
        if waiting.sender.has_opted_out and not self._is_red_flag(waiting.text):
            await self._offload(self._inbox.ignore, waiting)
            return
        reply = self._within_limits(waiting, await self._reply(waiting))
        await self._settle(waiting, reply)

    async def _settle(self, waiting: Waiting, reply: Reply | None) -> None:
        if reply is not None:
            await self._offload(self._inbox.reply, waiting, reply)
        elif waiting.verdict == "all":
            await self._offload(self._inbox.put_aside, waiting, OVER_CAP)
        else:
            await self._offload(self._inbox.ignore, waiting)

    def _within_limits(self, waiting: Waiting, reply: Reply) -> Reply | None:
        """What may go out of an answer: beyond a limit only a red flag's, and once the word that there is one.

        Whoever wants no texts gets a red flag's answer alone.
        """
        if waiting.sender.has_opted_out and reply.kind != "urgent":
            return None
        if waiting.verdict == "free" or reply.stops or (reply.kind == "urgent" and waiting.may_be_urgent):
            return reply
        if waiting.was_told or waiting.verdict == "all":
            return None
        return Reply(self._wording.say(wording.TOO_MANY, reply.language), reply.language, "limit")

    async def _reply(self, waiting: Waiting) -> Reply:
        text = waiting.text.strip()
        language: Language = waiting.sender.language or "en"
        offer = waiting.sender.offer
        if not text:
            return self._fixed(wording.PICTURE if waiting.pictures else wording.EMPTY, language)
        choice = chosen(text, offer.choices, offer.rest)
        if isinstance(choice, More):
            return _answer(continued(offer.rest, offer.choices, language), language)
        said = await self._ask(waiting, choice, text[:LONGEST])
        return self._made_of(said, waiting, language)

    def _made_of(self, said: list[dict[str, Any]], waiting: Waiting, language: Language) -> Reply:
        """The text that goes out for what the bot said; a red flag's stands alone, whatever else there is to say."""
        is_urgent, stops = topic_of(said) in ALONE, has_wish_to_stop(waiting.text)
        stops = stops or (is_urgent and has_keyword_to_stop(waiting.text))
        spoken = language_of(said) if topic_of(said) else language
        if is_urgent:
            # Whoever wants no more texts is still told whom to call, as their one confirmation.
            return Reply(render(said).text, spoken, "urgent", stops=stops)
        if stops:
            return Reply(self._wording.say(wording.STOPPED, spoken), spoken, "confirmation", stops=True)
        if len(waiting.text.strip()) > LONGEST:
            return self._fixed(wording.TOO_LONG, spoken)
        said = said or self._apology(spoken)["messages"]
        return _answer(render(said, self._opening(waiting, spoken)), spoken, introduces=True)

    def _opening(self, waiting: Waiting, language: Language) -> str:
        introduction = "" if waiting.sender.is_introduced else self._wording.say(wording.INTRODUCTION, language)
        beside = self._wording.say(wording.BESIDE_PICTURE, language) if waiting.pictures else ""
        return f"{introduction} {beside}".strip()

    async def _ask(self, waiting: Waiting, choice: Payload | None, text: str) -> list[dict[str, Any]]:
        told = choice.payload if choice else await self._offload(self._heard, waiting.sender.name, text)
        message = ChatMessage(
            told, SmsOutput(), waiting.sender.name, input_channel=CHANNEL, metadata={HINT: waiting.sender.language}
        )
        said = await said_by(self._bot, message, self._seconds)
        urgent = None if message.output_channel.has_answer else alarm(text, CHANNEL)
        return [urgent] if urgent else said

    def _heard(self, sender: str, text: str) -> str:
        """The text as the bot is told it: without anybody's number, a command none, "same number" the sender's."""
        if _folded(text) in SAME_NUMBER:
            number = self._vault.redeem(vault_place(sender), TOKEN)
            return f"[{self._vault.keep(sender, 'phone', number)}]" if number else text
        return neutralised(without_contacts(self._vault, sender, text))

    def _fixed(self, text: TextName, language: Language) -> Reply:
        return Reply(self._wording.say(text, language), language)


def _answer(rendered: Rendered, language: Language, introduces: bool = False) -> Reply:
    return Reply(rendered.text, language, offer=Offer(rendered.choices, rendered.rest), introduces=introduces)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(c for c in plain if c.isalnum() or c == " ").split())
