"""Slot by slot: what is right, wrong and missed in one article."""

from dataclasses import replace

import pytest

from graph.evaluation import ArticleReport, Count, Kind, evaluate
from graph.model import Best, Coaching, Extraction, Family, Membership, Person, Race, Result

GOLD = Extraction(
    article="a-1",
    extractor="",
    people=(
        Person("Marta Lindqvist", ("athlete",), "NOR", "F"),
        Person("Achieng Otiwa", ("athlete",), "KEN", "F"),
        Person("Per Haugland", ("coach",)),
    ),
    coaching=(Coaching("Per Haugland", "Marta Lindqvist"),),
    memberships=(Membership("Marta Lindqvist", "Norbridge Harriers"),),
    family=(Family("Sven Lindqvist", "parent", "Marta Lindqvist"),),
    races=(
        Race("r1", "World Championships", 2023, "Torrevale", "1500m", "F", "final"),
        Race("r2", "Saltby Grand Prix", None, None, "mile"),
    ),
    results=(
        Result("r1", "Marta Lindqvist", 1, "3:58.41", "gold"),
        Result("r1", "Achieng Otiwa", 2, None, "silver"),
        Result("r2", "Marta Lindqvist", 3),
    ),
    bests=(Best("Marta Lindqvist", "PB", "1500m", "3:58.41"),),
)


def counts(found: Extraction) -> dict[Kind, tuple[int, int, int]]:
    """Right, wrong, missed of the kinds that are not all right."""
    return {
        kind: (count.right, count.wrong, count.missed)
        for kind, count in evaluate(GOLD, found).counts.items()
        if count.wrong or count.missed
    }


def errors(report: ArticleReport) -> list[tuple[str, Kind]]:
    return [(error.how, error.kind) for error in report.errors]


def test_scoring_gold_against_itself_is_all_right() -> None:
    report = evaluate(GOLD, GOLD)
    assert report.total == Count(right=23)
    assert report.total.f1 == 1
    assert report.errors == ()


def test_scoring_nothing_found_misses_all_and_is_precise() -> None:
    report = evaluate(GOLD, Extraction("a-1", ""))
    assert report.total == Count(missed=23)
    assert (report.total.precision, report.total.recall, report.total.f1) == (1, 0, 0)


def test_scoring_nothing_to_find_makes_all_found_wrong() -> None:
    report = evaluate(Extraction("a-1", ""), GOLD)
    assert report.counts["country"] == Count()  # countries of people that gold lacks are not scored
    assert report.counts["person"] == Count(wrong=3)
    assert report.total.precision == 0


def test_scoring_a_wrong_slot_is_missed_and_wrong() -> None:
    results = (replace(GOLD.results[0], mark="3:59.41"), *GOLD.results[1:])
    assert counts(replace(GOLD, results=results)) == {"mark": (0, 1, 1)}


def test_scoring_an_open_slot_is_only_missed() -> None:
    results = (replace(GOLD.results[0], medal=None), *GOLD.results[1:])
    assert counts(replace(GOLD, results=results)) == {"medal": (1, 0, 1)}


def test_scoring_a_slot_gold_leaves_open_is_not_scored() -> None:
    results = (*GOLD.results[:2], replace(GOLD.results[2], mark="4:24.10"))
    assert counts(replace(GOLD, results=results)) == {}


def test_scoring_a_result_of_another_athlete_is_wrong_in_all_slots() -> None:
    results = (*GOLD.results[:2], Result("r2", "Ines Sorel", 3))
    report = evaluate(GOLD, replace(GOLD, results=results))
    kinds: list[Kind] = ["position", "discipline", "competition"]
    assert errors(report) == [("missed", kind) for kind in kinds] + [("wrong", kind) for kind in kinds]
    assert report.errors[0].fact["athlete"] == "Marta Lindqvist"
    assert report.errors[0].fact["competition"] == "Saltby Grand Prix"
    assert report.errors[-1].fact["athlete"] == "Ines Sorel"


def test_scoring_pairs_results_by_agreement_whatever_their_order() -> None:
    assert counts(replace(GOLD, results=GOLD.results[::-1], races=GOLD.races[::-1])) == {}


def test_scoring_a_result_twice_is_wrong_once() -> None:
    assert counts(replace(GOLD, results=(*GOLD.results, GOLD.results[2]))) == {
        "position": (3, 1, 0),
        "discipline": (3, 1, 0),
        "competition": (3, 1, 0),
    }


def test_scoring_a_result_of_an_unknown_race_has_no_race_slots() -> None:
    results = (*GOLD.results[:2], replace(GOLD.results[2], race="r9"))
    assert counts(replace(GOLD, results=results)) == {"discipline": (2, 0, 1), "competition": (2, 0, 1)}


def test_scoring_a_wrong_country_and_an_open_one() -> None:
    marta, achieng, per = GOLD.people
    people = (replace(marta, country="SWE"), replace(achieng, country=None), per)
    assert counts(replace(GOLD, people=people)) == {"country": (0, 1, 2)}


@pytest.mark.parametrize(
    ("family", "right"),
    [
        (Family("Marta Lindqvist", "child", "Sven Lindqvist"), True),
        (Family("Marta Lindqvist", "parent", "Sven Lindqvist"), False),
        (Family("Sven Lindqvist", "child", "Marta Lindqvist"), False),
    ],
)
def test_scoring_reads_family_from_both_sides(family: Family, right: bool) -> None:
    expected = {} if right else {"family": (0, 1, 1)}
    assert counts(replace(GOLD, family=(family,))) == expected


@pytest.mark.parametrize(
    ("best", "right"),
    [
        (Best("Marta Lindqvist", "PB"), True),
        (Best("Marta Lindqvist", "PB", "1500m", "3:59.00"), False),
        (Best("Marta Lindqvist", "PB", "mile", "3:58.41"), False),
        (Best("Marta Lindqvist", "SB", "1500m", "3:58.41"), False),
    ],
)
def test_scoring_bests_may_leave_discipline_and_mark_open(best: Best, right: bool) -> None:
    expected = {} if right else {"best": (0, 1, 1)}
    assert counts(replace(GOLD, bests=(best,))) == expected


def test_scoring_errors_leave_evidence_out() -> None:
    report = evaluate(GOLD, replace(GOLD, people=GOLD.people[:2]))
    assert [error.fact for error in report.errors] == [
        {"name": "Per Haugland", "roles": ("coach",), "country": None, "sex": None}
    ]
