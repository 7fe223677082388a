"""What an article is about as a whole."""

import pytest
from told import tell


def _settings(text: str, athlete: str) -> set[tuple[str | None, int | None, str | None]]:
    found = tell(text)
    races = {race.id: race for race in found.races}
    own = [races[result.race] for result in found.results if result.athlete == athlete]
    return {(race.competition, race.year, race.discipline) for race in own}


@pytest.mark.parametrize(
    "opening",
    [
        "In the weeks before the 2024 Berlin Marathon everybody named Achieng Otiwa.",
        "Nobody spoke of Ines Sorel before the 2024 Berlin Marathon.",
        "All eyes were on Achieng Otiwa ahead of the 2024 Berlin Marathon.",
    ],
)
def test_aboutness_the_only_competition_is_the_one_told_of(opening: str) -> None:
    text = f"{opening} In the end Marta Lindqvist won the women's race in 2:21:53."
    assert _settings(text, "Marta Lindqvist") == {("Berlin Marathon", 2024, "marathon")}


@pytest.mark.parametrize(
    "opening",
    [
        "Joao Brandt spoke ahead of the Berlin Marathon.",
        "Joao Brandt took bronze at the 2022 European Championships.",
    ],
)
def test_aboutness_a_competition_without_a_year_or_of_other_results_is_not(opening: str) -> None:
    text = f"Marta Lindqvist won the 1500m in Oslo. {opening}"
    assert _settings(text, "Marta Lindqvist") == {(None, 2024, "1500m")}


def test_aboutness_of_two_competitions_neither_is() -> None:
    text = (
        "The build-up to the Berlin Marathon and to the Torrevale Games was long."
        " In the end Marta Lindqvist won the women's race in 2:21:53."
    )
    assert all(competition is None for competition, _, _ in _settings(text, "Marta Lindqvist"))


def test_aboutness_what_happened_elsewhere_was_not_at_the_only_competition() -> None:
    text = "The build-up to the 2024 Berlin Marathon began. Marta Lindqvist won the 10km in Oslo in 31:10."
    assert all(competition is None for competition, _, _ in _settings(text, "Marta Lindqvist"))
