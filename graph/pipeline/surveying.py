"""A look at a whole store: what it covers, how well its facts are supported, and what is odd about them.

It takes a while (some seconds for every thousand articles), so a service has it done beside its work, by a process
apart (`graph.engine.surveyor`), and shows what was found last.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from graph import queries
from graph.browsing.describing import describe, local
from graph.extraction import VERSION
from graph.identity.fusion import THRESHOLD
from graph.pipeline.validating import Stored, shapes
from graph.rdf.terms import graph_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    import pyoxigraph as ox

    from graph.problems import Problem
    from graph.store.embedded import Store
    from graph.validation import Statement

_BELIEVED: Final = (
    "facts",
    "registry",
    "inferred",
)  # graphs; those of articles are held against the shapes as they come
_MANY: Final = 20_000  # triples held against the shapes at a time
_EXAMPLES: Final = 3
_MOST_ODD: Final = 5_000  # things that are named

_SUPPORT: Final = """
    SELECT min(witnesses, 3), count(*), sum(said) FROM (
        SELECT count(DISTINCT coalesce(a.original, a.n)) AS witnesses, count(*) AS said
        FROM claims AS c JOIN articles AS a ON a.n = c.n WHERE c.confidence >= ?
        GROUP BY c.about, c.predicate, c.value
    ) GROUP BY 1
"""
_SOURCES: Final = """
    SELECT coalesce(json_extract(record, '$.article.source'), ''), count(*), sum(original IS NOT NULL),
    min(published), max(published) FROM articles GROUP BY 1 ORDER BY 2 DESC, 1
"""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found in one `version` of a store, `at` (ISO, UTC), in so many `seconds`.

    `articles` counts them, `copies` those of them that repeat another; `months` (`2026-11`, or empty) and `sources`
    (names, or empty) have their numbers. `claims` are what articles say, `facts` what that adds up to, by the number of
    independent articles behind it: 1, 2, 3 or more. `kinds` counts things by class, `extractors` articles by who read
    them. `shapes` are what the SHACL shapes have to say, `odd` the things of which they warn, with what,
    but for what articles only disagree on.
    """

    version: str
    at: str
    seconds: float
    articles: int
    copies: int
    claims: int
    facts: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    sources: list[dict[str, Any]] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    extractors: dict[str, int] = field(default_factory=dict)
    extractor: str = VERSION
    shapes: list[dict[str, Any]] = field(default_factory=list)
    odd: dict[str, str] = field(default_factory=dict)


def survey(store: Store) -> Survey:
    """Looks at all of a store, which nobody may write meanwhile."""
    begun = datetime.now(UTC)
    ledger = store.ledger
    support = ledger.execute(_SUPPORT, (THRESHOLD,)).fetchall()
    problems = list(_problems(store))
    return Survey(
        version=store.version,
        at=begun.strftime("%Y-%m-%dT%H:%M:%SZ"),
        seconds=round((datetime.now(UTC) - begun).total_seconds(), 1),
        articles=_number(ledger, "SELECT count(*) FROM articles"),
        copies=_number(ledger, "SELECT count(*) FROM articles WHERE original IS NOT NULL"),
        claims=_number(ledger, "SELECT count(*) FROM claims"),
        facts={str(witnesses): count for witnesses, count, _ in support},
        months=dict(
            ledger.execute("SELECT coalesce(substr(published, 1, 7), ''), count(*) FROM articles GROUP BY 1").fetchall()
        ),
        sources=[
            dict(zip(("source", "articles", "copies", "first", "last"), row, strict=True))
            for row in ledger.execute(_SOURCES)
        ],
        kinds={local(str(row["type"])): int(str(row["n"])) for row in store.select(queries.load("counts"))},
        extractors=dict(
            ledger.execute("SELECT extractor, count(*) FROM readings GROUP BY 1 ORDER BY 2 DESC").fetchall()
        ),
        shapes=_summed(store, problems),
        odd=dict(sorted((one.about, one.message) for one in problems if "disputed" not in one.message)[:_MOST_ODD]),
    )


def _number(ledger: sqlite3.Connection, query: str) -> int:
    (number,) = ledger.execute(query).fetchone()
    return int(number)


def _summed(store: Store, problems: list[Problem]) -> list[dict[str, Any]]:
    """The problems by what they are, the most frequent first, with examples: IRI -> label."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for problem in problems:
        found[problem.severity, problem.message.partition(" (found ")[0]].append(problem.about)
    ordered = sorted(found.items(), key=lambda item: (item[0][0] != "violation", -len(item[1]), item[0]))
    shown = {key: sorted(set(about))[:_EXAMPLES] for key, about in ordered}
    described = describe(store, {one for some in shown.values() for one in some})
    return [
        {
            "severity": key[0],
            "message": key[1],
            "count": len(about),
            "examples": {one: described[one].label for one in shown[key]},
        }
        for key, about in ordered
    ]


def _problems(store: Store) -> Iterator[Problem]:
    """What the shapes find in all that is believed."""
    held: list[Statement] = []
    surroundings = Stored(store)
    for quads in _subjects(store):
        held += [(quad.subject, quad.predicate.value, quad.object) for quad in quads]
        if len(held) >= _MANY:
            yield from shapes(store.base).problems(held, None, surroundings)
            held = []
    yield from shapes(store.base).problems(held, None, surroundings)


def _subjects(store: Store) -> Iterator[list[ox.Quad]]:
    """All that is known of each thing of the graphs, thing by thing."""
    met: set[int] = set()
    for name in _BELIEVED:
        for quad in store.quads(graph=graph_name(name, store.base)):
            key = hash(quad.subject)
            if key not in met:
                met.add(key)
                yield list(store.quads(quad.subject))
