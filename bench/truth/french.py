"""Days and lengths of time as people write them in French; the same two functions as ``bench.truth.wording`` has."""

from __future__ import annotations

from datetime import date
from random import Random

_NUMBERS = "un deux trois quatre cinq six sept huit neuf dix".split()
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_SHORT = "janv févr mars avril mai juin juil août sept oct nov déc".split()
_WEEKDAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
_PARTS = (("début", 1, 10), ("mi-", 11, 20), ("fin", 21, 31))
_WEEK = 7


def written_day(form: str, day: date, today: date, base: date, random: Random) -> str | None:
    """Write a day in one form; None where the form cannot say it. ``bench.truth.wording`` explains the arguments."""
    away = (day - today).days
    if form == "on":
        return _any_form(day, today, random)
    if form == "date":
        return _date(day, random)
    if form == "iso":
        return day.isoformat()
    if form == "part":
        part = next(part for part, low, high in _PARTS if low <= day.day <= high)
        return f"{part}{'' if part.endswith('-') else ' '}{_MONTHS[day.month - 1]}"
    if form == "bare":
        return f"le {_ordinal(day.day)}" if (day.year, day.month) == (base.year, base.month) else None
    return _relative(form, away, day, random)


def written_length(unit: str, days: int, random: Random) -> str | None:
    """Write a length of time in days or weeks; None where the unit cannot say it."""
    if days < 1 or (unit == "weeks" and days % _WEEK):
        return None
    if unit == "number":
        return str(days)
    if days % _WEEK == 0 and (unit == "weeks" or (unit == "any" and random.random() < 0.6)):
        return _counted(days // _WEEK, "semaine", "une", random)
    return _counted(days, "jour", "un", random)


def _any_form(day: date, today: date, random: Random) -> str:
    away = (day - today).days
    others = [_relative(form, away, day, random) for form in ("near", "ago", "in")]
    if 2 <= abs(away) <= 6:
        others.append(
            f"{_WEEKDAYS[day.weekday()]} {'dernier' if away < 0 else 'prochain' if away == 6 else ''}".strip()
        )
    fitting = [written for written in others if written]
    return random.choice(fitting) if fitting and random.random() < 0.5 else f"le {_date(day, random)}"


def _relative(form: str, away: int, day: date, random: Random) -> str | None:
    if form == "near":
        return {-1: "hier", 0: "aujourd'hui", 1: "demain"}.get(away)
    if form == "weekday":
        return _WEEKDAYS[day.weekday()] if 1 <= abs(away) <= 6 else None
    length = written_length("any", abs(away), random)
    if form == "ago":
        return f"il y a {length}" if away < 0 else None
    return f"dans {length}" if away > 1 else None


def _date(day: date, random: Random) -> str:
    month = random.choices((_MONTHS[day.month - 1], _SHORT[day.month - 1]), weights=(3, 1))[0]
    return f"{_ordinal(day.day)} {month}"


def _ordinal(number: int) -> str:
    return "1er" if number == 1 else str(number)


def _counted(number: int, unit: str, one: str, random: Random) -> str:
    if number == 1:
        return random.choice([f"{one} {unit}", f"1 {unit}"])
    word = _NUMBERS[number - 1] if number <= len(_NUMBERS) and random.random() < 0.4 else str(number)
    return f"{word} {unit}s"
