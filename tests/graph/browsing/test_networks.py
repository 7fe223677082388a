"""Who is central in a selection, and which communities there are."""

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.browsing import network
from graph.browsing.networks import Selection
from graph.store.embedded import Store
from ontology.iris import DEFAULT_BASE as BASE
from ontology.iris import NS

_TWO_CLUBS = """
import sys
from test_networks import told, two_clubs
print(told(two_clubs()))
"""


def two_clubs() -> Store:
    """Two clubs of four whose members race each other in pairs; one race joins a Heron with an Otter."""
    found = []

    def add(subject: str, predicate: str, value: str) -> None:
        term = ox.Literal(int(value)) if value.isdigit() else ox.NamedNode(BASE + value)
        found.append(
            ox.Quad(
                ox.NamedNode(BASE + subject), ox.NamedNode(NS + predicate), term, ox.NamedNode(BASE + "graph/facts")
            )
        )

    def race(name: str, year: int, *runners: str) -> None:
        add(f"race/{name}", "year", str(year))
        add(f"race/{name}", "discipline", "discipline/800m")
        for runner in runners:
            add(f"result/{name}_{runner}", "athlete", f"person/{runner}")
            add(f"result/{name}_{runner}", "race", f"race/{name}")

    for club in ("herons", "otters"):
        for number in range(4):
            member = f"{club}-{number}"
            add(f"membership/{member}", "athlete", f"person/{member}")
            add(f"membership/{member}", "club", f"club/{club}")
            race(f"{member}-race", 2030, member, f"{club}-{(number + 1) % 4}")
    race("meeting", 2031, "herons-0", "otters-0")
    kind, race_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), ox.NamedNode(NS + "Race")
    races = {quad.subject for quad in found if "/race/" in str(quad.subject)}
    store = Store.memory()
    store.write([*found, *(ox.Quad(each, kind, race_type, ox.NamedNode(BASE + "graph/facts")) for each in races)])
    return store


def told(store: Store) -> str:
    with store:
        return repr(network(store, Selection(discipline=f"{BASE}discipline/800m")))


@pytest.fixture(scope="module")
def clubs():
    with two_clubs() as store:
        yield store


def test_networks_find_who_joins_groups_and_the_groups(clubs):
    net = network(clubs, Selection(discipline=f"{BASE}discipline/800m"))
    assert (net.people, net.found, net.alone) == (8, 8, 0)
    assert {item.entity.iri.rpartition("/")[2] for item in net.central[:2]} == {"herons-0", "otters-0"}
    assert net.central[0].races == 3
    assert [group.size for group in net.communities] == [4, 4]
    assert {group.common[0][0].iri for group in net.communities} == {f"{BASE}club/herons", f"{BASE}club/otters"}
    assert all(group.common[0][1] == 4 for group in net.communities)


def test_networks_keep_to_the_selection(clubs):
    assert network(clubs, Selection(club=f"{BASE}club/otters")).found == 4
    year = network(clubs, Selection(year=2031))
    assert (year.found, year.ties) == (2, 1)
    both = network(clubs, Selection(club=f"{BASE}club/otters", year=2031))
    assert (both.found, both.ties, both.alone, both.central) == (1, 0, 1, ())
    assert network(clubs, Selection(country=f"{BASE}country/SWE")).found == 0


def test_networks_are_the_same_in_every_process():
    """Python orders sets of strings anew in each process."""
    here = Path(__file__).parent
    again = subprocess.run([sys.executable, "-c", _TWO_CLUBS], cwd=here, capture_output=True, text=True, check=True)
    assert again.stdout.strip() == told(two_clubs())
