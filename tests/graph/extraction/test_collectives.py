"""Coaches of several people at once, who words such as "both" and "the pair" stand for, and kin told together."""

import pytest
from told import tell

from graph.model import Extraction

RACE = "Marta Lindqvist won the 800m and Ines Sorel was second in 1:59.92. "
BOTH = {("Per Haugland", "Marta Lindqvist"), ("Per Haugland", "Ines Sorel")}


def coaching(extraction: Extraction) -> set[tuple[str, str]]:
    return {(c.coach, c.athlete) for c in extraction.coaching}


def family(extraction: Extraction) -> set[tuple[str, str, str]]:
    return {(f.person, f.relation, f.of) for f in extraction.family}


@pytest.mark.parametrize(
    "sentence",
    [
        "Both are coached by Per Haugland.",
        "Both women are coached at the club by Per Haugland.",
        "The pair are coached by Per Haugland.",
        "The two train under Per Haugland.",
        "They are both coached by Per Haugland.",
        "Per Haugland coaches both of them.",
        "Per Haugland coaches them both.",
        "Per Haugland, a baker by trade, coaches both athletes.",
        "Per Haugland coaches the duo.",
        "Per Haugland trains the two women.",
    ],
)
def test_a_word_for_two_is_whom_the_sentence_before_names(sentence: str) -> None:
    assert coaching(tell(RACE + sentence)) == BOTH


@pytest.mark.parametrize(
    "sentence",
    [
        "Per Haugland hopes to coach both women.",
        "Both men are coached by Per Haugland.",
        "All three are coached by Per Haugland.",
        "Both were pleased, said Per Haugland.",
    ],
)
def test_nobody_is_coached_where_the_word_fits_no_two(sentence: str) -> None:
    assert coaching(tell(RACE + sentence)) == set()


def test_of_three_women_no_two_are_both() -> None:
    assert coaching(tell(RACE + "Greta Lund was third. Both women are coached by Per Haugland.")) == set()


def test_a_couple_coaches_together() -> None:
    found = tell(RACE + "Per Haugland and Greta Brandt, who are husband and wife, coach both women.")
    assert coaching(found) == BOTH | {("Greta Brandt", athlete) for _, athlete in BOTH}
    assert family(found) == {("Per Haugland", "spouse", "Greta Brandt")}


@pytest.mark.parametrize(
    "description",
    ["the ever-smiling", "the softly spoken", "the former hurdler", "the much-travelled", "the no-nonsense Dutchman"],
)
def test_words_between_article_and_name_describe_the_coach(description: str) -> None:
    found = tell(f"Marta Lindqvist won the 800m. She is coached by {description} Per Haugland.")
    assert coaching(found) == {("Per Haugland", "Marta Lindqvist")}


def test_sons_of_one_father_are_brothers() -> None:
    found = family(tell("Per Haugland coached his sons Sven, Olav and Kristian until last year."))
    assert {(f, of) for f, kin, of in found if kin == "sibling"} == {
        ("Sven Haugland", "Olav Haugland"),
        ("Sven Haugland", "Kristian Haugland"),
        ("Olav Haugland", "Kristian Haugland"),
    }
    assert sum(kin == "child" for _, kin, _ in found) == 3


@pytest.mark.parametrize(
    "sentence",
    [
        "Her father and coach, Per Lindqvist, was pleased.",
        "Her coach and father, Per Lindqvist, was pleased.",
        "Per Lindqvist, her father and coach, was pleased.",
        "Her father, Per Lindqvist, coaches her.",
        "Her father Per Lindqvist still coaches her in Torrevale.",
    ],
)
def test_a_father_may_be_the_coach(sentence: str) -> None:
    found = tell("Marta Lindqvist won the 800m. " + sentence)
    assert coaching(found) == {("Per Lindqvist", "Marta Lindqvist")}
    assert family(found) == {("Per Lindqvist", "parent", "Marta Lindqvist")}


def test_her_is_nobody_where_no_woman_is_told_of() -> None:
    assert coaching(tell("Callum Vane won the 800m. Per Haugland coaches her.")) == set()


def test_brothers_are_coached_together() -> None:
    found = tell("Sven Lund and Olav Lund won. The brothers are coached by Per Haugland.")
    assert coaching(found) == {("Per Haugland", "Sven Lund"), ("Per Haugland", "Olav Lund")}
    found = tell("Marta Lindqvist, whose husband Per Haugland is a baker, won the 800m.")
    assert family(found) == {("Per Haugland", "spouse", "Marta Lindqvist")}


@pytest.mark.parametrize("kin", ["sisters", "twins"])
def test_who_are_sisters_are_each_other_s_kin(kin: str) -> None:
    found = tell(f"Marta and Greta Lindqvist, who are {kin}, won.")
    assert family(found) == {("Marta Lindqvist", "sibling", "Greta Lindqvist")}
    assert family(tell(f"Marta Lindqvist and Ines Sorel are not {kin}.")) == set()


def test_her_mother_is_not_her_own_mother() -> None:
    found = tell('Marta Lindqvist won the 800m. "She is fit," said her coach, Greta Brandt, who is also her mother.')
    assert coaching(found) == {("Greta Brandt", "Marta Lindqvist")}
    assert family(found) == {("Greta Brandt", "parent", "Marta Lindqvist")}
    assert family(tell("Marta Lindqvist and Ines Sorel won. Greta Brandt, who is her mother, was pleased.")) == set()
