"""Tells months and weekdays from the ordinary words that look like them: may, march, sat, sun, mon, wed.

The decision rests on the words on either side. A word that stays in doubt is not read as a date: a date that
nobody named does more harm than one that has to be asked for.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Neighbours:
    """The plain words around an ambiguous one; empty at the edge of a clause."""

    before: str
    after: str
    number_before: bool
    number_after: bool


_INTO_A_MONTH = frozenset(
    "in since last next early mid middle late of by until till til during through back past end ending fin "
    "debut mi beginning start".split()
)
_TOWARDS_A_MONTH = frozenset("around about like before after from or and for was is to maybe thru this".split())
_AFTER_THE_VERB = frozenset(
    "i we u you he she they it my be b not need have has want cause get still also the a an this that there "
    "ask know do take help your her his one some someone anyone never even just only as or affect result "
    "make seem sound start on into up over around right out straight".split()
)
_VERB_OR_MONTH = frozenset({"may", "march", "mar"})

_INTO_A_WEEKDAY = frozenset("on this next last by til till until coming past since from before after for".split())
_NO_WEEKDAY_BEFORE = frozenset(
    "i we he she they you u who just was the in of much avoid direct any no some to from more too with a by "
    "my your after before under and full hot getting got get newly be being without strong less little "
    "needed sun while that it".split()
)
_NO_WEEKDAY_AFTER = frozenset(
    "exposure exposed damage damaged screen burn burns burnt spot spots tan tanning cream protection light "
    "lotion safety care bed beds bathing bathe kissed sensitivity there down here in still back up around "
    "for by".split()
)
_BESIDE_A_WEEKDAY = frozenset(
    "morning afternoon evening night nite am pm or and n then at is ok okay good fine works can could should "
    "if how when do".split()
)
_TREATMENTS = frozenset("needling needle tox botox microneedling dysport xeomin".split())
_THE_WEEKDAY_AFTER = frozenset({("the", "after"), ("the", "following"), ("following", ""), ("following", "ok")})
_SHORT_WEEKDAYS = frozenset({"mon", "wed", "sat", "sun"})
_NAMES = frozenset({"april", "june", "jan", "august"})
_TITLES = frozenset("nurse dr doctor miss ms mrs dre named called ask injector".split())


def is_month(word: str, near: Neighbours) -> bool:
    """Decide whether a month's name is meant as one."""
    if word in _VERB_OR_MONTH:
        return _verb_is_month(near)
    return word not in _NAMES or near.before not in _TITLES


def _verb_is_month(near: Neighbours) -> bool:
    if near.after == "long":  # the long weekend, which has a name of its own
        return False
    if near.before in _INTO_A_MONTH or near.number_after or near.after == "next":
        return True
    if near.after in _AFTER_THE_VERB:
        return False
    return near.number_before or near.before in _TOWARDS_A_MONTH


def is_weekday(word: str, near: Neighbours) -> bool:
    """Decide whether a weekday's short name is meant as one."""
    if word not in _SHORT_WEEKDAYS or near.number_after:
        return True
    if word in ("mon", "wed") and (near.before, near.after) in _THE_WEEKDAY_AFTER:
        return True
    if near.after in _NO_WEEKDAY_AFTER:
        return False
    if near.before in _INTO_A_WEEKDAY and not _is_cut(near):
        return True
    return (_closes(near) or _opens_visit(word, near)) and near.before not in _NO_WEEKDAY_BEFORE


def _opens_visit(word: str, near: Neighbours) -> bool:
    """``tox sat needling sun``; but ``mon botox`` is French."""
    return word != "mon" and near.before in _TREATMENTS and near.after in _TREATMENTS


def _is_cut(near: Neighbours) -> bool:
    """``before sun`` and ``for sun`` speak of the weather as often as of the day."""
    return near.before in ("from", "before", "after", "for", "by") and not _closes(near)


def _closes(near: Neighbours) -> bool:
    return not near.after or near.after in _BESIDE_A_WEEKDAY
