"""The list of treatments: which way of writing means which treatment."""

from __future__ import annotations

import pytest

from bot.knowledge.types import Knowledge


@pytest.mark.parametrize(
    ("written", "treatment", "kind"),
    [
        ("botox", "botox", "name"),
        ("botoxed", "botox", "name"),
        ("toxine botulique", "botox", "name"),
        ("neuromodulator", "botox", "name"),
        ("dysport", "botox", "brand"),
        ("xeomin", "botox", "brand"),
        ("nuceiva", "botox", "brand"),
        ("jeuveau", "botox", "brand"),
        ("daxxify", "botox", "brand"),
        ("letybo", "botox", "brand"),
        ("tox", "botox", "slang"),
        ("forehead injections", "botox", "slang"),
        ("bottox", "botox", "misspelling"),
        ("injections", "botox", "contextual"),
        ("11s", "botox", "contextual"),
        ("microneedling", "microneedling", "name"),
        ("micro needling", "microneedling", "name"),
        ("collagen induction therapy", "microneedling", "name"),
        ("micro aiguilletage", "microneedling", "name"),
        ("skinpen", "microneedling", "brand"),
        ("dermapen", "microneedling", "brand"),
        ("derma roller", "microneedling", "brand"),
        ("needling", "microneedling", "slang"),
        ("needled", "microneedling", "slang"),
        ("microneedeling", "microneedling", "misspelling"),
        ("needles", "microneedling", "contextual"),
        ("rf microneedling", "rf_microneedling", "name"),
        ("morpheus8", "rf_microneedling", "brand"),
        ("vivace", "rf_microneedling", "brand"),
        ("vampire facial", "prp", "name"),
        ("microneedling with prp", "prp", "name"),
        ("juvederm", "filler", "brand"),
        ("lip filler", "filler", "name"),
        ("sculptra", "biostimulator", "name"),
        ("kybella", "fat_dissolving", "name"),
        ("fraxel", "laser", "brand"),
        ("vi peel", "chemical_peel", "brand"),
        ("microblading", "permanent_makeup", "name"),
        ("mésothérapie", "mesotherapy", "name"),
        ("hair botox", "botox_products", "name"),
        ("dry needling", "dry_needling", "name"),
    ],
)
def test_a_way_of_writing_means_one_treatment(knowledge: Knowledge, written: str, treatment: str, kind: str) -> None:
    found = [(alias.treatment, alias.kind) for alias in knowledge.aliases if alias.text == written]
    assert found == [(treatment, kind)]


def test_the_article_covers_two_treatments(knowledge: Knowledge) -> None:
    assert knowledge.covered == ("botox", "microneedling")
    assert knowledge.treatment("botox").sources == ("article",)
    assert {alias.covered for alias in knowledge.aliases if alias.treatment == "rf_microneedling"} == {False}


def test_no_form_of_an_alias_means_two_treatments(knowledge: Knowledge) -> None:
    forms: dict[str, set[str]] = {}
    for alias in knowledge.aliases:
        forms.setdefault(alias.text, set()).add(alias.treatment)
    assert {form: ids for form, ids in forms.items() if len(ids) > 1} == {}


def test_a_treatment_that_is_written_in_context_has_cues(knowledge: Knowledge) -> None:
    contextual = [t for t in knowledge.treatments if any(a.kind == "contextual" for a in t.aliases)]
    assert [t.id for t in contextual if not t.cues] == []


def test_a_treatment_has_a_name_in_both_languages(knowledge: Knowledge) -> None:
    assert {treatment.name.languages for treatment in knowledge.treatments} == {("en", "fr")}
