"""Podium's SPARQL service beside the native Oxigraph server of PyPI, over the same triples, in one run.

python benchmarks/service.py STORE [--seconds 5] [--rounds 5] [--deadline 5] [--clients 4]

STORE is one that `scale.py --keep` left; its graphs are merged into one file of triples, which both services take by
PUT into their default graph. `pip install oxigraph` beforehand. All is asked over HTTP by processes of their own.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

import pyoxigraph as ox
from corpus import machine
from serving.clients import ask, leave, side_by_side, throughput
from serving.servers import Server, native, native_load, podium

_SEED = 1
_MANY = 2000  # point lookups that differ
_TURTLE = "text/turtle"
_JSON = "application/sparql-results+json"
_PREFIXES = """PREFIX ath: <https://w3id.org/podium/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
_ENGINE_BOUND = {
    "medal table": """SELECT ?c ?colour (COUNT(*) AS ?n) {
        ?m ath:medalColour ?colour ; ath:wonBy ?w . ?w ath:country ?c }
        GROUP BY ?c ?colour ORDER BY DESC(?n) ?c""",
    "join of two steps": """SELECT ?a ?b { ?r ath:athlete ?a ; ath:race ?race . ?s ath:race ?race ; ath:athlete ?b
        FILTER(?a != ?b) } LIMIT 1000""",
    "count by predicate": "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n)",
    "top 20 of a sort": "SELECT ?s ?label { ?s rdfs:label ?label } ORDER BY DESC(STR(?label)) ?s LIMIT 20",
    "100,000 rows": "SELECT * { ?s ?p ?o } LIMIT 100000",
    "20,000 triples": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 20000",
}
_HEAVY = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?p ?x . ?b ?q ?y . FILTER(STR(?x) < STR(?y)) } ORDER BY ?x ?y LIMIT 10",
    "SELECT DISTINCT ?a ?b { ?a (<urn:none>|!<urn:none>)+ ?b }",
    "SELECT ?p (COUNT(DISTINCT ?y) AS ?n) { ?a ?p ?x . ?b ?p ?y } GROUP BY ?p",
)


def main() -> None:
    asked = _arguments()
    with TemporaryDirectory(dir=asked.store) as folder:
        triples = Path(folder) / "all.nt"
        subjects = _write_triples(asked.store, triples)
        print(f"service: {machine()}; {triples.stat().st_size / 1e6:.0f} MB of triples, {asked.clients} clients")
        loader = native_load(triples, Path(folder) / "loaded")
        print(f"Oxigraph's bulk loader: {loader:.1f} s")
        with (
            native(triples, Path(folder) / "native") as one,
            podium(
                triples, Path(folder) / "own", ["--timeout", str(asked.deadline), "--default-graph", "own"]
            ) as other,
        ):
            told = f"oxigraph {one.loaded:.1f} s, podium {other.loaded:.1f} s"
            print(f"PUT: {told} ({other.loaded / loader:.2f} of the bulk loader)")
            sleep(asked.settle)
            _points(one, other, subjects, asked)
            _engine(one, other, asked.rounds)
            _under_load(other, subjects, asked)
            print(f"memory (PSS): oxigraph {one.memory() / 1e6:.0f} MB, podium {other.memory() / 1e6:.0f} MB")


def _points(one: Server, other: Server, subjects: list[str], asked: argparse.Namespace) -> None:
    different = [f"SELECT ?p ?o {{ {subject} ?p ?o }}" for subject in subjects]
    print(f"\n{'':24} {'oxigraph/s':>11} {'ms':>7} {'p99':>7} {'podium/s':>10} {'ms':>7} {'p99':>7} {'ratio':>6}")
    for name, queries in (("point lookups", different), ("one repeated", different[:1])):
        found = []
        for server in (one, other):
            asking = queries
            if name == "point lookups":  # each time others, so that no cache knows them
                asking = [f"{query} # {number}" for number, query in enumerate(queries * 20)]
            found.append(throughput(server, asking, asked.seconds, asked.clients))
        (a, b, c), (d, e, f) = found
        print(
            f"{name:24} {a:11,.0f} {b * 1e3:7.2f} {c * 1e3:7.2f} {d:10,.0f} {e * 1e3:7.2f} {f * 1e3:7.2f} {d / a:6.2f}"
        )


def _engine(one: Server, other: Server, rounds: int) -> None:
    print(f"\n{'median, ms':24} {'oxigraph':>10} {'first':>8} {'podium':>10} {'first':>8} {'ratio':>6}")
    for name, query in _ENGINE_BOUND.items():
        accept = _TURTLE if query.startswith("CONSTRUCT") else _JSON
        took: dict[str, tuple[float, float]] = {}
        for server in (one, other):
            # A comment makes each text another, so that no answer comes out of a cache.
            found = [ask(server, f"{_PREFIXES}{query} # {number}", accept) for number in range(rounds)]
            if any(answered.status != 200 for answered in found):
                raise SystemExit(f"{server.name}: {name}: {found}")
            took[server.name] = (
                median(answered.seconds for answered in found),
                median(answered.first for answered in found),
            )
        (a, b), (c, d) = took[one.name], took[other.name]
        print(f"{name:24} {a * 1e3:10.1f} {b * 1e3:8.1f} {c * 1e3:10.1f} {d * 1e3:8.1f} {c / a:6.2f}")


def _under_load(server: Server, subjects: list[str], asked: argparse.Namespace) -> None:
    light = [f"SELECT ?p ?o {{ {subject} ?p ?o }}" for subject in subjects]
    heavy = [f"{query} # {number}" for number, query in enumerate(_HEAVY * 4)]
    heavies, times, failed = side_by_side(server, heavy, light, asked.deadline - 1)
    times.sort()
    longest = max(answered.seconds for answered in heavies)
    ends = sorted({f"{answered.status} {answered.media_type}" for answered in heavies})
    print(
        f"\nbeside 16 heavy queries: {len(times)} light ones, {failed} failed, median {median(times) * 1e3:.1f} ms,",
        end=" ",
    )
    print(f"p99 {times[int(len(times) * 0.99)] * 1e3:.1f} ms")
    print(f"the heavy ones end after {longest:.1f} s at most, with {', '.join(ends)}")
    leave(server, heavy, 1.0)
    sleep(2)
    before, start = server.cpu(), perf_counter()
    sleep(2)
    print(f"2 s after 16 clients left: {(server.cpu() - before) / (perf_counter() - start):.2f} cores busy")


def _write_triples(store: Path, target: Path) -> list[str]:
    """All quads of a store as triples, each once; gives subjects to ask about."""
    quads = ox.Store.read_only(str(store / "oxigraph"))
    chooser = random.Random(_SEED)  # noqa: S311 - no secret
    with target.open("wb") as file:
        ox.serialize((quad.triple for quad in quads), file, ox.RdfFormat.N_TRIPLES)
    people = quads.query('SELECT DISTINCT ?s { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?s), "/id/person/")) }')
    found = sorted(str(row["s"]) for row in people)  # type: ignore[union-attr]
    chooser.shuffle(found)
    return found[:_MANY]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--seconds", type=float, default=5, help="of each throughput")
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--deadline", type=int, default=5, help="of Podium's queries, in seconds")
    parser.add_argument("--settle", type=float, default=15, help="seconds between loading and asking")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
