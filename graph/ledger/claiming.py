"""The claims of each article as rows, and what they need to be there.

A claim is about a subject; that of a partly known race counts for the full one once it is identified. `uses` says for
each key why it must be in the graph: a live claim is about it or leads to it, somebody is an athlete or coach by it, it
is a mark, or it is a partly known thing that leads to a full one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF

from graph.facts import (
    BestKey,
    CoachingKey,
    Entity,
    Fact,
    Key,
    Mark,
    MembershipKey,
    PartialRace,
    RaceKey,
    RankingKey,
    ResultKey,
    TallyKey,
)
from graph.identity.fusion import THRESHOLD
from graph.ledger import verdicts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from graph.facts import Value
    from graph.identity.claims import Assertions
    from graph.ledger.terms import Terms

LIVE: Final = 0  # it is there, with what its key says
ATHLETE: Final = 1
COACH: Final = 2
MARK: Final = 3
LINK: Final = 4  # partly known, and leads to what it was found to be

RDF_TYPE: Final = str(RDF.type)


def put(database: sqlite3.Connection, terms: Terms, n: int, said: Assertions | None) -> None:
    """Makes the rows of article `n` those of its assertions; None takes them away.

    Partly known races are their own until `graph.ledger.racing` has settled them. A claim that a curator rejected
    has no confidence, so that nothing is believed for its sake.
    """
    database.execute("DELETE FROM claims WHERE n = ?", (n,))
    database.execute("DELETE FROM namings WHERE n = ?", (n,))
    if said is None:
        database.execute("DELETE FROM uses WHERE n = ?", (n,))
        return
    rows = []
    judged = verdicts.of_article(database, n)
    for claim in said.claims:
        fact = claim.fact
        verdict = judged.on(fact) if judged else None
        confidence = 0.0 if verdict and verdict.verdict == "rejected" else claim.confidence
        subject, value = terms.number(fact.subject), terms.number(fact.object)
        partial = partial_race(fact)
        race = None if partial is None else terms.number(partial)
        day = claim.as_of.toordinal() if claim.as_of else None
        predicate = terms.number_of_text(fact.predicate)
        rows.append((n, subject, predicate, value, subject, value, race, confidence, day))
    database.executemany("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    database.executemany(
        "INSERT OR IGNORE INTO namings VALUES (?, ?, ?, ?)",
        [(terms.number(naming.entity), naming.name, naming.alias, n) for naming in said.namings],
    )


def partial_race(fact: Fact) -> PartialRace | None:
    """The partly known race that a fact speaks of; both its ends speak of the same."""
    for value in (fact.subject, fact.object):
        race = value.race if isinstance(value, ResultKey) else value
        if isinstance(race, PartialRace):
            return race
    return None


def put_uses(database: sqlite3.Connection, terms: Terms, n: int) -> None:
    """Works out anew what the claims of article `n` need, partly known races as they are settled."""
    found: set[tuple[int, int]] = set()
    rows = database.execute("SELECT subject, object, about, value, confidence FROM claims WHERE n = ?", (n,))
    for subject, object_, about, value, confidence in rows.fetchall():
        for said, settled in ((subject, about), (object_, value)):
            key = terms.value(settled)
            if isinstance(key, Mark):
                found.add((settled, MARK))
            elif isinstance(key, Key) and (confidence >= THRESHOLD or said != settled):
                found.update((terms.number(needed), role) for needed, role in _needed(key))
            if said != settled:
                found.update((terms.number(linked), LINK) for linked in _linked(terms.value(said)))
    database.execute("DELETE FROM uses WHERE n = ?", (n,))
    database.executemany("INSERT INTO uses VALUES (?, ?, ?)", [(*use, n) for use in found])


def facts_of(database: sqlite3.Connection, article: str) -> set[tuple[int, int, int]]:
    """What the article with that id claims, by numbers of `terms`; empty where there is none."""
    rows = database.execute(
        "SELECT subject, predicate, object FROM claims WHERE n = (SELECT n FROM articles WHERE id = ?)", (article,)
    )
    return set(rows.fetchall())


def keys_of(database: sqlite3.Connection, n: int) -> Iterator[int]:
    """The numbers of all keys that article `n` has a say in."""
    rows = database.execute(
        "SELECT key FROM uses WHERE n = ?1 UNION SELECT about FROM claims WHERE n = ?1"
        " UNION SELECT subject FROM claims WHERE n = ?1 AND race IS NOT NULL"
        " UNION SELECT race FROM claims WHERE n = ?1 AND race IS NOT NULL"
        " UNION SELECT entity FROM namings WHERE n = ?1",
        (n,),
    )
    return (row[0] for row in rows.fetchall())


def roles(database: sqlite3.Connection, key: int) -> set[int]:
    """The roles in which any article uses the key."""
    rows = database.execute(
        "SELECT column1 FROM (VALUES (0), (1), (2), (3), (4))"
        " WHERE EXISTS (SELECT 1 FROM uses WHERE key = ? AND role = column1)",
        (key,),
    )
    return {row[0] for row in rows}


def _needed(key: Key) -> Iterator[tuple[Key, int]]:
    match key:
        case ResultKey():
            yield key, LIVE
            yield key.race, LIVE
            if not key.team:
                yield Entity("person", key.who), ATHLETE
        case CoachingKey():
            yield key, LIVE
            yield Entity("person", key.coach), COACH
            yield Entity("person", key.athlete), ATHLETE
        case MembershipKey() | BestKey() | RankingKey() | TallyKey():
            yield key, LIVE
            yield Entity("person", key.athlete), ATHLETE
        case RaceKey() | PartialRace():
            yield key, LIVE
        case _:
            pass  # entities and marks are there by their names and values


def _linked(said: Value) -> Iterable[Key]:
    if isinstance(said, ResultKey):
        return said, said.race
    return (said,) if isinstance(said, PartialRace) else ()
