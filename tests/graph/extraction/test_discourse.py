"""Where a contest took place: what the article says, unless the register of editions knows better."""

from datetime import date

import pytest
from told import tell


def places(text: str) -> set[tuple[str | None, int | None, str | None]]:
    return {(race.competition, race.year, race.place) for race in tell(text).races}


@pytest.mark.parametrize(
    "text",
    [
        "Callum Vane won the 1500m at the 2022 European Championships in Oslo.",
        "Callum Vane won the 1500m at the 2022 European Championships in Torrevale.",
        "In Oslo, Callum Vane won the 1500m at the 2022 European Championships.",
    ],
)
def test_discourse_drops_places_that_the_register_contradicts(text: str) -> None:
    assert places(text) == {("European Championships", 2022, None)}


@pytest.mark.parametrize(
    "text",
    [
        "Callum Vane won the 1500m at the 2022 European Championships in Munich.",
        "In Munich, Callum Vane won the 1500m at the 2022 European Championships.",
        "Callum Vane lives in Oslo. He went to Munich. He won the 1500m at the 2022 European Championships.",
    ],
)
def test_discourse_keeps_places_that_the_register_confirms(text: str) -> None:
    assert places(text) == {("European Championships", 2022, "Munich")}


@pytest.mark.parametrize(
    ("text", "contest"),
    [
        ("Callum Vane won the 1500m at the Torrevale Grand Prix in Oslo.", ("Torrevale Grand Prix", 2024, "Oslo")),
        ("Callum Vane won the 1500m in Oslo.", (None, 2024, "Oslo")),
    ],
)
def test_discourse_keeps_places_of_which_the_register_knows_nothing(text: str, contest: tuple[str, int, str]) -> None:
    assert places(text) == {contest}


def test_discourse_a_place_of_one_contest_is_not_that_of_another() -> None:
    assert places(
        "Callum Vane won the 1500m in Oslo. He also took bronze in the 800m at the 2022 European Championships."
    ) == {(None, 2024, "Oslo"), ("European Championships", 2022, None)}


def test_discourse_shows_the_sentence_that_names_the_place() -> None:
    text = "Callum Vane won the 1500m at the 2022 European Championships. He loved Munich."
    race = tell(text).races[0]
    assert race.place == "Munich"
    assert [evidence.quote for evidence in race.evidence if evidence.slots == ("place",)] == ["He loved Munich."]


def test_discourse_a_jumper_is_not_told_of_in_the_sprint_before() -> None:
    text = "Callum Vane won the 100m in 10.01. Pole vaulter Marta Lindqvist thrilled all by smashing the world record."
    assert [(best.athlete, best.discipline) for best in tell(text).bests] == [("Marta Lindqvist", "pole vault")]


def test_discourse_what_follows_from_a_mark_is_another_matter() -> None:
    text = "Marta Lindqvist won the 400m in a lifetime best of 51.20 so we have a strong 4x400m squad."
    assert [(best.discipline, best.mark) for best in tell(text).bests] == [("400m", "51.20")]


@pytest.mark.parametrize(
    "second",
    [
        "The Diamond League was at its best.",
        "Sixteen Diamond Race winners were crowned in Zurich.",
        "The Olympics in Athens were worse.",
    ],
)
def test_discourse_circuits_and_past_games_do_not_move_the_scene(second: str) -> None:
    text = f"Marta Lindqvist won the 400m at the Weltklasse Zurich. {second} Callum Vane was third in the mile."
    assert {race.competition for race in tell(text).races} == {"Weltklasse Zurich"}


def test_discourse_another_meeting_moves_the_scene() -> None:
    text = "Marta Lindqvist won the 400m at Weltklasse Zurich. Callum Vane ran at the Bislett Games. He was third."
    assert "Bislett Games" in {race.competition for race in tell(text).races}


@pytest.mark.parametrize(
    ("text", "contest"),
    [
        (
            "Callum Vane won the mile in 3:51.10 to erase the mark of 3:52.20 set by Joao Brandt in Oslo in 2019.",
            (None, 2024, None),
        ),
        ("Since winning in Oslo in 2019, Callum Vane had been ill but he won the mile.", (None, 2024, None)),
        ("Callum Vane beat Joao Brandt to win the mile at the Bislett Games.", ("Bislett Games", 2024, "Oslo")),
        ("Callum Vane won the mile on Saturday. He loves the Bislett Games.", ("Bislett Games", 2024, "Oslo")),
    ],
)
def test_discourse_a_race_is_where_and_when_its_own_clause_tells(
    text: str, contest: tuple[str | None, int, str | None]
) -> None:
    assert contest in places(text)


def test_discourse_the_opening_is_not_of_a_competition_elsewhere() -> None:
    text = "Callum Vane won the mile in Paris on Saturday. Marta Lindqvist was third at the Bislett Games."
    assert places(text) == {(None, 2024, "Paris"), ("Bislett Games", 2024, "Oslo")}


def test_discourse_the_title_is_that_told_before() -> None:
    text = "Per Haugland became European 1500m champion in 2012, and Callum Vane succeeded to the title in 2016."
    assert {(r.competition, r.discipline, r.year) for r in tell(text).races} == {
        ("European Championships", "1500m", 2012),
        ("European Championships", "1500m", 2016),
    }


def test_discourse_what_follows_a_semicolon_is_told_of_the_next_clause() -> None:
    text = "Callum Vane won the 1500m in 2021; in Oslo, Joao Brandt was third in the mile."
    assert {(r.discipline, r.place) for r in tell(text).races} == {("1500m", None), ("mile", "Oslo")}


def test_discourse_a_title_is_won_in_the_final() -> None:
    text = "Callum Vane ran 46.20 in his heat and won the European 400m title."
    assert {r.round for r in tell(text).races} == {"heat", "final"}


def _where(text: str, athlete: str) -> set[str | None]:
    found = tell(text)
    races = {race.id: race.competition for race in found.races}
    return {races[result.race] for result in found.results if result.athlete == athlete}


_LAST_NIGHT = "Marta Lindqvist won the pole vault with 4.71m at the Norbridge Grand Prix last night."


def test_discourse_a_meeting_of_days_before_is_not_the_one_being_told_of() -> None:
    text = f"{_LAST_NIGHT} Five days ago Lindqvist vaulted 4.50m at the Torrevale Games. Ines Sorel won the 1000m."
    assert _where(text, "Ines Sorel") == {"Norbridge Grand Prix"}


def test_discourse_a_meeting_of_the_same_days_is_told_of_next() -> None:
    text = (
        f"{_LAST_NIGHT} Callum Vane ran 3:40.10 in the 1500m at the Torrevale Games on the same night. Ines Sorel won."
    )
    assert _where(text, "Ines Sorel") == {"Torrevale Games"}


@pytest.mark.parametrize(
    ("text", "competitions"),
    [
        ("Norway's bronze medallist Callum Vane won the mile.", {None}),
        ("The Norwegian winner Callum Vane clocked 3:51.10 in the mile.", {None}),
        ("The Norwegian mile champion Callum Vane is ill.", {"Norwegian Championships"}),
        ("Callum Vane won the Norwegian mile title.", {"Norwegian Championships"}),
    ],
)
def test_discourse_only_titles_of_a_nation_name_its_championships(text: str, competitions: set[str | None]) -> None:
    assert {race.competition for race in tell(text).races} == competitions


def test_discourse_a_title_defended_was_won_before() -> None:
    text = "Callum Vane won the decathlon at the 2023 World Championships. Defending champion Joao Brandt was third."
    found = tell(text, date(2023, 8, 28))
    assert {(r.athlete, race.year) for r in found.results for race in found.races if race.id == r.race} == {
        ("Callum Vane", 2023),
        ("Joao Brandt", 2022),
        ("Joao Brandt", 2023),
    }


@pytest.mark.parametrize(
    ("opening", "competition"),
    [
        ("Kenyans are on top of the Boston Marathon again.", "Boston Marathon"),
        ("Joao Brandt became champion at the Boston Marathon.", "Boston Marathon"),
        ("Joao Brandt emerged winner of the Boston Marathon.", "Boston Marathon"),
        ("Joao Brandt is dreaming of the Boston Marathon.", None),
        ("Joao Brandt spoke ahead of the Boston Marathon.", None),
    ],
)
def test_discourse_goes_on_with_the_competition_of_the_opening(opening: str, competition: str | None) -> None:
    found = tell(f"{opening} Callum Vane was third in 2:09:10.")
    race = {race.id: race.competition for race in found.races}
    assert [race[r.race] for r in found.results if r.athlete == "Callum Vane"] == [competition]


@pytest.mark.parametrize(
    ("text", "contests"),
    [
        (  # medals of other years in the opening do not date the article's own
            "Having won Commonwealth mile bronze in 2006, Callum Vane came back. Joao Brandt won the mile.",
            {("Commonwealth Games", 2014, None)},
        ),
        (  # a place of another year is not that of the Games being told of
            "Callum Vane won Commonwealth gold. He matched that from Delhi four years ago. Joao Brandt won the mile.",
            {("Commonwealth Games", 2014, None)},
        ),
    ],
)
def test_discourse_what_was_before_does_not_date_the_scene(
    text: str, contests: set[tuple[str | None, int, str | None]]
) -> None:
    found = {(r.competition, r.year, r.place) for r in tell(text, date(2014, 8, 2)).races}
    assert found >= contests


def test_discourse_a_place_tells_indoors_from_outdoors() -> None:
    text = "Callum Vane won the world title in Sopot in 2014."
    assert {(r.competition, r.year) for r in tell(text).races} == {("World Indoor Championships", 2014)}


@pytest.mark.parametrize(
    ("text", "contests"),
    [
        (
            "Callum Vane added European 60m gold to the world title he won in Sopot in 2014.",
            {("European Indoor Championships", "60m", 2023, 1), ("World Indoor Championships", "60m", 2014, 1)},
        ),
        (
            "Callum Vane improved on the bronze medal he won in the 1500m in Daegu two years ago.",
            {(None, "1500m", 2022, 3)},
        ),
        (
            "Callum Vane defended the European 800m title he took in Munich.",
            {("European Championships", "800m", 2024, 1), ("European Championships", "800m", 2022, 1)},
        ),
    ],
)
def test_discourse_prizes_of_relatives_are_won_there(text: str, contests: set[tuple[object, ...]]) -> None:
    found = tell(text)
    race = {r.id: r for r in found.races}
    told = {(race[r.race].competition, race[r.race].discipline, race[r.race].year, r.position) for r in found.results}
    assert told == contests


def test_discourse_a_mark_run_elsewhere_does_not_move_the_scene() -> None:
    text = (
        "Callum Vane won the 5000m at the Bislett Games. The others beat the best of 13:10.03, run by Joao Brandt at "
        "the Torrevale Grand Prix. Per Haugland was fifth in the mile."
    )
    found = tell(text)
    race = {r.id: r.competition for r in found.races}
    assert [race[r.race] for r in found.results if r.athlete == "Per Haugland"] == ["Bislett Games"]


def test_discourse_national_titles_won_at_the_trials_are_the_trials() -> None:
    text = "Callum Vane won the 60m at the European Indoor Trials. Joao Brandt claimed the AAA mile title."
    assert {race.competition for race in tell(text, date(2005, 2, 13)).races} == {"European Indoor Trials"}
    past = f"{text} Per Haugland won the AAA 400m title in 2003."
    assert "AAA Championships" in {race.competition for race in tell(past, date(2005, 2, 13)).races}


def test_discourse_games_are_of_the_year_in_which_they_took_place() -> None:
    races = tell("Marta Lindqvist won 1500m gold at the Tokyo 2020 Olympics. She retired in 2023.").races
    assert [race.year for race in races] == [2021]
    assert [race.year for race in tell("Marta Lindqvist won 1500m gold at the 2016 Olympics.").races] == [2016]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Callum Vane, who was second in Chicago in October, won the Rotterdam Marathon.",
            {(2, "Chicago Marathon"), (1, "Rotterdam Marathon")},
        ),
        ("Callum Vane won the Rotterdam Marathon in Rotterdam.", {(1, "Rotterdam Marathon")}),
        ("Callum Vane dropped out of the Rotterdam Marathon at 20 miles.", {("DNF", "Rotterdam Marathon")}),
        ("Callum Vane won the Rotterdam Marathon, breaking away in the last mile.", {(1, "Rotterdam Marathon")}),
    ],
)
def test_discourse_tells_road_races_apart_by_their_towns(text: str, expected: set[tuple[object, str]]) -> None:
    found = tell(text)
    race = {race.id: race for race in found.races}
    assert {(r.position, race[r.race].competition) for r in found.results} == expected
    assert {race.discipline for race in found.races} == {"marathon"}


def test_discourse_the_year_since_when_is_another() -> None:
    found = tell("Callum Vane became the first British man to win the London Marathon since 1993.")
    assert [race.year for race in found.races] == [2024]


@pytest.mark.parametrize(
    "opening",
    [
        "Norway's athletes went home from the World Championships in Budapest with two gold medals.",
        "The vaulters came back from the World Championships in Budapest with a silver and two bronze medals.",
        "Britain returned from the World Championships in Budapest with ten medals, two of them gold.",
    ],
)
def test_discourse_what_medals_were_brought_from_is_told_of(opening: str) -> None:
    told = tell(f"{opening}\n\nOn Wednesday Callum Vane won the men's 400m hurdles in 47.10.", date(2023, 8, 28))
    assert {(race.competition, race.year, race.place) for race in told.races} == {
        ("World Championships", 2023, "Budapest")
    }


def test_discourse_what_somebody_came_from_is_not_where_the_next_race_was() -> None:
    assert places("Callum Vane, fresh from the Torrevale Games, won the 1500m in Oslo.") == {(None, 2024, "Oslo")}


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("PARIS - Callum Vane won the pole vault with 5.95m.", date(2024, 8, 6), ("Olympic Games", 2024, "Paris")),
        ("PARIS - Callum Vane won the pole vault with 5.95m.", date(2024, 8, 12), ("Olympic Games", 2024, "Paris")),
        ("PARIS - Callum Vane won the pole vault with 5.95m.", date(2024, 7, 8), (None, 2024, "Paris")),
        ("OSLO - Callum Vane won the pole vault with 5.95m.", date(2024, 8, 6), (None, 2024, "Oslo")),
        (
            "PARIS - It rained. Callum Vane won the pole vault in Oslo with 5.95m.",
            date(2024, 8, 6),
            (None, 2024, "Oslo"),
        ),
    ],
)
def test_discourse_knows_which_championship_was_where_and_when_it_was_written(
    text: str, published: date, expected: tuple[str | None, int, str]
) -> None:
    (race,) = tell(text, published).races
    assert (race.competition, race.year, race.place) == expected
