"""The notation of the lexicon's rules."""

from __future__ import annotations

import pytest

from bot.consult.safety.forms import Forms, Span, alternatives, parse

FINDS: dict[str, list[Span]] = {"<throat>": [(1, 2)], "<closing>": [(4, 5)], "my": [(0, 1)], "now": [(9, 10)]}
ONE_SENTENCE = [0] * 10
TWO_SENTENCES = [0, 0, 0, 1, 1, 1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("form", "found"),
    [
        ("now", [(9, 10)]),
        ("<throat> + <closing>", [(1, 5)]),
        ("<closing> + <throat>", [(1, 5)]),
        ("<throat> > <closing>", [(1, 5)]),
        ("<closing> > <throat>", []),
        ("my <throat>", [(0, 2)]),
        ("<throat> my", []),
        ("<throat> > <closing> > now", [(1, 10)]),
        ("<throat> + now", []),
        ("<lip>", []),
    ],
)
def test_a_form_fits_where_its_parts_stand(form: str, found: list[Span]) -> None:
    assert Forms([form]).spans(FINDS, ONE_SENTENCE, within=5) == found


def test_a_form_never_crosses_sentences() -> None:
    assert Forms(["<throat> + <closing>"]).spans(FINDS, TWO_SENTENCES, within=5) == []


@pytest.mark.parametrize("text", ["", "<a> + ", " > <a>"])
def test_a_form_without_a_part_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("goodbye", ["goodbye"]),
        ("goodbye note|letter", ["goodbye note", "goodbye letter"]),
        ("so| tired", ["so tired", "tired"]),
        (
            "my|her <throat> > shut|closed",
            ["my <throat> > shut", "my <throat> > closed", "her <throat> > shut", "her <throat> > closed"],
        ),
    ],
)
def test_words_in_one_place_are_written_together(text: str, written: list[str]) -> None:
    assert list(alternatives(text)) == written
