"""Names: which runs of words are one, and whom a short or misspelt one means."""

import pytest
from told import chunks_of, positions, results, tell

from graph.extraction.people import People


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Marta Lindqvist beat Ines Sorel.", ["Marta Lindqvist", "Ines Sorel"]),
        ("Then Lindqvist beat Sorel.", ["Lindqvist", "Sorel"]),
        ("Dina Asher-Falk won.", ["Dina Asher-Falk"]),
        ("Jean-Luc Morand won.", ["Jean-Luc Morand"]),
        ("Sifan van der Meer won.", ["Sifan van der Meer"]),
        ("Maria de la Cruz won.", ["Maria de la Cruz"]),
        ("Van der Meer won.", ["Van der Meer"]),
        ("Michael O'Brien won.", ["Michael O'Brien"]),
        ("Sean O’Malley’s mile.", ["Sean O’Malley"]),
        ("J. Vane won.", ["J. Vane"]),
        ("Sam A. Vane won.", ["Sam A. Vane"]),
        ("Narve Gilje Brekke won.", ["Narve Gilje Brekke"]),
        ("Yesterday Callum Vane won.", ["Callum Vane"]),
        ("Meanwhile, Callum Vane won.", ["Callum Vane"]),
        ("Sir Callum Vane won.", ["Callum Vane"]),
        ("Sydney Falk won.", ["Sydney Falk"]),
        ("Mark Vane won.", ["Mark Vane"]),
        ("Grant Hill won.", ["Grant Hill"]),
        ("She won.", []),
        ("The race was run in Oslo.", []),
        ("Norway's team won.", []),
        ("She ran at the Torrevale Grand Prix.", []),
        ("She runs for Norbridge Harriers.", []),
        ("The IAAF met on Saturday in June.", []),
        ("NORBRIDGE RESULTS", []),
        ("Asha Ennis-Hill won.", ["Asha Ennis-Hill"]),
        ("Rob Denmark won.", ["Rob Denmark"]),
        ("Per Haugland won.", ["Per Haugland"]),
        ("Will Vane won.", ["Will Vane"]),
        ("Han Bong-ju won.", ["Han Bong-ju"]),
        ("CALLUM VANE won.", ["Callum Vane"]),
        ("NORBRIDGE TORREVALE won.", []),
        ("The Northumbrian Anna Vane won.", ["Anna Vane"]),
        ("A Callum Vane-led group won.", ["Callum Vane"]),
        ("Will Vane win?", ["Vane"]),
        ("Victor Head won.", ["Victor Head"]),
        ("The victor, Vane, won.", ["Vane"]),
        ("May Falk won.", ["May Falk"]),
        ("May Falk win!", ["Falk"]),
        ("A. J. Vane won.", ["A. J. Vane"]),
        ("Unless Marta Lindqvist wins.", ["Marta Lindqvist"]),
    ],
)
def test_people_names_of_a_sentence(sentence: str, names: list[str]) -> None:
    assert [chunk.text for chunk in chunks_of(sentence) if chunk.kind == "name"] == names


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Callum Vane", "Vane"),
        ("Callum Vane", "Callum"),
        ("Michael O'Brien", "O'Brien"),
        ("Dina Asher-Falk", "Asher-Falk"),
        ("Sifan van der Meer", "Van der Meer"),
        ("Sifan van der Meer", "Meer"),
        ("Maria de la Cruz", "De la Cruz"),
        ("Abdi van Dijk-Osei", "Van Dijk-Osei"),
        ("Narve Gilje Brekke", "Brekke"),
        ("Narve Gilje Brekke", "Narve Brekke"),
        ("Tola Shura Abera", "Tola Abera"),
        ("José Lund", "Jose Lund"),
        ("Åse Nordås", "Nordas"),
        ("Katarzyna Wisniewska", "Wisniewksa"),
        ("Katarzyna Wisniewska", "Katarzyna Wisniewka"),
        ("Katarzyna Wisniewska", "Wisniewska"),
    ],
)
def test_people_short_and_misspelt_names_mean_the_person_named_in_full(full: str, short: str) -> None:
    found = tell(f"{full} won the 200m. Later {short} clocked 20.15 in the 200m.")
    assert [person.name for person in found.people] == [full]
    assert [mention.written for mention in found.people[0].mentions] == [full, short]
    assert results(found) == {(full, "200m", 1, "20.15")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Callum Vane", "Vain"),  # short names are not guessed
        ("Callum Vane", "Callum Vance"),
        ("Marta Lindqvist", "Greta Lindqvist"),
        ("Katarzyna Wisniewska", "Katarzyna Wolniewska"),
    ],
)
def test_people_different_names_stay_apart(one: str, other: str) -> None:
    found = tell(f"{one} won the 200m. {other} clocked 20.15 in the 200m.")
    assert (one, "200m", 1, None) in results(found)
    assert (one, "200m", 1, "20.15") not in results(found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Katarzyna Wisniewksa won the 800m. Wisniewska led. Wisniewska was glad. Wisniewska rested.",
            "Katarzyna Wisniewska",
        ),
        ("Callum Ferriss won the 800m. Ferris led. Ferris was glad. Ferris rested.", "Callum Ferris"),
        ("Narve Gilje Brekkas won the 800m. Brekkås led. Brekkås was glad. Brekkås rested.", "Narve Gilje Brekkås"),
        ("Callum Ferriss won the 800m. Ferriss led. Ferris rested.", "Callum Ferriss"),
        ("Katarzyna Wisniewska won the 800m. Wisniewksa rested.", "Katarzyna Wisniewska"),
    ],
)
def test_people_are_spelt_as_they_mostly_are(text: str, name: str) -> None:
    found = tell(text)
    assert [person.name for person in found.people] == [name]
    assert positions(found) == {(name, "800m", 1)}
    assert [mention.written for mention in found.people[0].mentions] == [
        text.split(" won")[0],
        *[s.split()[0] for s in text.split(". ")[1:]],
    ]


def test_people_a_shared_surname_means_the_one_named_last() -> None:
    found = tell("Marta Lindqvist won the 800m. Ines Lindqvist won the 1500m. Lindqvist clocked 4:01.10.")
    assert results(found) == {("Marta Lindqvist", "800m", 1, None), ("Ines Lindqvist", "1500m", 1, "4:01.10")}


def test_people_a_surname_may_come_before_the_full_name() -> None:
    found = tell("Lindqvist won the 800m.\n\nIt was the first win for Marta Lindqvist.")
    assert ("Marta Lindqvist", "800m", 1, None) in results(found)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ines Sorel (FRA) won the 800m.",
        "France's Ines Sorel won the 800m.",
        "Frenchwoman Ines Sorel won the 800m.",
        "French runner Ines Sorel won the 800m.",
        "French national champion Ines Sorel won the 800m.",
        "Ines Sorel of France won the 800m.",
        "Ines Sorel, a French runner, won the 800m.",
        "Ines Sorel, of France, won the 800m.",
        "Ines Sorel, from France, won the 800m.",
        "Team France's Ines Sorel won the 800m.",
        "The 800m went to Ines Sorel of France.",
        "Ines Sorel, the 24-year-old Frenchwoman, won the 800m.",
    ],
)
def test_people_countries(sentence: str) -> None:
    people = tell(sentence).people
    assert [(person.name, person.country) for person in people] == [("Ines Sorel", "FRA")]
    assert any(evidence.slots == ("country",) for evidence in people[0].evidence)


@pytest.mark.parametrize(
    ("nation", "code"),
    [
        ("Great Britain", "GBR"),
        ("Scotland", "GBR"),
        ("Team GB", "GBR"),
        ("Kenya", "KEN"),
        ("The Netherlands", "NED"),
        ("Switzerland", "SUI"),
    ],
)
def test_people_countries_are_olympic_codes(nation: str, code: str) -> None:
    people = tell(f"{nation}'s Callum Vane won the mile.").people
    assert [(person.name, person.country) for person in people] == [("Callum Vane", code)]


def test_people_countries_told_later_are_shown_where_they_are_told() -> None:
    text = "Ines Sorel won the 800m. The Frenchwoman clocked 2:01.10."
    person = tell(text).people[0]
    assert person.country == "FRA"
    assert [evidence.quote for evidence in person.evidence if "country" in evidence.slots] == [text[25:]]


@pytest.mark.parametrize(
    "sentence",
    ["The two Americans ran 9.86.", "The American duo ran 9.86.", "The American pair were pleased."],
)
def test_people_countries_of_several_are_told_together(sentence: str) -> None:
    people = tell(f"The 100m was about Marta Lindqvist and Ines Sorel. {sentence}").people
    assert {(person.name, person.country) for person in people} == {("Marta Lindqvist", "USA"), ("Ines Sorel", "USA")}


@pytest.mark.parametrize(
    "sentence",
    [
        "France's 800m woman Ines Sorel won in Torrevale.",
        "Ines Sorel held off her French rivals to win the 800m.",
        "Ines Sorel goes to Torrevale as the only French competitor in the 800m.",
        "Ines Sorel ran for France at the 2009 World Championships.",
        "Ines Sorel represents France.",
        "Ines Sorel has been picked for the France team.",
        "Ines Sorel became the fastest French woman over 800m.",
        "Ines Sorel was the first Frenchwoman home in 12th.",
        "Ines Sorel won bronze for France in the 800m.",
    ],
)
def test_people_countries_are_told_by_what_they_do(sentence: str) -> None:
    assert [(person.name, person.country) for person in tell(sentence).people] == [("Ines Sorel", "FRA")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The French quartet of Ines Sorel and Marta Lindqvist won the 4x100m relay in 42.07.",
        "France, for whom Ines Sorel and Marta Lindqvist had run the earlier legs, finished second.",
    ],
)
def test_people_countries_of_teams_are_those_of_their_members(sentence: str) -> None:
    found = {(person.name, person.country) for person in tell(sentence).people}
    assert {("Ines Sorel", "FRA"), ("Marta Lindqvist", "FRA")} <= found


@pytest.mark.parametrize(
    "sentence",
    [
        "Ines Sorel never ran for France.",
        "Ines Sorel may represent France.",
        "Ines Sorel left for France.",
        "Ines Sorel held off French rivals to win the 800m.",
        "Ines Sorel beat the only French competitor in the 800m.",
        "Ines Sorel raced in Torrevale before leaving for France.",
    ],
)
def test_people_countries_of_others_are_not_theirs(sentence: str) -> None:
    assert {person.country for person in tell(sentence).people if person.name == "Ines Sorel"} <= {None}


def test_people_countries_of_three_are_not_those_of_two() -> None:
    people = tell("The 100m was about Marta Lindqvist and Ines Sorel. The three Americans ran 9.86.").people
    assert {person.country for person in people} == {None}


def test_people_a_country_that_is_a_venue_is_nobodys() -> None:
    assert tell("Ines Sorel won the 800m in France.").people[0].country is None


def test_people_roles() -> None:
    found = tell("Marta Lindqvist won the mile. Her coach, Ivar Haugland, was pleased.")
    assert {(person.name, person.roles) for person in found.people} == {
        ("Marta Lindqvist", ("athlete",)),
        ("Ivar Haugland", ("coach",)),
    }


def test_people_those_who_only_speak_or_preside_are_left_out() -> None:
    found = tell("Marta Lindqvist won the mile. Federation president Otto Brandt said he was pleased.")
    assert [person.name for person in found.people] == ["Marta Lindqvist"]


def test_people_gather_names_in_full_first() -> None:
    names = [chunk for chunk in chunks_of("Vane beat Joao Brandt and Callum Vane.") if chunk.kind == "name"]
    people = People()
    people.gather(names)
    assert [entity.name for entity in people.entities] == ["Joao Brandt", "Callum Vane"]
    assert people.entity(names[0]) is people.entity(names[2])
    assert people.entity(names[1]) is people.entities[0]


def test_people_headlines_spell_but_do_not_name() -> None:
    found = tell("Brave Home Win For Lindqvist\n\nMarta Lindqvist won the mile.", title="Brave Home Win For Lindqvist")
    assert [person.name for person in found.people] == ["Marta Lindqvist"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ines Sorel won the 800m, according to Greta Lund of the Torrevale Post.",
        "Ines Sorel won the 800m, after a bus trip from Westmar Rift.",
        "Ines Sorel won the 800m after treatment at the Torre Physical Recreation.",
    ],
)
def test_people_leaves_out_sources_places_and_things(sentence: str) -> None:
    assert {person.name for person in tell(sentence).people} == {"Ines Sorel"}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Londoners Greta and Helena Lund ran the 800m.", {"Greta Lund", "Helena Lund"}),
        ("NTU freshman Greta Lund ran the 800m.", {"Greta Lund"}),
        ('"It is a shame," said Sven Falk, president of the federation. Ines Sorel won.', {"Ines Sorel"}),
        ("The federation's vice president in charge of camps, Sven Falk, said Ines Sorel won.", {"Ines Sorel"}),
    ],
)
def test_people_are_neither_epithets_nor_officials(sentence: str, names: set[str]) -> None:
    assert {person.name for person in tell(sentence).people} == names


def test_people_nobody_wins_what_it_won() -> None:
    assert not tell("Ines Sorel spoke of the titles that it won in the 800m.").results


@pytest.mark.parametrize("name", ["CALLUM Vane", "CALLUM VANE", "Callum Vane"])
def test_people_have_their_names_in_lower_case_letters(name: str) -> None:
    assert [person.name for person in tell(f"{name} won the mile yesterday. Vane was delighted.").people] == [
        "Callum Vane"
    ]


def test_people_born_elsewhere_are_not_of_where_they_were_born() -> None:
    assert tell("The Kenyan-born Callum Vane won the mile.").people[0].country is None
    assert tell("South African born Callum Vane won the mile.").people[0].country is None


def test_people_a_surname_with_a_particle_may_stand_first() -> None:
    text = "El Falk retires from track\n\nAmina El Falk won the mile. El Falk was second in the 800m."
    assert {p.name for p in tell(text).people} == {"Amina El Falk"}


def test_people_a_name_within_a_longer_one_is_another() -> None:
    text = "Marta Falk won the mile. Anna Marta Falk was second in the 800m."
    assert {p.name for p in tell(text).people} == {"Marta Falk", "Anna Marta Falk"}


def test_people_a_given_name_behind_a_preposition_is_no_place() -> None:
    found = tell("Ines Sorel won the 800m. She will take on Greta Lund and Hanna Falk next.")
    assert {person.name for person in found.people} == {"Ines Sorel", "Greta Lund", "Hanna Falk"}


def test_people_a_place_may_be_a_given_name() -> None:
    found = tell("Adelaide Falk won the mile in Abha. Falk was second in the 800m.")
    assert {p.name for p in found.people} == {"Adelaide Falk"}


@pytest.mark.parametrize(
    "text",
    [
        '"I was looking at the wrong man," admitted Iva Holt, who had paid for a seat at the finish.',
        '"I teach mathematics," said a spectator from Oslo, Iva Holt, "and I still cannot do that sum."',
        "One of the officials by the mat, a retired teacher called Iva Holt, shook his head.",
        "Port Saltby, Saturday 15 June 2024",
    ],
)
def test_people_who_only_stand_by_are_left_out(text: str) -> None:
    assert not tell(text).people
