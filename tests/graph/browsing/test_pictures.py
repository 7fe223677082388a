"""Parts of the graph as pictures."""

import pytest

from graph.browsing import between, graph_picture
from graph.browsing.values import plain
from ontology.iris import DEFAULT_BASE as BASE

MARA, TOR, ANA, ELIN = (
    f"{BASE}person/{name}" for name in ("mara-lindqvist", "tor-akesson", "ana-ferreira-lopes", "elin-lindqvist")
)
NARROW = ("coaching", "club", "family", "training", "races")


def _names(picture):
    return [spot.entity.label for spot in picture.spots]


def _pairs(picture):
    return {(step.start.rpartition("/")[2], step.end.rpartition("/")[2]): step for step in picture.ties}


def test_pictures_show_neighbours_direct_ties_first_and_ties_among_them(small):
    picture = graph_picture(small, [TOR], NARROW)
    assert _names(picture)[0] == "Tor Åkesson"
    assert set(_names(picture)[1:]) == {"Mara Lindqvist", "Ana Ferreira-Lopes", "Siv Åkesson"}
    assert [spot.opened for spot in picture.spots] == [True, False, False, False]
    ties = _pairs(picture)
    assert ties["tor-akesson", "mara-lindqvist"].kind == "coaching"
    assert ties["tor-akesson", "ana-ferreira-lopes"].former
    assert plain(ties["tor-akesson", "mara-lindqvist"].text) == "Tor Åkesson coaches Mara Lindqvist"
    assert all(step.evidence == () for step in picture.ties)


def test_pictures_count_what_they_do_not_show(small):
    whole = graph_picture(small, [MARA], NARROW)
    assert whole.hidden == 0
    tight = graph_picture(small, [MARA], NARROW, room=3)
    assert len(tight.spots) == 3
    assert tight.hidden == len(whole.spots) - 3
    (tor,) = [spot for spot in graph_picture(small, [MARA], ["coaching"]).spots if not spot.opened]
    assert (tor.entity.label, tor.hidden) == ("Tor Åkesson", 1)


def test_pictures_grow_by_what_was_not_shown_yet(small):
    first = graph_picture(small, [MARA], ["coaching"])
    shown = [spot.entity.iri for spot in first.spots]
    more = graph_picture(small, [TOR], ["coaching"], shown=shown)
    assert [spot.entity.iri for spot in more.spots] == [TOR, ANA]
    assert set(_pairs(more)) == {("tor-akesson", "ana-ferreira-lopes"), ("tor-akesson", "mara-lindqvist")}
    both = graph_picture(small, [MARA, TOR], ["coaching"])
    assert {spot.entity.iri for spot in both.spots} == {MARA, TOR, ANA}
    assert both == graph_picture(small, [MARA, TOR], ["coaching"])


@pytest.mark.parametrize(("kinds", "other"), [(["country"], "Sweden"), (["club"], "Harbour Harriers")])
def test_pictures_keep_to_the_kinds_asked_for(small, kinds, other):
    assert _names(graph_picture(small, [MARA], kinds)) == ["Mara Lindqvist", other]


def test_pictures_of_a_country_show_who_belongs_to_it(small):
    assert _names(graph_picture(small, [f"{BASE}country/SWE"], ["country"])) == ["Sweden", "Mara Lindqvist"]


def test_pictures_name_plain_values(small):
    race = graph_picture(small, [f"{BASE}race/world-championships_2019_800m_f_final"], ["races"]).spots[0]
    assert race.plain == (("date", "2019-09-30"),)  # the year is in its description


def test_pictures_open_a_tie_to_its_sentences_from_either_end(small):
    (there,) = between(small, TOR, MARA)
    (back,) = between(small, MARA, TOR)
    assert there.evidence == back.evidence
    assert len(there.evidence) == 2
    (sibling,) = between(small, ELIN, MARA)
    assert sibling.kind == "family"
    assert between(small, ELIN, TOR) == ()
