"""Days and lengths of time as people write them, one of the ways that fit."""

from __future__ import annotations

from datetime import date
from random import Random

_NUMBERS = "one two three four five six seven eight nine ten".split()
_PARTS = (("early", 1, 10), ("mid", 11, 20), ("end of", 21, 31))
_WEEK = 7


def written_day(form: str, day: date, today: date, base: date, random: Random) -> str | None:
    """Write a day in one form; None where the form cannot say it.

    Args:
        form: A form of FORMAT.md.
        day: The day.
        today: The day on which the message is written.
        base: A day in whose month a bare day of the month is read.
        random: The source of choices.
    """
    away = (day - today).days
    if form == "on":
        return _any_form(day, today, random)
    if form == "date":
        return _date(day, random)
    if form == "iso":
        return day.isoformat()
    if form == "part":
        return next(f"{part} {day:%B}" for part, low, high in _PARTS if low <= day.day <= high)
    if form == "bare":
        return f"the {_ordinal(day.day)}" if (day.year, day.month) == (base.year, base.month) else None
    return _relative(form, away, day, random)


def written_length(unit: str, days: int, random: Random) -> str | None:
    """Write a length of time in days or weeks; None where the unit cannot say it."""
    if days < 1 or (unit == "weeks" and days % _WEEK):
        return None
    if unit == "number":
        return str(days)
    if days % _WEEK == 0 and (unit == "weeks" or (unit == "any" and random.random() < 0.6)):
        return _counted(days // _WEEK, "week", random)
    return _counted(days, "day", random)


def part_of_month(day: date) -> tuple[date, date]:
    """Return the first and the last day of the early, middle or late part of a month that a day lies in."""
    low, high = next((low, high) for _, low, high in _PARTS if low <= day.day <= high)
    last = next(d for d in range(min(high, 31), 0, -1) if _exists(day, d))
    return day.replace(day=low), day.replace(day=last)


def _exists(month: date, day: int) -> bool:
    try:
        month.replace(day=day)
    except ValueError:
        return False
    return True


def _any_form(day: date, today: date, random: Random) -> str:
    away = (day - today).days
    others = [_relative(form, away, day, random) for form in ("near", "ago", "in")]
    if 2 <= abs(away) <= 6:
        others.append(f"{'last' if away < 0 else 'this'} {day:%A}" if random.random() < 0.5 else f"on {day:%A}")
    fitting = [written for written in others if written]
    return random.choice(fitting) if fitting and random.random() < 0.5 else f"on {_date(day, random)}"


def _relative(form: str, away: int, day: date, random: Random) -> str | None:
    if form == "near":
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(away)
    if form == "weekday":
        return f"{day:%A}" if 1 <= abs(away) <= 6 else None
    length = written_length("any", abs(away), random)
    if form == "ago":
        return f"{length} ago" if away < 0 else None
    return f"in {length}" if away > 1 else None


def _date(day: date, random: Random) -> str:
    month = random.choice([f"{day:%b}", f"{day:%B}"])
    ways = [
        f"{month} {day.day}",
        f"{month} {_ordinal(day.day)}",
        f"{day.day} {month}",
        f"the {_ordinal(day.day)} of {day:%B}",
    ]
    return random.choices(ways, weights=(6, 2, 1, 1))[0]


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _counted(number: int, unit: str, random: Random) -> str:
    if number == 1:
        return random.choice([f"a {unit}", f"1 {unit}", f"one {unit}"])
    word = _NUMBERS[number - 1] if number <= len(_NUMBERS) and random.random() < 0.4 else str(number)
    return f"{word} {unit}s"
