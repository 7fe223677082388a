"""What articles disagree on: each side with its sentences, which of them stands, and why."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from graph import queries
from graph.browsing import evidence, wording
from graph.browsing.describing import describe, kind_of, local, object_words
from graph.browsing.evidence import Triple
from graph.browsing.names import find
from graph.browsing.values import Disagreement, Settlement, Side, plain
from graph.errors import LookupFailedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.browsing.describing import Described
    from graph.browsing.values import EvidenceView, Words
    from graph.store.base import Row, Source

_DIGITS = 8  # of a conflict's number: two of 10,000 conflicts share theirs once in a hundred stores
_NUMBER = re.compile(rf"(?=.*[0-9])[0-9a-f]{{4,{_DIGITS}}}")
_UNDECIDED = "Undecided"


@dataclass(frozen=True, slots=True)
class Disagreements:
    """Some of the conflicts, and how many there are in all."""

    shown: tuple[Disagreement, ...]
    total: int


def conflicts(
    source: Source, about: str | None = None, prop: str | None = None, *, limit: int | None = None, offset: int = 0
) -> Disagreements:
    """What articles disagree on, those that no curator settled first, and of them the undecided.

    `about` is the IRI of a conflict, or of a person, race, club or article that conflicts concern; `prop` the IRI of a
    property. All of them without `limit`.
    """
    if about is None:
        shown = _listed(source, prop, limit, offset)
        counts = source.select(queries.load("conflict-properties"))
        total = sum(int(str(row["n"])) for row in counts if prop in (None, str(row["p"])))
        return Disagreements(_detailed(source, shown), total)
    if kind_of(source, about) == "conflict":
        iris = [about]
    else:
        query = queries.with_values(queries.load("conflicts-about"), "x", [URIRef(about)])
        iris = [str(row["conflict"]) for row in source.select(query)]
    found = _detailed(source, iris, prop)
    end = None if limit is None else offset + limit
    return Disagreements(found[offset:end], len(found))


def find_conflict(source: Source, given: str, prop: str | None = None) -> Disagreement:
    """The one conflict that is meant: by its number or IRI, or by the name of what only one concerns.

    Raises LookupFailedError where none or several fit.
    """
    about = numbered(source, given) or find(source, given).iri
    found = conflicts(source, about, prop).shown
    if len(found) == 1:
        return found[0]
    if not found:
        raise LookupFailedError(given, f"articles do not disagree on '{given}'; `podium conflicts` lists where they do")
    listed = "; ".join(f"{item.number} ({item.about.label}: {item.property})" for item in found[:10])
    raise LookupFailedError(given, f"articles disagree on several things of '{given}': {listed}. Give one's number.")


def side_of(item: Disagreement, given: str) -> Side:
    """The side that is meant by its number or its value. Raises LookupFailedError."""
    wanted = given.strip().casefold()
    # Its number goes first: of two positions, 2 is the second side and 2nd a value.
    found = [side for side in item.sides if wanted == str(side.number)] or [
        side for side in item.sides if wanted == plain(side.value).casefold()
    ]
    if len(found) != 1:
        sides = ", ".join(f"{side.number} ({plain(side.value)})" for side in item.sides)
        raise LookupFailedError(given, f"{item.number} has no side '{given}'; its sides are {sides}")
    return found[0]


def numbered(source: Source, given: str) -> str | None:
    """The IRI of the conflict with that number, or with the only one that begins so."""
    bare = given.strip()
    if not _NUMBER.fullmatch(bare):
        return None
    rows = source.select(queries.load("conflicts-by-number"), {"number": Literal(bare)}).rows
    return str(rows[0]["conflict"]) if len(rows) == 1 else None


def property_named(source: Source, name: str) -> str:
    """The IRI of the property that articles disagree on, by its name in words or in the ontology.

    Raises LookupFailedError with those that there are.
    """
    known = {str(row["p"]): int(str(row["n"])) for row in source.select(queries.load("conflict-properties"))}
    wanted = local(name).casefold()
    for iri in known:
        if wanted in (local(iri).casefold(), wording.property_name(local(iri))):
            return iri
    names = ", ".join(f"{wording.property_name(local(iri))} ({count})" for iri, count in known.items())
    raise LookupFailedError(name, f"articles do not disagree on any '{name}'; they do on: {names or 'nothing'}.")


def _listed(source: Source, prop: str | None, limit: int | None, offset: int) -> list[str]:
    part = f" LIMIT {limit} OFFSET {offset}" if limit is not None else f" OFFSET {offset}"
    rows = source.select(queries.load("conflict-list") + part, {"p": URIRef(prop)} if prop else None)
    return [str(row["conflict"]) for row in rows]


def _detailed(source: Source, iris: list[str], prop: str | None = None) -> tuple[Disagreement, ...]:
    """The conflicts with all that is known of them, in the order of `conflict-list.rq`."""
    if not iris:
        return ()

    def ask(name: str, variable: str, among: Iterable[str]) -> tuple[Row, ...]:
        return source.select(queries.with_values(queries.load(name), variable, map(URIRef, among))).rows

    rows = [row for row in ask("conflict-details", "conflict", iris) if prop in (None, str(row["p"]))]
    subjects = {str(row["s"]) for row in rows}
    reader = _Reader(
        ask("conflict-evidence", "conflict", (str(row["conflict"]) for row in rows)),
        {Triple(str(row["s"]), str(row["p"]), str(row["o"])) for row in ask("standing", "s", subjects)},
        ask("curator-choices", "conflict", (str(row["conflict"]) for row in rows)),
    )
    reader.described = describe(source, subjects | reader.values)
    return tuple(sorted(map(reader.disagreement, rows), key=_order))


def _order(item: Disagreement) -> tuple[bool, bool, str, str]:
    return item.decided == "ByChoice", item.decided != _UNDECIDED, item.about.iri, item.property


class _Reader:
    """Puts conflicts together from what the queries brought."""

    def __init__(self, claimed: Iterable[Row], standing: set[Triple], choices: Iterable[Row]) -> None:
        self.described: dict[str, Described] = {}
        self._standing = standing
        self._choices: defaultdict[str, list[Row]] = defaultdict(list)
        for row in choices:
            self._choices[str(row["conflict"])].append(row)
        self._said: defaultdict[str, defaultdict[Triple, list[EvidenceView]]] = defaultdict(lambda: defaultdict(list))
        self._opposed: set[Triple] = set()
        for row in claimed:
            triple = Triple(str(row["s"]), str(row["p"]), str(row["o"]))
            self._said[str(row["conflict"])][triple].append(evidence.view_of(row))
            if str(row["opposed"]) == "true":
                self._opposed.add(triple)

    @property
    def values(self) -> set[str]:
        """The IRIs among the values: what is to be described besides the subjects."""
        found = {triple.object for triples in self._said.values() for triple in triples}
        found |= {str(row["o"]) for rows in self._choices.values() for row in rows}
        return {value for value in found if "://" in value}

    def disagreement(self, row: Row) -> Disagreement:
        conflict, subject = str(row["conflict"]), str(row["s"])
        sides = self._sides(conflict)
        properties = sorted({side.predicate for side in sides} | {str(row["p"])})
        decided = local(str(row["decided"])) if "decided" in row else _UNDECIDED
        return Disagreement(
            conflict,
            hashlib.sha256(conflict.encode()).hexdigest()[:_DIGITS],
            self.described[subject].entity,
            " and ".join(wording.property_name(local(iri)) for iri in properties),
            decided,
            str(row.get("why", decided)),
            sides,
            self._settlement(row, properties),
        )

    def _sides(self, conflict: str) -> tuple[Side, ...]:
        def order(side: Side) -> tuple[bool, int, int, str, str]:
            newest = max((view.date.toordinal() for view in side.evidence if view.date), default=0)
            return not side.stands, -side.articles, -newest, side.predicate, side.object

        sides = [
            self._side(triple, evidence.in_order(views))
            for triple, views in self._said[conflict].items()
            if triple in self._opposed or triple in self._standing
        ]
        return tuple(replace(side, number=number) for number, side in enumerate(sorted(sides, key=order), 1))

    def _side(self, triple: Triple, views: tuple[EvidenceView, ...]) -> Side:
        about, name = self.described[triple.subject], local(triple.predicate)
        words = object_words(triple.predicate, triple.object, self.described)
        slots = about.placeholders() | {"subject": about.name, "object": words}
        return Side(
            0,
            triple.predicate,
            triple.object,
            self._value(triple.subject, triple.predicate, triple.object),
            wording.sentence(about.kind, name, slots),
            triple in self._standing,
            len({view.witness for view in views}),
            views,
        )

    def _value(self, subject: str, predicate: str, value: str) -> Words:
        words = object_words(predicate, value, self.described)
        return wording.value(self.described[subject].kind, local(predicate), words)

    def _settlement(self, row: Row, properties: list[str]) -> Settlement | None:
        settled_by = str(row.get("choice", ""))
        made = [one for one in self._choices[str(row["conflict"])] if str(one["p"]) in properties]
        one = min(made, key=lambda one: (str(one["choice"]) != settled_by, str(one["choice"])), default=None)
        if one is None:
            return None
        predicate = str(one["p"])
        return Settlement(
            predicate,
            self._value(str(row["s"]), predicate, str(one["o"])),
            str(one.get("reason", "")),
            str(one.get("when", "")),
            active=str(one["choice"]) == settled_by,
        )
