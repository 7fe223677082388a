"""How long it takes to find how two people are connected.

python benchmarks/paths.py [STORE ...] [--grown 50000] [--pairs 30] [-k 3]

STORE is one that `scale.py --keep` left. `--grown N` makes a graph as N articles would give, in memory and without
reading any article: as many athletes, races, coaches and clubs for each article, and as many ties and claims for each
of these, as the generated stores of 10,000 articles have; races and athletes belong to one of 80 events, and who is
famous runs in more of them.
"""

from __future__ import annotations

import argparse
import random
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from corpus import machine

from graph.browsing import connect
from graph.pipeline import open_store
from graph.store.embedded import Store
from ontology.iris import DEFAULT_BASE as BASE
from ontology.iris import NS, VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store.base import Source

_EVENTS = 80
_BATCH = 200_000  # lines of N-Quads written at a time
_PEOPLE = "SELECT DISTINCT ?who { { ?n a ath:Result ; ath:athlete ?who } UNION { ?n a ath:Coaching ; ath:coach ?who } }"
_OA, _RDF, _XSD = (VOCABULARIES[name] for name in ("oa", "rdf", "xsd"))


def grown(articles: int, seed: int) -> Iterator[bytes]:
    """N-Quads of a graph as so many articles would give."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, no secret
    athletes = [(f"person/a{number}", number % _EVENTS) for number in range(articles // 5)]
    fame = {who: 1 / (1 + place // _EVENTS) ** 0.6 for place, (who, _) in enumerate(athletes)}
    by_event = [[who for who, event in athletes if event == wanted] for wanted in range(_EVENTS)]
    for number in range(articles * 23 // 100):
        race, event = f"race/r{number}", number % _EVENTS
        yield _line(race, NS + "year", f'"{2008 + number % 16}"^^<{_XSD}integer>')
        yield _line(race, f"{VOCABULARIES['rdfs']}label", f'"Race {number}"')
        field = chance.choices(by_event[event], [fame[who] for who in by_event[event]], k=chance.randint(2, 10))
        for who in sorted(set(field)):
            node = f"result/{number}_{who[7:]}"
            yield from _node(node, "Result", ("athlete", who), ("race", race))
            yield from _claims(chance, articles, node, "position", f'"{chance.randint(1, 9)}"^^<{_XSD}integer>')
    for number in range(articles * 145 // 1000):
        node, coach = f"coaching/c{number}", f"person/c{chance.randrange(articles * 45 // 1000)}"
        yield from _node(node, "Coaching", ("coach", coach), ("athlete", chance.choice(athletes)[0]))
        yield from _claims(chance, articles, node, "status", f"<{NS}Current>")
    for number in range(articles * 137 // 1000):
        node, club = f"membership/m{number}", f"club/b{int(chance.betavariate(1, 2) * articles * 14 // 1000)}"
        yield from _node(node, "Membership", ("athlete", chance.choice(athletes)[0]), ("club", club))
        yield from _claims(chance, articles, node, "status", f"<{NS}Current>")


def _node(node: str, kind: str, *ends: tuple[str, str]) -> Iterator[bytes]:
    yield _line(node, _RDF + "type", f"<{NS}{kind}>")
    for word, end in ends:
        yield _line(node, NS + word, f"<{BASE}{end}>")


def _claims(chance: random.Random, articles: int, node: str, word: str, value: str) -> Iterator[bytes]:
    yield _line(node, NS + word, value)
    for number in range(chance.choice((1, 2, 3, 5))):
        article, claim = f"article/{chance.randrange(articles)}", f"claim/{node.replace('/', '_')}_{number}"
        sentence = f"sentence/{claim[6:]}"
        yield _line(claim, _RDF + "type", f"<{NS}Claim>")
        yield _line(claim, _RDF + "subject", f"<{BASE}{node}>")
        yield _line(claim, _RDF + "predicate", f"<{NS}{word}>")
        yield _line(claim, _RDF + "object", value)
        yield _line(claim, NS + "inArticle", f"<{BASE}{article}>")
        yield _line(claim, NS + "confidence", f'"{chance.choice((0.7, 0.9, 0.95))}"^^<{_XSD}decimal>')
        yield _line(claim, NS + "evidence", f"<{BASE}{sentence}>")
        yield _line(sentence, _OA + "exact", f'"A sentence on {node} in {article}."')
        yield _line(sentence, _OA + "start", f'"{number * 90}"^^<{_XSD}integer>')
        yield _line(sentence, _OA + "end", f'"{number * 90 + 80}"^^<{_XSD}integer>')
        yield _line(sentence, NS + "inArticle", f"<{BASE}{article}>")


def _line(subject: str, predicate: str, value: str) -> bytes:
    return f"<{BASE}{subject}> <{predicate}> {value} <{BASE}graph/facts> .\n".encode()


@contextmanager
def grown_store(articles: int, seed: int) -> Iterator[Store]:
    """Such a graph in memory."""
    with Store.memory() as store:
        lines = grown(articles, seed)
        while batch := list(islice(lines, _BATCH)):
            store.write(graphs=batch)
        yield store


def measure(title: str, source: Source, pairs: int, k: int, seed: int) -> None:
    """Prints the times between random pairs of people, of one process."""
    people = sorted(str(row["who"]) for row in source.select(_PEOPLE))
    chance = random.Random(seed)  # noqa: S311 - reproducible, no secret
    connect(source, *chance.sample(people, 2), k)  # the words of edges are read once
    walls, cpus, reads, found = [], [], [], 0
    for _ in range(pairs):
        one, other = chance.sample(people, 2)
        wall, cpu = perf_counter(), process_time()
        ways = connect(source, one, other, k)
        walls.append(perf_counter() - wall)
        cpus.append(process_time() - cpu)
        reads.append(ways.read)
        found += bool(ways.paths)
    for name, took in (("elapsed", walls), ("processor", cpus)):
        ninth = quantiles(took, n=10)[8]
        print(f"  {title:<28}{name:<10} median {median(took) * 1000:6.0f} ms, nine in ten below {ninth * 1000:6.0f} ms")
    print(
        f"  {'':<28}{found} of {pairs} connected; nodes read: median {median(reads):.0f}, most {max(reads)}", flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stores", type=Path, nargs="*", metavar="STORE")
    parser.add_argument("--grown", type=int, nargs="*", default=[], metavar="N", help="graphs as of N articles")
    parser.add_argument("--pairs", type=int, default=30)
    parser.add_argument("-k", type=int, default=3, help="ways between two")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"paths: {options.pairs} pairs, {options.k} ways, {machine()}")
    for path in options.stores:
        with open_store(path) as store:
            measure(str(path), store, options.pairs, options.k, options.seed)
    for articles in options.grown:
        with grown_store(articles, options.seed) as store:
            measure(f"grown, {articles} articles", store, options.pairs, options.k, options.seed)


if __name__ == "__main__":
    main()
