"""What claims add up to, as a ledger works it out."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.facts import PartialRace, plain
from graph.identity.claims import Assertions
from graph.ledger import claiming
from graph.ledger.believing import Beliefs
from graph.ledger.database import connect, transaction
from graph.ledger.racing import Races
from graph.ledger.terms import Terms

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from graph.facts import Claim, Fact, RaceKey
    from graph.identity.fusion import Conflict


@dataclass(frozen=True)
class Fused:
    facts: frozenset[Fact]
    conflicts: tuple[Conflict, ...]
    races: dict[PartialRace, RaceKey]


def fuse(claims: Iterable[Claim], choices: Mapping[tuple[str, str], str] | None = None, batch: int = 100) -> Fused:
    """All articles in the order of their first claims, `batch` of them settled at once."""
    by_article: defaultdict[str, dict[Fact, Claim]] = defaultdict(dict)
    for claim in claims:
        by_article[claim.article].setdefault(claim.fact, claim)
    with closing(connect(":memory:")) as database:
        terms = Terms(database)
        articles = list(by_article)
        for start in range(0, len(articles), batch):
            with transaction(database):
                races = Races(database, terms)
                numbers = [
                    _put(database, terms, races, by_article[one].values()) for one in articles[start : start + batch]
                ]
                for n in {*numbers, *races.settle()}:
                    claiming.put_uses(database, terms, n)
        return _fused(database, terms, choices or {})


def _put(database: sqlite3.Connection, terms: Terms, races: Races, claims: Iterable[Claim]) -> int:
    claims = tuple(claims)
    n = _number(database, claims[0].article)
    if claims[0].copied:
        original = _number(database, claims[0].copied)
        database.execute("UPDATE articles SET original = ? WHERE n = ?", (original, n))
    claiming.put(database, terms, n, Assertions(claims[0].article, claims, (), (), ()))
    races.put(n)
    return n


def _number(database: sqlite3.Connection, article: str) -> int:
    database.execute("INSERT OR IGNORE INTO articles (id, record, ended) VALUES (?, '', '')", (article,))
    row: tuple[int] = database.execute("SELECT n FROM articles WHERE id = ?", (article,)).fetchone()
    return row[0]


def _fused(database: sqlite3.Connection, terms: Terms, choices: Mapping[tuple[str, str], str]) -> Fused:
    beliefs = Beliefs(database, terms)
    facts: set[Fact] = set()
    conflicts: list[Conflict] = []
    for (n,) in database.execute("SELECT n FROM articles").fetchall():
        for key in claiming.keys_of(database, n):
            subject = plain(terms.value(key))
            belief = beliefs.about(key, {p: value for (about, p), value in choices.items() if about == subject})
            facts |= {*belief.facts, *beliefs.links(key)}
            conflicts += [conflict for conflict in belief.conflicts if conflict not in conflicts]
    rows = database.execute("SELECT race, resolved FROM races WHERE resolved IS NOT NULL").fetchall()
    races = {terms.value(race): terms.value(full) for race, full in rows}
    conflicts.sort(key=lambda conflict: (plain(conflict.subject), conflict.predicate))
    return Fused(frozenset(facts), tuple(conflicts), races)  # type: ignore[arg-type]
