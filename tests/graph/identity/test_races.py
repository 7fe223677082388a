from __future__ import annotations

import re
from dataclasses import replace

import pytest

from graph.facts import PartialRace, RaceKey
from graph.identity.races import race_keys
from graph.model import Extraction, Race, Result

FULL = Race("r", "Olympic Games", 2021, "Tokyo", "1500m", "M", "final", series="olympic-games")


def key(race: Race, *results: Result, who: str = "ada-aas") -> RaceKey | PartialRace:
    extraction = Extraction("some-article", "1", races=(race,), results=results)
    return race_keys(extraction, {race.id: who})[race.id]


def test_races_are_keyed_by_the_nominal_year() -> None:
    assert key(FULL).slug == "olympic-games_2020_1500m_m_final"


@pytest.mark.parametrize(
    ("race", "slug"),
    [
        (replace(FULL, discipline="3000m steeplechase"), "olympic-games_2020_3000m-steeplechase_m_final"),
        (replace(FULL, round="heat", heat=3), "olympic-games_2020_1500m_m_heat-3"),
        (replace(FULL, category="U20"), "olympic-games_2020_1500m_m_final_u20"),
        (replace(FULL, competition="Vale Games", series=None, year=2021), "vale-games_2021_1500m_m_final"),
        (
            replace(
                FULL, competition="London Marathon", series="london-marathon", discipline=None, round=None, year=2019
            ),
            "london-marathon_2019_marathon_m_final",
        ),
    ],
)
def test_races_have_their_slots_in_the_slug(race: Race, slug: str) -> None:
    found = key(race)
    assert isinstance(found, RaceKey)
    assert found.slug == slug


@pytest.mark.parametrize(
    ("race", "slug", "slots"),
    [
        (replace(FULL, year=None), "olympic-games_1500m_m", "series=olympic-games|discipline=1500m|sex=M|round=final"),
        (
            replace(FULL, sex=None),
            "olympic-games_2020_1500m",
            "series=olympic-games|year=2020|discipline=1500m|round=final",
        ),
        (
            replace(FULL, round=None),
            "olympic-games_2020_1500m_m",
            "series=olympic-games|year=2020|discipline=1500m|sex=M",
        ),
        (replace(FULL, round="heat"), "olympic-games_2020_1500m_m_heat", "discipline=1500m|sex=M|round=heat"),
        (replace(FULL, competition=None, series=None, place=None), "2021_1500m_m", "year=2021|discipline=1500m|sex=M"),
        (
            Race("r", year=2015, sex="M", round="final", category="U20"),
            "2015_u20",
            "year=2015|category=U20|sex=M|round=final",
        ),
    ],
)
def test_races_known_in_part_belong_to_article_and_athlete(race: Race, slug: str, slots: str) -> None:
    found = key(race)
    assert isinstance(found, PartialRace)
    assert found.slug == f"u_some-article_{slug}_ada-aas"
    assert slots in found.key
    assert "athlete=ada-aas" in found.key


def test_races_that_article_and_athlete_do_not_tell_apart_are_numbered() -> None:
    heats = tuple(replace(FULL, id=name, round="heat") for name in ("a", "b"))
    keys = race_keys(Extraction("x", "1", races=heats), {"a": "ada-aas", "b": "ada-aas"})
    assert len({found.slug for found in keys.values()}) == 2


def test_races_that_only_look_alike_in_the_slug_are_numbered() -> None:
    races = (replace(FULL, id="a", year=None), replace(FULL, id="b", year=None, round=None))
    keys = race_keys(Extraction("x", "1", races=races), {"a": "ada-aas", "b": "ada-aas"})
    assert len({found.slug for found in keys.values()}) == 2


def test_races_with_a_medal_are_finals() -> None:
    race = replace(FULL, round=None)
    assert key(race, Result("r", "Ada Aas", medal="gold")).slug == "olympic-games_2020_1500m_m_final"


def test_races_nobody_is_named_in_are_left_out() -> None:
    assert race_keys(Extraction("x", "1", races=(FULL,)), {}) == {}


def test_races_have_slugs_that_can_stand_in_prefixed_names() -> None:
    race = replace(FULL, competition="Löpar-Fest (2nd ed.), Åmål", series=None, discipline="7.5km cross country")
    assert re.fullmatch(r"[a-z0-9_-]+", key(race).slug)
