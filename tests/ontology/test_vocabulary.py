"""Look-ups of countries, places, disciplines and competitions."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology import vocabulary as v


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Great Britain", "GBR"),
        ("Britain", "GBR"),
        ("UK", "GBR"),
        ("Team GB", "GBR"),
        ("GB", "GBR"),
        ("British", "GBR"),
        ("Briton", "GBR"),
        ("Scotsman", "GBR"),
        ("Scot", "GBR"),
        ("Scottish", "GBR"),
        ("England", "GBR"),
        ("Welsh", "GBR"),
        ("Northern Ireland", "GBR"),
        ("ENG", "GBR"),
        ("Ireland", "IRL"),
        ("Irishwoman", "IRL"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("USA", "USA"),
        ("the United States", "USA"),
        ("American", "USA"),
        ("Ivory Coast", "CIV"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Dutch", "NED"),
        ("Dutchwoman", "NED"),
        ("the Netherlands", "NED"),
        ("NLD", "NED"),
        ("Norwegian", "NOR"),
        ("Norwegians", "NOR"),
        ("Kenyan", "KEN"),
        ("Ethiopians", "ETH"),
        ("Swede", "SWE"),
        ("USSR", "URS"),
        ("East German", "GDR"),
        ("Czechoslovakia", "TCH"),
        ("Turkiye", "TUR"),
        ("Türkiye", "TUR"),
        ("Trinidad & Tobago", "TTO"),
        ("St Kitts and Nevis", "SKN"),
        ("South Africa's", None),
        ("Atlantis", None),
        ("us", None),
        ("gb", None),
        ("", None),
    ],
)
def test_vocabulary_country(text: str, code: str | None) -> None:
    found = v.country(text)
    assert (found.code if found else None) == code


def test_vocabulary_home_nation() -> None:
    assert [nation.code for nation in v.country("GBR").home_nations][:4] == ["ENG", "SCO", "WAL", "NIR"]  # type: ignore[union-attr]
    for text, code in (("Scot", "SCO"), ("Scotland", "SCO"), ("Welshman", "WAL"), ("ENG", "ENG"), ("Ulster", "NIR")):
        nation = v.home_nation(text)
        assert nation is not None
        assert (nation.code, nation.part_of) == (code, "GBR")
    assert v.home_nation("British") is None
    assert v.home_nation("Norwegian") is None


def test_vocabulary_country_tells_adjectives_from_people() -> None:
    spain = v.country("ESP")
    assert spain is not None
    assert spain.adjectives == ("Spanish",)
    assert spain.inhabitants == ("Spaniard", "Spaniards")
    assert spain.demonyms == ("Spanish", "Spaniard", "Spaniards")


@pytest.mark.parametrize(
    ("text", "slug", "country"),
    [
        ("Budapest", "budapest", "HUN"),
        ("Göteborg", "gothenburg", "SWE"),
        ("Lievin", "lievin", "FRA"),
        ("Liévin", "lievin", "FRA"),
        ("New York City", "new-york", "USA"),
        ("Gateshead", "gateshead", "GBR"),
        ("Crystal Palace", "crystal-palace", "GBR"),
        ("Hayward Field", "hayward-field", "USA"),
        ("Zürich", "zurich", "SUI"),
        ("Nowhere", None, None),
    ],
)
def test_vocabulary_place(text: str, slug: str | None, country: str | None) -> None:
    found = v.place(text)
    assert (found.slug if found else None, found.country if found else None) == (slug, country)


def test_vocabulary_town_of_a_venue() -> None:
    assert v.town("crystal-palace") == "london"
    assert v.town("eugene") == "eugene"
    assert v.town("no-such-place") == "no-such-place"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1,500m", "1500m"),
        ("1500 metres", "1500m"),
        ("1,500-meter", "1500m"),
        ("1,500 metres", "1500m"),
        ("the 1500m", "1500m"),
        ("3,000m steeplechase", "3000m steeplechase"),
        ("steeplechase", "3000m steeplechase"),
        ("4x400m relay", "4x400m"),
        ("4 x 100 metres relay", "4x100m"),
        ("4×400m", "4x400m"),
        ("one-mile", "mile"),
        ("Mile", "mile"),
        ("10K", "10km"),
        ("10k", "10km"),
        ("half-marathon", "half marathon"),
        ("5,000 meters", "5000m"),
        ("shot", "shot put"),
        ("100m Hurdles", "100m hurdles"),
        ("20-kilometre race walk", "20km walk"),
        ("cross-country", "cross country"),
        ("10-mile", "10 miles"),
        ("1550m", None),
        ("hurdles", None),
        ("", None),
    ],
)
def test_vocabulary_discipline(text: str, name: str | None) -> None:
    found = v.discipline(text)
    assert (found.name if found else None) == name


def test_vocabulary_discipline_of_the_sprint_hurdles() -> None:
    def hurdles(sex: v.Sex | None, *, indoor: bool = False) -> str | None:
        found = v.discipline("sprint hurdles", sex, indoor=indoor)
        return found.name if found else None

    assert hurdles("F") == "100m hurdles"
    assert hurdles("M") == "110m hurdles"
    assert hurdles(None) is None
    assert hurdles(None, indoor=True) == hurdles("F", indoor=True) == "60m hurdles"


@given(st.decimals(min_value="1", max_value="20", places=1))
def test_vocabulary_discipline_of_any_cross_country_length(length: object) -> None:
    found = v.discipline(f"{length}km cross-country")
    assert found is not None
    assert found.group == "cross-country-running"
    assert found.distance_metres == pytest.approx(float(str(length)) * 1000)
    assert v.discipline(found.name) == found


def test_vocabulary_discipline_has_all_spellings_of_the_guide() -> None:
    track = "60m 100m 200m 400m 800m 1000m 1500m mile 2000m 3000m 5000m 10000m 5km 10km 15km 4x100m 4x400m"
    others = (
        "10 miles",
        "half marathon",
        "marathon",
        "60m hurdles",
        "100m hurdles",
        "110m hurdles",
        "400m hurdles",
        "3000m steeplechase",
        "high jump",
        "pole vault",
        "long jump",
        "triple jump",
        "shot put",
        "discus",
        "hammer",
        "javelin",
        "pentathlon",
        "heptathlon",
        "decathlon",
        "20km walk",
        "50km walk",
        "cross country",
    )
    assert {*track.split(), *others} <= {entry.name for entry in v.disciplines()}


@pytest.mark.parametrize(
    ("name", "world_record", "slip"),
    [
        ("100m", 9.58, 1.58),
        ("1500m", 206.00, 29.38),
        ("mile", 223.13, 23.13),
        ("marathon", 7235, 125.0),
        ("4x100m", 36.84, 96.84),
        ("high jump", 2.45, 24.5),
        ("long jump", 8.95, 0.895),
        ("javelin", 98.48, 9.8),
        ("decathlon", 9126, 912),
        ("heptathlon", 7291, 72.91),
        ("half marathon", 3402, 57.30),
    ],
)
def test_vocabulary_discipline_plausible(name: str, world_record: float, slip: float) -> None:
    found = v.discipline(name)
    assert found is not None
    assert found.plausible(world_record)
    assert not found.plausible(slip)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Olympics", "olympic-games"),
        ("the Olympics", "olympic-games"),
        ("2004 Olympic Games", "olympic-games"),
        ("World Athletics Championships", "world-championships"),
        ("world championships", "world-championships"),
        ("World Championships 2023", "world-championships"),
        ("worlds", "world-championships"),
        ("IAAF World Indoor Championships", "world-indoor-championships"),
        ("European Indoors", "european-indoor-championships"),
        ("World Cross", "world-cross-country-championships"),
        ("Commonwealths", "commonwealth-games"),
        ("AAA Championships", "aaa-championships"),
        ("AAAs", "aaa-championships"),
        ("Weltklasse", "weltklasse-zurich"),
        ("New York Marathon", "new-york-city-marathon"),
        ("US Olympic Trials", "us-olympic-trials"),
        ("Kenyan Championships", "kenyan-championships"),
        ("NCAA Championships", "ncaa-championships"),
        ("NCAA Cross-Country Championships", "ncaa-cross-country-championships"),
        ("world-championships", "world-championships"),
        ("Village Fete", None),
        ("2004", None),
        ("", None),
    ],
)
def test_vocabulary_series_named(text: str, slug: str | None) -> None:
    found = v.series_named(text)
    assert (found.slug if found else None) == slug


def test_vocabulary_edition_by_nominal_year_or_the_year_it_was_held() -> None:
    tokyo = v.edition("olympic-games", 2020)
    assert tokyo is not None
    assert tokyo == v.edition("olympic-games", 2021)
    assert (tokyo.year, tokyo.held, tokyo.country, tokyo.places[0]) == (2020, 2021, "JPN", "tokyo")
    assert v.edition("olympic-games", 2005) is None
    assert v.edition("no-such-series", 2020) is None


def test_vocabulary_edition_at_a_place() -> None:
    def year(series: str, place: str, before: date | None = None) -> int | None:
        found = v.edition_at(series, place, before)
        return found.year if found else None

    assert [edition.year for edition in v.editions_at("olympic-games", "Athens")] == [1896, 2004]
    assert year("olympic-games", "Athens") == 2004
    assert year("olympic-games", "Athens", date(2003, 1, 1)) == 1896
    assert year("olympic-games", "Athens", date(2004, 8, 20)) == 2004
    assert year("world-championships", "Budapest") == 2023
    assert year("world-championships", "Hungary") == 2023
    assert year("world-championships", "Oregon") == 2022
    assert year("world-championships", "Hayward Field") == 2022
    assert year("world-championships", "Athens, Georgia") is None
    assert year("world-championships", "Nowhere") is None


@pytest.mark.parametrize(
    ("series", "day", "year"),
    [
        ("olympic-games", date(2023, 8, 23), 2020),
        ("olympic-games", date(2021, 8, 8), 2016),  # not over yet: the champions of 2016 still reign
        ("olympic-games", date(2021, 8, 9), 2020),
        ("olympic-games", date(1890, 1, 1), None),
        ("world-championships", date(2023, 8, 23), 2022),
        ("london-marathon", date(2005, 4, 10), 2004),
        ("london-marathon", date(2005, 5, 10), 2005),
        ("no-such-series", date(2005, 5, 10), None),
    ],
)
def test_vocabulary_latest_edition(series: str, day: date, year: int | None) -> None:
    found = v.latest_edition(series, day)
    assert (found.year if found else None) == year


@given(st.sampled_from(v.series()), st.dates(date(1890, 1, 1), date(2030, 12, 31)))
def test_vocabulary_latest_edition_never_lies_ahead(series: v.Series, day: date) -> None:
    found = v.latest_edition(series.slug, day)
    if found is not None:
        assert (found.end or date(found.held, 1, 1)) < day
        later = [edition for edition in series.editions if edition.year > found.year]
        assert all(not edition.end or edition.end >= day for edition in later)


@given(st.text(max_size=30))
def test_vocabulary_look_ups_take_any_text(text: str) -> None:
    for look_up in (v.country, v.home_nation, v.place, v.discipline, v.series_named):
        look_up(text)


def test_vocabulary_does_without_rdflib() -> None:
    code = "import sys, ontology.vocabulary as v; v.series(); v.countries(); sys.exit('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
