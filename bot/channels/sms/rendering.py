"""Turns what the bot said in a turn into one text message, short by design: what does not fit waits for "more"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot import gsm7, languages
from bot.channels.sms.choices import Choice
from bot.channels.texts import said as said_by_channel
from bot.consult.types import Language

SEGMENTS = 2
MOST_CHOICES = 3
ALONE = frozenset({"emergency", "self_harm"})
"""Topics whose fixed text goes out with nothing beside it."""
PERSON = "/consult"


@dataclass(frozen=True)
class Rendered:
    """A text message, and what the sender may answer to it."""

    text: str
    choices: tuple[Choice, ...] = ()
    rest: str = ""
    """What "more" sends; empty where everything was said."""


def topic_of(said: Iterable[Mapping[str, Any]]) -> str | None:
    """The topic of the first answer that was given, if there was one."""
    return next((str(each["answer"]["topic"]) for each in said if each.get("answer")), None)


def language_of(said: Iterable[Mapping[str, Any]]) -> Language:
    """The language of the first answer; the default where there was none."""
    return languages.spoken(next((each["answer"]["language"] for each in said if each.get("answer")), None))


def render(said: Sequence[Mapping[str, Any]], introduction: str = "") -> Rendered:
    """One text for all that was said in a turn.

    Args:
        said: What the bot said, as its output channel got it: ``text``, ``buttons``, ``answer`` with its sources.
        introduction: Who answers, at first contact; it stands in the place of the bot's own introduction.
    """
    own = [each for each in said if not each.get("introduction")]
    texts = [_plain(str(each["text"])) for each in own if each.get("text")]
    if topic_of(own) in ALONE:
        return Rendered(" ".join(texts))
    # The last message names the source and the way to a person: it is never what is cut off.
    end = texts.pop() if len(texts) > 1 else ""
    return _fitted(" ".join([introduction, *texts]).strip(), end, _choices(own), _quotes(own), language_of(own))


def continued(rest: str, choices: tuple[Choice, ...], language: Language) -> Rendered:
    """The rest of an answer, as much of it as fits; its choices still count."""
    return _fitted(rest, "", choices, "", language)


def _fitted(text: str, end: str, choices: tuple[Choice, ...], quotes: str, language: Language) -> Rendered:
    """Say as much as fits: a source that is only a word away needs no cut, a text that is too long does."""
    ending = f" {end}" if end else ""
    for offered in _fewer(choices):
        whole = text + ending + _offer(offered, said_by_channel("more_source", language) if quotes else "", language)
        if _fits(whole):
            return Rendered(whole, offered, quotes)
    # An answer's choices give way before it does, for whom to call stands in the ending; a question's never do.
    kept = () if _lead_on(choices) else choices
    ending += _offer(kept, said_by_channel("more", language), language)
    head, tail = _cut(text, ending)
    return Rendered((head + ending).strip(), kept, f"{tail} {quotes}".strip())


def _lead_on(choices: tuple[Choice, ...]) -> bool:
    """Whether the choices only lead on from an answer: the last one then is the way to a person."""
    return bool(choices) and choices[-1].payload == PERSON


def _fewer(choices: tuple[Choice, ...]) -> Iterator[tuple[Choice, ...]]:
    """All choices, then fewer and fewer; the last one, the way to a person, stays longest."""
    yield choices
    for kept in range(len(choices) - 2, -1, -1) if _lead_on(choices) else ():
        yield (*choices[:kept], choices[-1])


def _offer(choices: Sequence[Choice], more: str, language: Language) -> str:
    named = [f"{number} {choice.title}" for number, choice in enumerate(choices, 1)]
    listed = ", ".join([*named, *([more] if more else [])])
    return f" {said_by_channel('reply', language)}: {listed}" if listed else ""


def _cut(text: str, ending: str) -> tuple[str, str]:
    """The most words that fit before an ending, and those that do not; whole sentences where that is half or more."""
    words = text.split(" ")
    fitting = next((n for n in range(len(words), 0, -1) if _fits(" ".join(words[:n]) + ending)), 1)
    stops = [n for n in range(fitting, fitting // 2, -1) if words[n - 1].endswith((".", "?", "!"))]
    at = stops[0] if stops else fitting
    return " ".join(words[:at]), " ".join(words[at:])


def _fits(text: str) -> bool:
    return (gsm7.segments(text) or 0) <= SEGMENTS


def _choices(said: Iterable[Mapping[str, Any]]) -> tuple[Choice, ...]:
    buttons = [button for each in said for button in each.get("buttons") or []]
    by_payload = {str(b.get("payload") or b["title"]): _plain(str(b["title"])) for b in buttons}
    found = [Choice(title, payload) for payload, title in by_payload.items()]
    # The last one is the way to a person, which must not be what is left out.
    return tuple(found if len(found) <= MOST_CHOICES else [*found[: MOST_CHOICES - 1], found[-1]])


def _quotes(said: Iterable[Mapping[str, Any]]) -> str:
    sources = [source for each in said for source in (each.get("answer") or {}).get("sources") or []]
    by_quote = {source["quote"]: source["heading"] for source in sources}
    return " ".join(_plain(f'{heading}: "{quote}"') for quote, heading in by_quote.items())


def _plain(text: str) -> str:
    """A text without the signs of bold print and without characters that would make every segment shorter."""
    return " ".join(gsm7.normalised(text.replace("**", "")).split())
