"""The English and French words of dates, for the canonical text that the grammar reads.

Every word that matters becomes a code, whatever its language or spelling: ``M11`` for a month, ``W1`` for a
weekday (0 is Monday), ``DAY`` or ``WEEKs`` for a unit of time, ``N3`` for a number word, ``O12`` for an
ordinal.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.consult.types import Language

Codes = Mapping[str, str]


def _numbered(code: str, words: str, first: int = 0) -> dict[str, str]:
    """Number the words of a list; ``/`` separates the spellings of one word."""
    groups = enumerate(words.split(), start=first)
    return {word: code.format(number) for number, group in groups for word in group.split("/")}


def _units(words: Mapping[str, str]) -> dict[str, str]:
    return {word: unit for unit, spellings in words.items() for word in spellings.split()}


MONTHS: Mapping[Language, Codes] = {
    "en": _numbered(
        "M{:02}",
        "january/jan february/feb/febr march/mar april/apr may june/jun july/jul august/aug "
        "september/sept/sep october/oct november/nov december/dec/decem",
        first=1,
    ),
    "fr": _numbered(
        "M{:02}",
        "janvier/janv fevrier/fevr/fev mars avril/avr mai juin juillet/juil aout "
        "septembre/sept octobre/oct novembre/nov decembre/dec",
        first=1,
    ),
}

WEEKDAYS: Mapping[Language, Codes] = {
    "en": _numbered(
        "W{}",
        "monday/mon tuesday/tues/tue wednesday/weds/wed thursday/thurs/thur/thu friday/fri saturday/sat sunday/sun",
    ),
    "fr": _numbered("W{}", "lundi mardi mercredi jeudi vendredi samedi dimanche"),
}

UNITS: Mapping[Language, Codes] = {
    "en": _units(
        {
            "MINUTE": "minute min",
            "MINUTEs": "minutes mins",
            "HOUR": "hour hr",
            "HOURs": "hours hrs",
            "DAY": "day",
            "DAYs": "days dayz",
            "WEEK": "week wk",
            "WEEKs": "weeks wks weeeks",
            "FORTNIGHT": "fortnight",
            "FORTNIGHTs": "fortnights",
            "MONTH": "month mth mo",
            "MONTHs": "months mths mos",
            "YEAR": "year yr",
            "YEARs": "years yrs",
            "WEEKEND": "weekend wkend wknd",
            "WEEKENDs": "weekends",
        }
    ),
    "fr": _units(
        {
            "MINUTE": "minute",
            "MINUTEs": "minutes",
            "HOUR": "heure",
            "HOURs": "heures",
            "DAY": "jour jr journee",
            "DAYs": "jours jrs",
            "WEEK": "semaine sem",
            "WEEKs": "semaines",
            "FIFTEENDAY": "quinzaine",
            "TENDAY": "dizaine",
            "MONTH": "mois",
            "YEAR": "annee",
            "YEARs": "annees ans",
            "WEEKEND": "weekend",
        }
    ),
}

GLUED_UNITS: Codes = {"d": "DAYs", "w": "WEEKs", "h": "HOURs", "hr": "HOURs", "j": "DAYs"}
"""Units only right behind a figure: ``10d``, ``2w``, ``24h``."""

NUMBERS: Mapping[Language, Codes] = {
    "en": _numbered(
        "N{}",
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty",
    )
    | _numbered("N{}0", "thirty forty/fourty fifty sixty seventy eighty ninety", first=3),
    "fr": _numbered(
        "N{}",
        "zero _ deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    )
    | _numbered("N{}0", "vingt trente quarante cinquante soixante", first=2),
}

TENS = ("N10", "N20", "N30", "N40", "N50", "N60", "N70", "N80", "N90")
"""Number words that a smaller one may follow: ``twenty-one``, ``dix-sept``."""

ORDINALS: Mapping[Language, Codes] = {
    "en": _numbered(
        "O{}",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
        "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        first=1,
    )
    | {"thirtieth": "O30"},
    "fr": {"premier": "O1"},
}

DAYS: Mapping[Language, Codes] = {
    "en": {"tonight": "TONIGHT", "tonite": "TONIGHT", "2nite": "TONIGHT", "2night": "TONIGHT"}
    | dict.fromkeys("today todays tday todayy 2day todya".split(), "TODAY")
    | dict.fromkeys("yesterday yesterdays yday ystrday ystday yest yesty ystd".split(), "YESTERDAY")
    | dict.fromkeys(
        "tomorrow tomorrows tmrw tmr tmrrw tmw tmrow tomoro tomorow tomo 2moro 2morrow 2mrw 2mro".split(),
        "TOMORROW",
    ),
    "fr": {"aujourd'hui": "TODAY", "aujourdhui": "TODAY", "auj": "TODAY", "ajd": "TODAY"}
    | {"hier": "YESTERDAY", "demain": "TOMORROW"},
}

NAMES = frozenset("christmas halloween thanksgiving remembrance valentines tomorrow yesterday tonight".split())
"""Words of named days that are long enough to be recognised misspelt."""

THINGS = frozenset(
    "unit units unite unites area areas zone zones syringe syringes vial vials ml cc mg mm cm iu lb lbs kg "
    "percent x times fois yo dollar dollars bucks cad stars people ppl person points oclock different diff "
    "separate kids things spots".split()
)
"""A number before one of these counts things, so it is no day of a month."""

THINGS_WITH_DATES = frozenset(
    "sessions seances treatments injections rounds visits shots appts appointments lines questions passes "
    "session seance treatment injection round visit shot appt appointment needles".split()
)
"""The same, but a date may stand before them too: ``my nov 3 injections``."""
