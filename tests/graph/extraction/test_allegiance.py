"""Countries that an article ties people to by what they do, not by a nationality beside the name."""

import pytest
from told import tell


def countries(text: str, title: str | None = None) -> dict[str, str | None]:
    """The country of everybody found."""
    text = f"{title}\n\n{text}" if title else text
    return {person.name: person.country for person in tell(text, title=title).people}


@pytest.mark.parametrize(
    "text",
    [
        "Marta Lindqvist won the 1500m. Lindqvist is part of the Norwegian 4x400m relay team.",
        "Marta Lindqvist won the 1500m. Lindqvist was left out of the Norwegian U23 squad.",
        "Marta Lindqvist won the 1500m. Lindqvist missed Norway's cross country trials.",
        "Marta Lindqvist won the 1500m. Lindqvist hopes to break the Norwegian record.",
        "Marta Lindqvist won the 1500m. Lindqvist moved to fourth in the Norwegian all-time list.",
        "Marta Lindqvist won the 1500m. Lindqvist won the Norwegian 1500m title in Torrevale.",
        "Marta Lindqvist won the 1500m. Lindqvist has been suspended by Athletics Norway.",
        "Marta Lindqvist won the 1500m. Lindqvist was cleared by the Norwegian Athletics Federation.",
        "Marta Lindqvist won the 1500m. Norway's athletics body has suspended Lindqvist.",
        "Marta Lindqvist won the 1500m. Lindqvist got a life ban from Norwegian chiefs.",
        "Marta Lindqvist won the 1500m. Athletics Norway has confirmed that Lindqvist will not run.",
        "Marta Lindqvist won the 1500m. She was the first finisher for Team Norway.",
        "Marta Lindqvist won the 1500m and she beat fellow Norwegian Ines Sorel.",
        "Marta Lindqvist won the 1500m. Lindqvist and four other Norwegians will travel.",
        "Marta Lindqvist won the 1500m. The Norwegian sprint queen was delighted.",
        "Marta Lindqvist won the 1500m. Lindqvist set a national record. She ran for Norway.",
        "Sven Holt, who guides Marta Lindqvist, another Norwegian, was pleased. Lindqvist won the 1500m.",
    ],
)
def test_allegiance_is_told_by_teams_bodies_contests_and_fellows(text: str) -> None:
    assert countries(text)["Marta Lindqvist"] == "NOR"


@pytest.mark.parametrize(
    "text",
    [
        "Marta Lindqvist won the 1500m. Lindqvist beat the Norwegian team.",
        "Marta Lindqvist won the 1500m. Lindqvist coaches the Norwegian squad.",
        "Marta Lindqvist won the 1500m. Lindqvist ran in Norway.",
        "Marta Lindqvist won the 1500m. Lindqvist finished ahead of the Norwegian team.",
        "Marta Lindqvist won the 1500m. The Norwegian federation paid for it.",
        "Marta Lindqvist won the 1500m. Lindqvist set a Norwegian all-comers record.",
        "Marta Lindqvist won the 1500m. Lindqvist may switch to Norway.",
        "Marta Lindqvist won the 1500m. Lindqvist has been banned by the IAAF after a test in Norway.",
    ],
)
def test_allegiance_is_not_told_by_opponents_places_or_pupils(text: str) -> None:
    assert countries(text)["Marta Lindqvist"] is None


def test_allegiance_of_a_squad_goes_for_all_who_are_picked() -> None:
    found = countries(
        "Marta Lindqvist and Ines Sorel are among the Norwegian team for the European Championships. "
        "Achieng Otiwa has been selected for the mile alongside Greta Lund, while Helga Falk will run the 800m. "
        "Callum Vane won the 800m last year."
    )
    assert found == {
        "Marta Lindqvist": "NOR",
        "Ines Sorel": "NOR",
        "Achieng Otiwa": "NOR",
        "Greta Lund": "NOR",
        "Helga Falk": "NOR",
        "Callum Vane": None,
    }


def test_allegiance_in_a_headline_goes_for_whom_the_first_sentence_names() -> None:
    text = "Sprinters Callum Vane and Joao Brandt were cleared of all charges. The hearing took three days."
    assert countries(text, "Norwegian duo cleared in Torrevale") == {"Callum Vane": "NOR", "Joao Brandt": "NOR"}
    assert countries(text, "Norwegian runner cleared in Torrevale") == {"Callum Vane": None, "Joao Brandt": None}


def test_allegiance_national_means_the_only_nation_spoken_of() -> None:
    text = "Kenya's Achieng Otiwa won the 1500m. Marta Wambo missed the national trials. Wambo was fourth in the 800m."
    assert countries(text)["Marta Wambo"] == "KEN"
    assert countries(text + " France's Ines Sorel was fifth.")["Marta Wambo"] is None


@pytest.mark.parametrize(
    "text",
    [
        "Callum Vane and Joao Brandt won. The pair were cleared of missing tests by the Norwegian federation.",
        "Callum Vane won the mile and Joao Brandt won the 800m, and both have been picked for the Norwegian U20 team.",
        "Norwegian compatriots Callum Vane and Joao Brandt won the mile and the 800m.",
        "Callum Vane won the mile ahead of Joao Brandt. It was his second win over his fellow Norwegian.",
    ],
)
def test_allegiance_is_told_of_two_at_once(text: str) -> None:
    assert countries(text) == {"Callum Vane": "NOR", "Joao Brandt": "NOR"}


@pytest.mark.parametrize(
    "text",
    [
        "Callum Vane won the mile. He is the second-fastest Norwegian in history.",
        "Callum Vane won the mile. He is one of four Norwegian milers in the field.",
        "Callum Vane won the mile. It was fun and the 24-year-old, also of Norway, smiled.",
        "Callum Vane won Norway's first gold medal of the championships in the mile.",
        "Callum Vane won the mile. The Norwegian runner (pictured with Joao Brandt) smiled.",
    ],
)
def test_allegiance_is_told_by_rank_and_apposition(text: str) -> None:
    assert countries(text)["Callum Vane"] == "NOR"


def test_allegiance_needs_more_than_a_faster_norwegian() -> None:
    assert countries("Callum Vane won the mile. He is faster than the fastest Norwegian.")["Callum Vane"] is None
    assert countries("Callum Vane won the mile. He ended Norway's hopes of a third title.")["Callum Vane"] is None


@pytest.mark.parametrize(
    "text",
    [
        # whoever "his" means is named again behind, and the winner is another
        (
            "Joao Vane led. Great Britain's Callum Ferris won the mile. The Norwegian was second. "
            "Bronze went to his compatriot Per Brandt, who is coached by Joao's father."
        ),
        # the owner's country is told by the same sentence
        (
            "Joao Vane broke the tape at the Torrevale Marathon. The Norwegian's 2:00:35 beat the record of 2:01:09, "
            "which his countryman Per Brandt set in Berlin."
        ),
    ],
)
def test_allegiance_a_compatriot_is_of_the_country_of_whom_his_means(text: str) -> None:
    found = countries(text)
    assert (found["Joao Vane"], found["Per Brandt"]) == ("NOR", "NOR")
