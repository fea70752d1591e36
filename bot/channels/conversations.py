"""The website's conversations as its users see them: each turn once, with the answer that was given.

Rasa's tracker is another thing: it holds what the dialogue needs. This store lets a page show its
conversation after a reload, gives a repeated message its first answer, and knows which buttons were offered.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine, Row

from bot.channels.body import Feedback
from bot.channels.details import without_details
from bot.channels.moments import iso
from bot.channels.tables import conversations, turns
from bot.clock import utc_now
from bot.database import reading, writing

Answer = dict[str, Any]
RECENT_ANSWERS = 10
"""How far back a button may have been offered and still be pressed."""


# Built once: a turn asks all of these.
_THIS = conversations.c.id == sa.bindparam("conversation")
_MESSAGE = sa.and_(
    turns.c.conversation_id == sa.bindparam("conversation"),
    turns.c.client_id == sa.bindparam("client", type_=sa.String),
)
_ENDED_AT = sa.select(conversations.c.ended_at).where(_THIS)
_STANDING = (
    sa.select(conversations.c.ended_at, turns.c.answer)
    .select_from(conversations.outerjoin(turns, _MESSAGE))
    .where(_THIS)
)
_BEGIN = sa.insert(conversations).from_select(
    ["id", "started_at"],
    sa.select(sa.bindparam("conversation", type_=sa.String), sa.bindparam("at", type_=sa.DateTime)).where(
        ~sa.exists().where(_THIS)
    ),
)
_ASK = sa.insert(turns).from_select(
    ["conversation_id", "client_id", "text", "asked_at"],
    sa.select(
        sa.bindparam("conversation", type_=sa.String),
        sa.bindparam("client", type_=sa.String),
        sa.literal(""),
        sa.bindparam("at", type_=sa.DateTime),
    ).where(~sa.exists().where(_MESSAGE)),
)
_RATE = sa.update(turns).where(_MESSAGE, turns.c.answer.is_not(None)).values(feedback=sa.bindparam("value"))
_KEEP_ANSWER = (
    sa.update(turns)
    .where(_MESSAGE)
    .values(text=sa.bindparam("said"), answer=sa.bindparam("answer"), answered_at=sa.bindparam("answered_at"))
)


@dataclass(frozen=True)
class Turn:
    """One message of a user and, once there is one, its answer."""

    client_id: str
    text: str
    asked_at: datetime
    answer: Answer | None
    answered_at: datetime | None
    feedback: str | None = None


class ConversationStore:
    """Reads and writes the conversations; every method is one short transaction."""

    def __init__(self, bound: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self._bound = bound
        self._clock = clock

    def has_ended(self, conversation: str) -> bool:
        """Whether its user ended the conversation."""
        with reading(self._bound) as connection:
            return connection.execute(_ENDED_AT, {"conversation": conversation}).scalar() is not None

    def look_up(self, conversation: str, client_id: str) -> tuple[bool, Answer | None]:
        """Whether the conversation has ended, and the answer that the message with this id was given."""
        with self._bound.connect() as connection:  # one select sees one state by itself
            row = connection.execute(_STANDING, {"conversation": conversation, "client": client_id}).first()
        if row is None:
            return False, None
        return row.ended_at is not None, json.loads(row.answer) if row.answer else None

    def rate(self, conversation: str, client_id: str, value: Feedback) -> bool:
        """Keep what the user thinks of the answer to a message, in place of what was said before; False without one."""
        with writing(self._bound) as connection:
            this = {"conversation": conversation, "client": client_id, "value": value}
            return bool(connection.execute(_RATE, this).rowcount)

    def end(self, conversation: str) -> None:
        """End a conversation for good; what its user thought of the answers goes at once."""
        with writing(self._bound) as connection:
            connection.execute(_BEGIN, {"conversation": conversation, "at": self._clock()})
            this = conversations.c.id == conversation
            connection.execute(sa.update(conversations).where(this).values(ended_at=self._clock()))
            theirs = turns.c.conversation_id == conversation
            connection.execute(sa.update(turns).where(theirs).values(feedback=None))

    def ask(self, conversation: str, client_id: str) -> None:
        """Note a message before it is answered; one that a crash left without an answer is asked again.

        Its words are kept with the answer only: until it was read, nobody knows what of it may be written down.
        """
        asked = {"conversation": conversation, "client": client_id, "at": self._clock()}
        with writing(self._bound) as connection:
            connection.execute(_BEGIN, asked)
            connection.execute(_ASK, asked)

    def answer(self, conversation: str, client_id: str, text: str, answer: Answer) -> None:
        """Keep a message, as it may be shown, and its answer."""
        kept = {"said": text, "answer": json.dumps(answer, ensure_ascii=False), "answered_at": self._clock()}
        with writing(self._bound) as connection:
            connection.execute(_KEEP_ANSWER, {"conversation": conversation, "client": client_id, **kept})

    def offered(self, conversation: str) -> dict[str, str]:
        """The buttons of the last answers: payload to title, the latest title where two share a payload."""
        newest = (
            sa.select(turns.c.answer)
            .where(turns.c.conversation_id == conversation, turns.c.answer.is_not(None))
            .order_by(turns.c.id.desc())
            .limit(RECENT_ANSWERS)
        )
        with reading(self._bound) as connection:
            answers = [json.loads(text) for text in connection.execute(newest).scalars()]
        messages = [message for answer in reversed(answers) for message in answer["messages"]]
        return {button["payload"]: button["title"] for message in messages for button in message["buttons"]}

    def so_far(self, conversation: str) -> list[Turn]:
        """The turns of a conversation that were answered, in order."""
        answered = (turns.c.conversation_id == conversation, turns.c.answer.is_not(None))
        in_order = sa.select(turns).where(*answered).order_by(turns.c.id)
        with reading(self._bound) as connection:
            return [_turn(row) for row in connection.execute(in_order)]


def transcript(so_far: list[Turn]) -> list[dict[str, Any]]:
    """The turns as the API lists them: each message with who said it and when.

    An answer's timing and sources stand with its last message.
    """
    return [without_details(line) for line in detailed_transcript(so_far)]


def detailed_transcript(so_far: list[Turn]) -> list[dict[str, Any]]:
    """The turns with all that the chat shows of them again: ids and topics too."""
    return [line for turn in so_far for line in _detailed_lines(turn)]


def _user_line(turn: Turn) -> dict[str, Any]:
    return {"from": "user", "at": iso(turn.asked_at), "text": turn.text, "buttons": []}


def _bot_lines(turn: Turn) -> list[dict[str, Any]]:
    if turn.answer is None or turn.answered_at is None:
        return []
    return [{"from": "bot", "at": iso(turn.answered_at), **message} for message in turn.answer["messages"]]


def _detailed_lines(turn: Turn) -> list[dict[str, Any]]:
    answer = turn.answer or {}
    said = [{**line, **_picked(answer, "topic", "language")} for line in _bot_lines(turn)]
    for last in said[-1:]:
        last.update({name: answer[name] for name in ("timing", "sources") if answer.get(name)})
        last.update({"feedback": turn.feedback} if turn.feedback else {})
    return [{**_user_line(turn), "id": turn.client_id}, *said]


def _picked(answer: Answer, *names: str) -> dict[str, Any]:
    return {name: answer[name] for name in names if name in answer}


def _turn(row: Row) -> Turn:
    answer = json.loads(row.answer) if row.answer else None
    return Turn(row.client_id, row.text, row.asked_at, answer, row.answered_at, row.feedback)
