"""Who is near by chosen ties, and who coaches whom."""

import pyoxigraph as ox
import pytest

from graph.browsing import around, coach_tree, coaches, squads
from graph.browsing.values import plain
from graph.store.embedded import Store
from ontology.iris import DEFAULT_BASE as BASE
from ontology.iris import NS

PERSON = f"{BASE}person/"


@pytest.mark.parametrize(
    ("who", "kinds", "steps", "expected"),
    [
        ("person/mara-lindqvist", ["club"], 1, ["Harbour Harriers"]),
        ("person/mara-lindqvist", ["club"], 2, ["J. J. O'Neill"]),
        ("person/mara-lindqvist", ["coaching"], 2, ["Ana Ferreira-Lopes"]),
        ("person/mara-lindqvist", ["coaching", "family"], 1, ["Elin Lindqvist", "Tor Åkesson"]),
        ("person/mara-lindqvist", ["coaching", "family"], 2, ["Ana Ferreira-Lopes", "Siv Åkesson"]),
        ("club/harbour-harriers", ["club"], 1, ["J. J. O'Neill", "Mara Lindqvist"]),
        ("person/mara-lindqvist", ["country"], 1, ["Sweden"]),
        ("country/SWE", ["country"], 1, ["Mara Lindqvist"]),
        ("person/otto-grau", ["club"], 2, []),
    ],
)
def test_circles_lead_to_what_is_near(small, who, kinds, steps, expected):
    found = around(small, BASE + who, kinds, steps)
    assert [near.entity.label for near in found.near] == expected
    assert found.total == len(expected)
    assert all(len(near.steps) == steps for near in found.near)


def test_circles_tell_over_whom_and_give_sentences(small):
    (mate,) = around(small, PERSON + "mara-lindqvist", ["club"], 2).near
    assert mate.via is not None
    assert mate.via.label == "Harbour Harriers"
    assert plain(mate.steps[0].text) == "Mara Lindqvist belongs to Harbour Harriers"
    assert mate.steps[0].evidence


def test_circles_come_in_pages_those_with_most_ways_first(small):
    first = around(small, PERSON + "mara-lindqvist", ["races", "coaching", "family"], 2, page=1, size=1)
    second = around(small, PERSON + "mara-lindqvist", ["races", "coaching", "family"], 2, page=2, size=1)
    assert first.total == second.total == 2
    assert first.near[0].entity.label == "Ana Ferreira-Lopes"
    assert first.near[0].ways > second.near[0].ways
    assert around(small, PERSON + "mara-lindqvist", ["races", "coaching", "family"], 2, page=3, size=1).near == ()


def test_circles_show_athletes_of_a_coach_with_sentences_former_ones_last(small):
    tree = coach_tree(small, PERSON + "tor-akesson")
    assert [(branch.entity.label, branch.step.former) for branch in tree.down] == [
        ("Mara Lindqvist", False),
        ("Ana Ferreira-Lopes", True),
    ]
    assert tree.down[0].step.evidence
    assert tree.up == ()
    (coach,) = coach_tree(small, PERSON + "mara-lindqvist").up
    assert coach.entity.label == "Tor Åkesson"
    nobody = coach_tree(small, PERSON + "otto-grau")
    assert (nobody.entity.label, nobody.down, nobody.up) == ("Otto Grau", (), ())


def _coachings(*pairs: str) -> list[ox.Quad]:
    graph, found = ox.NamedNode(f"{BASE}graph/facts"), []
    for pair in pairs:
        node = ox.NamedNode(f"{BASE}coaching/{pair}")
        for word, name in zip(("coach", "athlete"), pair, strict=True):
            found.append(ox.Quad(node, ox.NamedNode(NS + word), ox.NamedNode(PERSON + name), graph))
    return found


def _shape(branches):
    return [
        (branch.entity.iri.removeprefix(PERSON) + ("*" if branch.again else ""), *_shape(branch.branches))
        for branch in branches
    ]


def test_circles_of_coaching_end():
    with Store.memory() as store:
        store.write(_coachings("ab", "bc", "ca", "bd", "xd", "dx"))
        tree = coach_tree(store, PERSON + "a")
        assert _shape(tree.down) == [("b", ("c", ("a*",)), ("d", ("x", ("d*",))))]
        assert tree.left_out == 0
        assert coach_tree(store, PERSON + "a", most=2).left_out > 0


def test_circles_list_all_coaches_by_their_athletes(small):
    (coach,) = coaches(small)
    assert (coach.iri, coach.athletes, coach.former) == (PERSON + "tor-akesson", 2, 1)
    (squad,) = squads(small, [coach.iri])
    assert [branch.entity.label for branch in squad.down] == ["Mara Lindqvist", "Ana Ferreira-Lopes"]
    assert all(branch.step.evidence == () and branch.step.node for branch in squad.down)
