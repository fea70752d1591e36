"""A message laid out on its tokens: what stands where, and what in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.consult.reading.message import MessageReader
from bot.consult.reading.sentence import STRONG_STOPS, Sentence, lay_out
from bot.consult.text.characters import fold

TODAY = date(2026, 11, 22)

LaidOut = Callable[[str], Sentence]


@pytest.fixture
def sentence(reader: MessageReader) -> LaidOut:
    def laid_out(text: str) -> Sentence:
        doc = reader.nlp.make_doc(fold(text))
        return lay_out(doc, reader.treatments.find(doc), reader.dates.read(text, TODAY), reader.cues.find(doc))

    return laid_out


def test_treatments_and_times_have_their_tokens(sentence: LaidOut) -> None:
    laid_out = sentence("Tox on Nov 3, skin needling tomorrow")

    assert laid_out.words == ("tox", "on", "nov", "3", ",", "skin", "needling", "tomorrow")
    assert [(p.treatment, p.start, p.end) for p in laid_out.places] == [("botox", 0, 1), ("microneedling", 5, 7)]
    assert [w.end for w in laid_out.whens] == [4, 8]


def test_treatments_are_named_once_in_the_order_of_first_mention(sentence: LaidOut) -> None:
    assert sentence("needling, tox, needling").treatments == ("microneedling", "botox")


def test_treatments_that_no_source_covers_have_no_place(sentence: LaidOut) -> None:
    assert sentence("laser then tox").treatments == ("botox",)


def test_stops_between_tokens_are_seen_from_both_sides(sentence: LaidOut) -> None:
    laid_out = sentence("tox is done, and so is needling. ok")

    assert laid_out.stop_between(0, 5) and laid_out.stop_between(5, 0)
    assert not laid_out.stop_between(0, 5, STRONG_STOPS)
    assert not laid_out.stop_between(0, 2)


def test_neighbours_are_found_within_reach(sentence: LaidOut) -> None:
    laid_out = sentence("tox maybe then later on needling")
    near, far = laid_out.place_after(1, within=2), laid_out.place_after(1)

    assert (near, far and far.treatment) == (None, "microneedling")
    assert laid_out.place_before(3, within=1) is None
    assert laid_out.place_before(1) == laid_out.places[0]
    assert laid_out.place_before(0) is None


def test_a_time_is_found_by_any_of_its_tokens(sentence: LaidOut) -> None:
    laid_out = sentence("tox 10 days ago")

    assert laid_out.when_at(0) is None
    assert laid_out.when_at(1) == laid_out.when_at(3) == laid_out.whens[0]


def test_the_last_cue_within_a_stretch_is_found(sentence: LaidOut) -> None:
    laid_out = sentence("after tox, after needling")
    cue = laid_out.cues.within("after", 0, 5)

    assert cue is not None and cue.start == 3
    assert laid_out.cues.within("after", 1, 3) is None


def test_a_dated_touch_up_takes_the_place_of_the_treatment_before_it(sentence: LaidOut) -> None:
    laid_out = sentence("tox nov 1, top up nov 10")

    assert [(p.treatment, p.mention.text) for p in laid_out.places] == [("botox", "tox"), ("botox", "top up")]


def test_a_touch_up_without_a_date_has_no_place_of_its_own(sentence: LaidOut) -> None:
    assert [p.mention.text for p in sentence("tox nov 1, do i need a top up").places] == ["tox"]


@pytest.mark.parametrize(
    ("text", "own", "others"),
    [
        ("my sister had botox nov 3, i want needling", ["microneedling"], ["botox"]),
        ("my friend did both. she had botox nov 3. had needling, tox when?", ["microneedling", "botox"], ["botox"]),
        ("my mom had botox and wants needling", ["botox", "microneedling"], []),
        ("my mom's birthday is dec 5, tox nov 3, i need needling", ["botox", "microneedling"], []),
        ("my nurse did my botox", ["botox"], []),
    ],
)
def test_somebody_else_s_treatments_are_no_part_of_the_writer_s_case(
    sentence: LaidOut, text: str, own: list[str], others: list[str]
) -> None:
    laid_out = sentence(text)

    assert [p.treatment for p in laid_out.places] == own
    assert [p.treatment for p in laid_out.others] == others
