"""Relays told in passing, and who ran in them."""

import pytest
from told import tell

WIN = "Norway won the 4x400m relay at the 2022 European Championships in 3:21.10."
OTHER = "Joao Brandt won 4x400m gold at the 2022 European Championships."
FOUR = "Greta Lund, Helena Falk, Ines Sorel and Marta Lindqvist"


def _relay(text: str) -> dict[str, tuple[object, str | None, str | None]]:
    found = tell(text)
    relays = {race.id for race in found.races if race.discipline == "4x400m"}
    return {r.athlete: (r.position, r.mark, r.medal) for r in found.results if r.race in relays}


@pytest.mark.parametrize(
    "said",
    [
        f"The quartet of {FOUR} were delighted.",
        f"I think the four of them - {FOUR} - knew that they were fast.",
        f"{FOUR} made amends in the relay.",
    ],
)
def test_relays_four_who_are_listed_ran_the_one_that_is_told(said: str) -> None:
    ran = _relay(f"{WIN} {said}")
    assert ran.pop("Norway") == (1, "3:21.10", "gold")
    assert ran == dict.fromkeys(["Greta Lund", "Helena Falk", "Ines Sorel", "Marta Lindqvist"], (1, "3:21.10", "gold"))


@pytest.mark.parametrize(
    "said",
    [
        f"{FOUR} ran the 800m.",  # no word of a team
        "The quartet of Greta Lund, Helena Falk and Ines Sorel and one more were delighted.",
        f"Italy were second in the 4x400m relay. The quartet of {FOUR} were delighted.",  # of which team?
        f"The quartet of {FOUR} were delighted. Italy's Greta Lund smiled.",  # of another country
    ],
)
def test_relays_others_did_not_run(said: str) -> None:
    assert not {"Greta Lund", "Helena Falk", "Ines Sorel", "Marta Lindqvist"} & set(_relay(f"{WIN} {said}"))


@pytest.mark.parametrize(
    "said",
    [
        "Callum Vane has rested since winning relay gold at the 2022 European Championships.",
        "Callum Vane, part of the Norwegian 4x400m quartet that won gold at the 2022 European Championships, is 24.",
        f"{OTHER} He met another member of Norway's victorious relay team - Callum Vane - soon.",
    ],
)
def test_relays_a_member_of_a_team_that_won_has_won(said: str) -> None:
    assert _relay(f"The 4x400m is a long race. {said}")["Callum Vane"] == (1, None, "gold")


def test_relays_the_team_of_somebody_who_is_part_of_it_has_won_too() -> None:
    text = "Callum Vane, part of the Norwegian 4x400m quartet that won gold at the 2022 European Championships, is 24."
    assert _relay(text) == {"Callum Vane": (1, None, "gold"), "Norway": (1, None, "gold")}


@pytest.mark.parametrize(
    "text",
    [
        "Callum Vane, part of the Norwegian 4x400m quartet, is 24.",
        "Callum Vane, part of the Norwegian 4x400m quartet that hopes to win gold, is 24.",
        "Callum Vane won relay gold at the 2022 European Championships.",  # in which?
    ],
)
def test_relays_a_relay_that_is_not_told_is_not_won(text: str) -> None:
    assert _relay(text) == {}


@pytest.mark.parametrize(
    ("said", "runner"),
    [
        ("Greta Lund and Ines Sorel had run the first two legs for the winners.", "Greta Lund"),
        ("Greta Lund ran the opening leg for Norway.", "Greta Lund"),
        ("Ines Sorel took the baton for Norway on the last bend.", "Ines Sorel"),
    ],
)
def test_relays_who_ran_a_leg_for_a_team_has_its_result(said: str, runner: str) -> None:
    assert _relay(f"{WIN} {said}")[runner] == (1, "3:21.10", "gold")


@pytest.mark.parametrize(
    "said",
    [
        "Greta Lund ran the opening leg for Italy.",
        "Greta Lund would have run the opening leg for Norway.",
        "Greta Lund handed the baton of office to the mayor.",
    ],
)
def test_relays_who_ran_for_others_or_did_not_run_has_no_result(said: str) -> None:
    assert "Greta Lund" not in _relay(f"{WIN} {said}")


def test_relays_four_of_one_country_are_its_team() -> None:
    text = "In the 4x400m Norway's Greta Lund, Helena Falk, Ines Sorel and Marta Lindqvist were second in 3:22.10."
    assert _relay(text)["Norway"] == (2, "3:22.10", None)
    assert {p.country for p in tell(text).people} == {"NOR"}


def test_relays_a_people_is_its_team() -> None:
    ran = _relay("The 4x400m closed the day. The Dutch won in 3:21.10, and the Italians were second in 3:22.10.")
    assert ran == {"Netherlands": (1, "3:21.10", None), "Italy": (2, "3:22.10", None)}


@pytest.mark.parametrize(
    ("text", "team", "kind"),
    [
        ("Joao Brandt anchored Norway to gold in the 4x400m in 2:54.43, a world record.", "Norway", "WR"),
        ("In the 4x400m Italy took silver in 2:54.43, a European record.", "Italy", "AR"),
        ("The Americans, who set a world record of 2:54.43 in the heats of the 4x400m, won.", "United States", "WR"),
        ("In the 4x400m Norway won, and Italy were third in a national record of 2:54.43.", "Italy", "NR"),
    ],
)
def test_relays_a_record_is_that_of_the_team(text: str, team: str, kind: str) -> None:
    assert [(b.athlete, b.kind, b.mark) for b in tell(text).bests] == [(team, kind, "2:54.43")]


def test_relays_a_place_without_a_verb_has_the_mark_of_its_record() -> None:
    ran = _relay("In the 4x400m Norway were second in 3:07.74, and Italy third in a national record of 3:08.01.")
    assert ran == {"Norway": (2, "3:07.74", None), "Italy": (3, "3:08.01", None)}


def test_relays_the_four_of_a_team_share_the_mark_of_its_record() -> None:
    ran = _relay(f"The Norwegian quartet of {FOUR} set a national record of 3:21.10 in the 4x400m.")
    assert ran == dict.fromkeys(["Norway", *FOUR.replace(" and ", ", ").split(", ")], (None, "3:21.10", None))
