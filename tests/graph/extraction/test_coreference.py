"""Who "she", "the Norwegian" or "the 24-year-old" is, and when that must stay open."""

import pytest
from told import gap, positions, tell


@pytest.mark.parametrize(
    "text",
    [
        "Marta Lindqvist won the 1500m. She also took bronze in the 800m.",
        "Marta Lindqvist won the 1500m. Later she took bronze in the 800m.",
        "Marta Lindqvist, who won the 1500m, took bronze in the 800m.",
        "Marta Lindqvist won the 1500m and took bronze in the 800m.",
        "Having won the 1500m, Marta Lindqvist took bronze in the 800m.",
        "Marta Lindqvist took bronze in the 800m after she won the 1500m.",
        gap(
            "a pronoun is not resolved to a name behind it",
            "After she won the 1500m, Marta Lindqvist took bronze in the 800m.",
        ),
        "Norway's Marta Lindqvist won the 1500m. The Norwegian took bronze in the 800m.",
        "Marta Lindqvist, 24, won the 1500m. The 24-year-old took bronze in the 800m.",
        "Marta Lindqvist won the 1500m.\n\nShe took bronze in the 800m.",
        "Marta Lindqvist won the 1500m. It was hot. She took bronze in the 800m.",
        "Marta Lindqvist won the 1500m. Lindqvist took bronze in the 800m.",
        "Marta Lindqvist won the 1500m for Torrevale AC. The Torrevale runner took bronze in the 800m.",
        "Marta Lindqvist beat Ines Sorel in the 100m. She won the 1500m and took bronze in the 800m.",
        "Sweden's Marta Lindqvist met France's Ines Sorel. The Swede won the 1500m. The Swede took bronze in the 800m.",
        "Ines Sorel of France led. Marta Lindqvist of Sweden won the 1500m and the Swede took bronze in the 800m.",
    ],
)
def test_coreference_finds_the_one_person(text: str) -> None:
    assert positions(tell(text)) == {("Marta Lindqvist", "1500m", 1), ("Marta Lindqvist", "800m", 3)}


@pytest.mark.parametrize(
    "text",
    [
        "Marta Lindqvist and Ines Sorel run in Torrevale. She won the 1500m.",
        "Norway's Marta Lindqvist and Norway's Ines Sorel run in Torrevale. The Norwegian won the 1500m.",
        "Marta Lindqvist, 24, and Ines Sorel, 24, run in Torrevale. The 24-year-old won the 1500m.",
        "It rained in Torrevale. She won the 1500m.",
        "It rained in Torrevale. The Norwegian won the 1500m.",
        "Norway's Marta Lindqvist ran. The Kenyan won the 1500m.",
    ],
)
def test_coreference_leaves_it_open_where_nobody_or_two_fit(text: str) -> None:
    assert positions(tell(text)) == set()


@pytest.mark.parametrize(
    ("pronoun", "sex"),
    [("He", "M"), ("She", "F")],
)
def test_coreference_learns_the_sex_from_pronouns(pronoun: str, sex: str) -> None:
    person = tell(f"Zuri Lindqvist won the 1500m. {pronoun} also took bronze in the 800m.").people[0]
    assert (person.name, person.sex) == ("Zuri Lindqvist", sex)


def test_coreference_passes_over_the_other_sex() -> None:
    found = tell("Marta Lindqvist won the women's 1500m. Callum Vane won the men's mile. She took bronze in the 800m.")
    assert ("Callum Vane", "800m", 3) not in positions(found)


@pytest.mark.parametrize(
    "text",
    [
        "Marta Lindqvist won the 1500m. Her coach, Ivar Haugland, was pleased.",
        "Marta Lindqvist's coach Ivar Haugland was pleased.",
        "Marta Lindqvist won the 1500m. She is coached by Ivar Haugland.",
        "Marta Lindqvist won the 1500m. She trains under Ivar Haugland in Torrevale.",
        "Coached by Ivar Haugland, Marta Lindqvist won the 1500m.",
        "Ivar Haugland trains Marta Lindqvist.",
        "Ivar Haugland is coaching Marta Lindqvist.",
        "Ivar Haugland has guided Marta Lindqvist to the 1500m title.",
        "Ivar Haugland coaches Marta Lindqvist.",
    ],
)
def test_coreference_finds_coaches(text: str) -> None:
    assert {(c.coach, c.athlete, c.status) for c in tell(text).coaching} == {
        ("Ivar Haugland", "Marta Lindqvist", "current")
    }


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "Marta Lindqvist, the daughter of Sven Lindqvist, won the 1500m.",
            ("Marta Lindqvist", "child", "Sven Lindqvist"),
        ),
        (
            "Marta Lindqvist won the 1500m. Her father, Sven Lindqvist, was pleased.",
            ("Sven Lindqvist", "parent", "Marta Lindqvist"),
        ),
        ("Marta Lindqvist's father Sven Lindqvist was pleased.", ("Sven Lindqvist", "parent", "Marta Lindqvist")),
        ("Marta Lindqvist's father, Sven, was pleased.", ("Sven Lindqvist", "parent", "Marta Lindqvist")),
        ("Marta Lindqvist's brother Ivar Lindqvist was pleased.", ("Ivar Lindqvist", "sibling", "Marta Lindqvist")),
        ("Marta Lindqvist's husband, Joao Brandt, was pleased.", ("Joao Brandt", "spouse", "Marta Lindqvist")),
        (
            "Callum Ferris and his twin brother Joao Ferris ran the mile.",
            ("Joao Ferris", "sibling", "Callum Ferris"),
        ),
    ],
)
def test_coreference_finds_families(text: str, relation: tuple[str, str, str]) -> None:
    assert [(f.person, f.relation, f.of) for f in tell(text).family] == [relation]


@pytest.mark.parametrize(
    ("text", "kin"),
    [
        ("Per Vane coached his sons Callum, Otto and Joao for years.", {"Callum Vane", "Otto Vane", "Joao Vane"}),
        ("Per Vane is proud of his daughters, Greta and Helena Vane.", {"Greta Vane", "Helena Vane"}),
        ("Per Vane is proud of his daughters and met Ines Sorel.", set()),
    ],
)
def test_coreference_finds_all_kin_of_a_list(text: str, kin: set[str]) -> None:
    assert {f.person for f in tell(text).family} == kin


@pytest.mark.xfail(strict=True, reason="'her' is taken for the brother himself, who becomes a woman")
def test_coreference_a_possessive_is_not_who_follows_it() -> None:
    people = tell("Marta Lindqvist won the 1500m. Her brother, Ivar Brandt, won the 800m.").people
    assert {(person.name, person.sex) for person in people} == {("Marta Lindqvist", "F"), ("Ivar Brandt", "M")}


def test_coreference_bases_say_how_a_person_was_found() -> None:
    found = tell("Marta Lindqvist won the 1500m. She also took bronze in the 800m.")
    assert [(r.position, r.evidence[0].basis) for r in found.results] == [(1, "Explicit"), (3, "Resolved")]


def test_coreference_a_nationality_with_another_result_is_the_rivals() -> None:
    told = "Callum Vane won the mile. He stayed on Joao Brandt's shoulder and timed 3:50.10."
    found = tell(f"{told} The Norwegian took silver in 3:50.20.")
    assert {person.name: person.country for person in found.people} == {"Callum Vane": None, "Joao Brandt": "NOR"}
    assert ("Joao Brandt", "3:50.20") in {(result.athlete, result.mark) for result in found.results}


def test_coreference_an_apposed_nationality_is_whoever_stands_before_it() -> None:
    told = tell("Callum Vane was third in the mile. Joao Brandt, the Frenchman who won the 1500m, was injured.")
    assert {(p.name, p.country) for p in told.people} == {("Callum Vane", None), ("Joao Brandt", "FRA")}
    assert {(r.athlete, r.position) for r in told.results} == {("Callum Vane", 3), ("Joao Brandt", 1)}


@pytest.mark.parametrize(
    ("text", "sieve"),
    [
        ("Marta Lindqvist took bronze in the 800m.", "full-name"),
        ("Marta Lindqvist ran. Lindqvist took bronze in the 800m.", "surname"),
        ("Marta Lindqvist ran. Marta took bronze in the 800m.", "given-name"),
        ("Marta Lindqvist ran the mile before she took bronze in the 800m.", "pronoun-subject"),
        ("Norway's Marta Lindqvist ran. The Norwegian took bronze in the 800m.", "nationality"),
        ("Marta Lindqvist, 24, ran. The 24-year-old took bronze in the 800m.", "age"),
    ],
)
def test_coreference_names_the_sieve(text: str, sieve: str) -> None:
    (result,) = tell(text).results
    assert [evidence.sieve for evidence in result.evidence] == [sieve]


@pytest.mark.parametrize(
    ("text", "athletes"),
    [
        ("Callum Vane won the mile. Joao Brandt was second. The winner is coached by Per Haugland.", {"Callum Vane"}),
        ("Callum Vane led. Joao Brandt was second. The winner is 24. He is coached by Per Haugland.", set()),
        ("Callum Vane won the mile. Joao Brandt won the 800m. The winner is coached by Per Haugland.", set()),
    ],
)
def test_coreference_the_winner_is_who_won(text: str, athletes: set[str]) -> None:
    assert {c.athlete for c in tell(text).coaching} == athletes
