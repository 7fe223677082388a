import pytest

from graph.browsing import conflicts, find_conflict, numbered, property_named
from graph.browsing.values import plain
from graph.errors import LookupFailedError
from graph.store.embedded import Store

BASE = "https://w3id.org/podium/id/"
RANK = "https://w3id.org/podium/ns#rank"


def test_conflicts_show_both_sides_with_their_sentences(small: Store) -> None:
    found = conflicts(small)
    assert found.total == 1
    (item,) = found.shown
    assert (item.about.label, item.property) == ("Mara Lindqvist: all-time list, 800m", "rank")
    assert [(side.number, plain(side.value), side.articles, side.stands) for side in item.sides] == [
        (1, "5th", 1, True),  # of the newest article
        (2, "3rd", 1, True),
    ]
    assert plain(item.sides[0].text) == "Mara Lindqvist is 5th on the all-time list over 800m"
    assert [view.headline for side in item.sides for view in side.evidence] == [
        "Sisters on the track", "Lindqvist and her rivals",
    ]  # fmt: skip
    assert (item.decided, item.settlement) == ("Undecided", None)


@pytest.mark.parametrize(
    "slug", ["person/mara-lindqvist", "ranking/all-time_800m_mara-lindqvist", "article/one", "conflict/rank"]
)
def test_conflicts_are_found_from_what_they_concern(small: Store, slug: str) -> None:
    assert conflicts(small, BASE + slug).total == 1


@pytest.mark.parametrize("slug", ["person/elin-lindqvist", "race/harbour-mile_2021_800m_f_final", "country/SWE"])
def test_conflicts_are_not_found_elsewhere(small: Store, slug: str) -> None:
    assert conflicts(small, BASE + slug).shown == ()


def test_conflicts_come_in_pages(small: Store) -> None:
    assert conflicts(small, limit=1).shown
    assert conflicts(small, limit=1, offset=1).shown == ()
    assert conflicts(small, limit=1, offset=1).total == 1
    assert conflicts(small, BASE + "article/one", limit=1, offset=1).shown == ()


def test_conflicts_narrow_to_a_property(small: Store) -> None:
    assert property_named(small, "rank") == property_named(small, "ath:rank".removeprefix("ath:")) == RANK
    assert conflicts(small, prop=RANK).total == 1
    assert conflicts(small, prop=RANK + "ing").total == 0
    assert conflicts(small, BASE + "person/mara-lindqvist", RANK + "ing").total == 0
    with pytest.raises(LookupFailedError, match=r"they do on: rank \(1\)"):
        property_named(small, "mark")


def test_conflicts_have_numbers_that_stay(small: Store) -> None:
    (item,) = conflicts(small).shown
    assert numbered(small, item.number) == numbered(small, item.number[:5]) == item.iri
    assert find_conflict(small, item.number).iri == find_conflict(small, "Mara Lindqvist").iri == item.iri
    assert numbered(small, "00000000") is None
    assert numbered(small, "facade") is None


def test_conflicts_that_are_not_there_are_named(small: Store) -> None:
    with pytest.raises(LookupFailedError, match="do not disagree on 'Elin Lindqvist'"):
        find_conflict(small, "Elin Lindqvist")
    with pytest.raises(LookupFailedError, match="00000000"):
        find_conflict(small, "00000000")
