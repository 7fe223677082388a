"""What the claims in the ledger add up to, subject by subject."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from graph.facts import Claim, Fact, Key, PartialRace, RaceKey, ResultKey
from graph.identity.fusion import THRESHOLD, Belief, believe
from graph.identity.resolution import Resolution
from graph.ledger.claiming import LINK, roles
from ontology.namespaces import ATH

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from graph.facts import Value
    from graph.ledger.terms import Terms


class Beliefs:
    """What a ledger holds to be true."""

    def __init__(self, database: sqlite3.Connection, terms: Terms) -> None:
        self._database = database
        self._terms = terms

    def about(self, number: int, choices: Mapping[str, str] | None = None) -> Belief:
        """Facts and conflicts of one subject, given by its number; `choices` as for `believe`."""
        subject = self._terms.value(number)
        if not isinstance(subject, Key):
            raise TypeError(f"{subject} is no subject of facts")
        said: dict[str, list[Value]] = {}
        rows = self._database.execute(
            "SELECT DISTINCT predicate, value FROM claims WHERE about = ? AND confidence >= ?", (number, THRESHOLD)
        )
        for predicate, value in rows.fetchall():
            said.setdefault(self._terms.text(predicate), []).append(self._terms.value(value))
        return believe(subject, said, lambda predicate: self._claims(number, predicate), choices)

    def links(self, number: int) -> Iterator[Fact]:
        """From a partly known race, or a result in one, to the full one, or to the candidates."""
        key = self._terms.value(number)
        race = key.race if isinstance(key, ResultKey) else key
        if not isinstance(key, Key) or not isinstance(race, PartialRace):
            return
        row = self._database.execute(
            "SELECT resolved, candidates FROM races WHERE race = ?", (self._terms.number(race),)
        ).fetchone()
        if row is None:
            return
        if row[0] is not None and LINK in roles(self._database, number):
            full = self._terms.value(row[0])
            if isinstance(full, RaceKey):
                yield Fact(key, str(ATH.resolvedTo), Resolution({race: full}).key(key))
        if row[1] is not None and key == race:
            for candidate in json.loads(row[1]):
                yield Fact(key, str(ATH.candidate), self._terms.value(candidate))

    def _claims(self, about: int, predicate: str) -> Iterator[tuple[Value, Claim]]:
        """The live claims of one property, with their values; only what decides between them is filled in."""
        rows = self._database.execute(
            "SELECT c.value, c.subject, c.object, c.confidence, c.day, a.id, o.id FROM claims AS c"
            " JOIN articles AS a ON a.n = c.n LEFT JOIN articles AS o ON o.n = a.original"
            " WHERE c.about = ? AND c.predicate = ? AND c.confidence >= ?",
            (about, self._terms.number_of_text(predicate), THRESHOLD),
        )
        for value, subject, object_, confidence, day, article, original in rows.fetchall():
            key = self._terms.value(subject)
            if isinstance(key, Key):
                fact = Fact(key, predicate, self._terms.value(object_))
                as_of = date.fromordinal(day) if day else None
                yield (
                    self._terms.value(value),
                    Claim(article, fact, (), (), confidence, "Explicit", as_of, copied=original),
                )
