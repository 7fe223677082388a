"""How an entity is related to others, in words and with evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import evidence, results, ties, wording
from graph.browsing.contests import Meeting, meetings
from graph.browsing.describing import Described, describe, kind_of, local, object_words
from graph.browsing.evidence import Support, Triple
from graph.browsing.values import Piece, Relation, Words
from graph.errors import LookupFailedError
from ontology.iris import NS
from ontology.names import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.browsing.ties import Tie
    from graph.browsing.wording import Word
    from graph.store.base import Source

_RACES_NAMED = 5  # races that a sentence lists; the count says how many there are


@dataclass(frozen=True, slots=True)
class _Found:
    """A relation before it is put in words; `subjects` are the nodes whose claims are its evidence."""

    word: Word
    other: str
    claimed: tuple[Triple, ...] = ()
    subjects: frozenset[str] = frozenset()
    tie: Tie | None = None
    predicate: str = ""
    met: tuple[Meeting, ...] = ()


def related(source: Source, iri: str, relation: str | None = None, limit: int = 100) -> tuple[Relation, ...]:
    """What an entity is related to by the word `relation` ("coached by", "beat", "club" ...), or in any way.

    At most `limit` for each word, those that hold most often first. Raises LookupFailedError for a word that names no
    relation.
    """
    words = wording.relation_words() if relation is None else asked(relation)
    found = [*_tied(source, iri, words), *_stated(source, iri, words), *_contested(source, iri, words)]
    found.sort(key=lambda item: (-len(item.met), item.other))
    shown = [item for word in words for item in [item for item in found if item.word is word][:limit]]
    wanted = {iri, *(item.other for item in shown), *(meeting.race for item in shown for meeting in item.met)}
    described = describe(source, wanted)
    support = evidence.load(source, {subject for item in shown for subject in item.subjects})
    return tuple(_relation(iri, item, described, support) for item in shown)


def asked(relation: str) -> tuple[Word, ...]:
    """The relations that a word asks for."""
    key = name_key(relation.removeprefix("ath:").removeprefix(NS))
    words = tuple(
        word
        for word in wording.relation_words()
        if key in (word.word, *word.also, *(name_key(name) for name in (*word.properties, *word.statements)))
    )
    if not words:
        known = ", ".join(word.word for word in wording.relation_words())
        raise LookupFailedError(relation, f"'{relation}' names no relation; say one of: {known}.")
    return words


def _tied(source: Source, iri: str, words: Sequence[Word]) -> list[_Found]:
    if kind_of(source, iri) not in {"person", "club"} or not any(word.properties for word in words):
        return []
    return [
        _Found(word, tie.object, (tie.claimed,), frozenset(tie.subjects), tie)
        for tie in ties.load(source, [iri])
        for word in words
        if local(tie.predicate) in word.properties
    ]


def _stated(source: Source, iri: str, words: Sequence[Word]) -> list[_Found]:
    if not any(word.statements for word in words):
        return []
    rows = source.select(queries.load("statements"), {"x": URIRef(iri)})
    results_of = _results_of_medals(source, iri) if any("wonMedal" in word.statements for word in words) else {}
    found = []
    for row in rows:
        predicate, value = str(row["p"]), str(row["o"])
        for word in words:
            if local(predicate) in word.statements:
                claimed = results_of.get(value, (Triple(iri, predicate, value),))
                subjects = frozenset(triple.subject for triple in claimed)
                found.append(_Found(word, value, claimed, subjects, predicate=predicate))
    return found


def _results_of_medals(source: Source, iri: str) -> dict[str, tuple[Triple, ...]]:
    """Medal -> the triples that say its colour."""
    return {
        medal: tuple(Triple(node.iri, f"{NS}medalColour", colour) for colour in node.values.get("medalColour", ()))
        for node in results.nodes(source, [iri])
        for medal in node.values.get("medal", ())
    }


def _contested(source: Source, iri: str, words: Sequence[Word]) -> list[_Found]:
    if kind_of(source, iri) != "person" or not any(word.contest for word in words):
        return []
    found = []
    for other, shared in meetings(source, iri).items():
        for word in words:
            met = tuple(meeting for meeting in shared if word.contest in {"met", meeting.order})
            if met and word.contest:
                subjects = frozenset(result for meeting in met for result in (meeting.mine, meeting.theirs))
                found.append(_Found(word, other, subjects=subjects, met=met))
    return found


def _relation(iri: str, item: _Found, described: dict[str, Described], support: Support) -> Relation:
    views = [view for triple in item.claimed for view in support.of(triple)]
    if item.met:
        views = [view for subject in sorted(item.subjects) for view in support.about(subject)]
    return Relation(
        item.word.word,
        described[item.other].entity,
        _words(iri, item, described),
        max(1, len(item.met)),
        evidence.in_order(views),
    )


def _words(iri: str, item: _Found, described: dict[str, Described]) -> Words:
    if item.tie:
        return item.tie.words(described)
    slots = {"subject": described[iri].name, "object": object_words(item.predicate, item.other, described)}
    if not item.met:
        return wording.sentence(described[iri].kind, local(item.predicate), slots)
    races: list[Piece] = []
    for meeting in item.met[:_RACES_NAMED]:
        races += [Piece("; " if races else " in "), *described[meeting.race].name]
    if len(item.met) > _RACES_NAMED:
        races.append(Piece(f"; and {len(item.met) - _RACES_NAMED} more"))
    return (*wording.contest(item.word.contest or "met", slots), *races)
