"""What a batch did, in words, for the store's history (`graph.ledger.history`).

It is worded when it happens, as what went has no name later. Of articles that came nothing need be kept but that they
did: what they say is in the store.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pyoxigraph as ox
from rdflib import DCTERMS, RDF, RDFS

from graph.browsing import in_words
from graph.browsing.describing import describe, local
from graph.browsing.values import Piece
from graph.browsing.wording import property_name
from graph.ledger import history
from graph.ledger.history import Event
from graph.pipeline.correcting import correction
from graph.rdf.comparing import Comparison
from ontology.iris import iri, kind_and_slug
from ontology.namespaces import ATH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graph.browsing.describing import Described
    from graph.browsing.values import Words
    from graph.ledger.history import Kind
    from graph.pipeline.settling import Change
    from graph.pipeline.tombstones import Tombstone
    from graph.store.embedded import Store

_Told: TypeAlias = "defaultdict[str, dict[str, str]]"

_SHOWN: Final = 50  # facts of each sort that an entry tells
_TYPE, _SUBJECT, _PROPERTY = (str(term) for term in (RDF.type, ATH.conflictSubject, ATH.conflictProperty))
_CONFLICT, _REPLACED = str(ATH.Conflict), str(DCTERMS.isReplacedBy)
_COMPARED: Final = frozenset({_SUBJECT, _PROPERTY, _REPLACED})
_OF_NAMES: Final = frozenset({"merged", "split", "separated", "undone"})  # deeds that tell who is one themselves


@dataclass(slots=True)
class Deed:
    """What somebody decided: `about` a kind and slug, told by `text`; `undo` is filled in when it is done."""

    kind: Kind
    about: str
    text: Words
    reason: str
    at: str
    by: str | None = None
    things: frozenset[str] = frozenset()
    undo: Mapping[str, Any] | None = None
    undoes: int | None = None  # the entry of the history that it takes back
    seq: int = 0  # its own, once it is kept
    facts: Mapping[str, Any] = field(default_factory=dict)


def is_compared(quad: ox.Quad) -> bool:
    """Whether a quad tells of a conflict or that a name leads elsewhere."""
    predicate = quad.predicate.value
    if predicate == _TYPE:
        return isinstance(quad.object, ox.NamedNode) and quad.object.value == _CONFLICT
    return predicate in _COMPARED


def record(
    store: Store,
    change: Change,
    put: Mapping[str, str],
    fresh: Collection[str],
    withdrawn: Mapping[str, Tombstone],
    deed: Deed | None,
) -> None:
    """Keeps what a batch did; `put` are its articles (id -> when they were read), `fresh` those that were new."""
    at = deed.at if deed else max((*put.values(), *(tomb.at for tomb in withdrawn.values())), default=_now())
    if fresh and deed is None:
        history.arrived(store.ledger, (article for article in put if article in fresh), at)
    teller = _Teller(store, at)
    replaced = [article for article in put if article not in fresh]
    facts = teller.facts(change, thorough=bool(replaced or deed))
    if deed is not None and deed.kind == "undone" and deed.undo is None and deed.undoes is None:
        return  # there was nothing to take back
    if deed is not None:
        deed.facts = facts
        deed.seq = history.add(store.ledger, teller.of_deed(deed))
        if deed.undoes is not None:
            history.mark_undone(store.ledger, deed.undoes, deed.seq)
    elif replaced:
        for article in replaced:
            history.add(store.ledger, teller.event("replaced", f"article/{article}", (), facts))
    elif facts:
        history.add(store.ledger, teller.event("revised", "", (), facts))
    for event in teller.compared(change, names=deed is None or deed.kind not in _OF_NAMES):
        history.add(store.ledger, event)
    history.prune(store.ledger, store.history)


def written(words: Iterable[Piece]) -> history.Words:
    """Words as they are kept."""
    return [[piece.text, piece.iri] for piece in words]


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class _Teller:
    def __init__(self, store: Store, at: str) -> None:
        self._store = store
        self._at = at

    def facts(self, change: Change, *, thorough: bool) -> dict[str, Any]:
        """What altered, went and came in what the graph believes; of what came only what took something's place,
        unless `thorough`."""
        if not thorough:
            if not change.lost:
                return {}
            places = {(quad.subject, quad.predicate) for quad in change.lost}
            came = frozenset(quad for quad in change.gained if (quad.subject, quad.predicate) in places)
            change = replace(change, gained=came)
        if not change.lost and not change.gained:
            return {}
        found = correction(self._store, change, (), ())
        sorts = ("altered", "lost", "gained")
        shown = Comparison(**{sort: getattr(found.facts, sort)[:_SHOWN] for sort in sorts})
        told = in_words(self._store, shown, found.known)
        more = sum(len(getattr(found.facts, sort)) - len(getattr(shown, sort)) for sort in sorts)
        facts: dict[str, Any] = {
            sort: [written(item.text) for item in getattr(told, sort)] for sort in sorts if getattr(told, sort)
        }
        return facts | ({"more": more} if more else {})

    def event(self, kind: Kind, about: str, text: Words, facts: Mapping[str, Any] | None = None) -> Event:
        detail: dict[str, Any] = {"text": written(text)} if text else {}
        if facts:
            detail["facts"] = facts
        return Event(kind, about, self._at, detail, self._things(detail))

    def of_deed(self, deed: Deed) -> Event:
        event = self.event(deed.kind, deed.about, deed.text, deed.facts)
        return replace(event, things=event.things | deed.things, who=deed.by, reason=deed.reason, undo=deed.undo)

    def _things(self, detail: Mapping[str, Any]) -> frozenset[str]:
        """The kinds and slugs of all that the words lead to."""
        facts = detail.get("facts", {})
        told = [
            detail.get("text", ()),
            *(words for sort in ("altered", "lost", "gained") for words in facts.get(sort, ())),
        ]
        return frozenset(filter(None, (self._plain(one) for words in told for _, one in words if one)))

    def _plain(self, term: str) -> str:
        return "/".join(kind_and_slug(term, self._store.base) or ())

    def compared(self, change: Change, *, names: bool) -> Iterator[Event]:
        """Conflicts that opened and closed; with `names`, also names that are one thing's now or are so no longer."""
        came, went = (_told(quads) for quads in change.compared)
        subjects = {one for told in (came, went) for said in told.values() for one in (said.get(_SUBJECT),) if one}
        both = {*came, *went}
        leading = {one for one in both if _REPLACED in came[one] or _REPLACED in went[one]} if names else set()
        targets = {
            said[_REPLACED]
            for told in (came, went)
            for one, said in told.items()
            if one in leading and _REPLACED in said
        }
        described = describe(self._store, subjects | leading | targets) if subjects or leading else {}
        old = {
            quad.subject.value: quad.object.value
            for quad in change.forgotten
            if isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.Literal)
            and quad.predicate.value == str(RDFS.label)
        }

        def name(one: str) -> Words:
            return (Piece(old[one], one),) if one in old else described[one].name

        sides: tuple[tuple[Kind, _Told, _Told], ...] = (("opened", came, went), ("closed", went, came))
        for kind, told, others in sides:
            for conflict in sorted(told):
                said = told[conflict]
                if _TYPE in said and _TYPE not in others[conflict]:
                    words = (*name(said[_SUBJECT]), Piece(f": {property_name(local(said[_PROPERTY]))}"))
                    event = self.event(kind, self._plain(conflict), words)
                    yield replace(event, things=event.things | parts_of(described[said[_SUBJECT]], self._store))
        for one in sorted(leading):
            if (target := came[one].get(_REPLACED)) is not None:
                yield self.event("joined", self._plain(one), (*name(one), Piece(" and "), *name(target)))
            elif (former := went[one].get(_REPLACED)) is not None:
                yield self.event("parted", self._plain(one), (*name(one), Piece(" and "), *name(former)))


def _told(quads: Iterable[ox.Quad]) -> _Told:
    """Subject -> property -> value."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            found[quad.subject.value][quad.predicate.value] = quad.object.value
    return found


def parts_of(thing: Described, store: Store) -> frozenset[str]:
    """The kinds and slugs of what a thing is made of: of a result the athlete and the race."""
    found = (kind_and_slug(piece.iri, store.base) for words in thing.slots.values() for piece in words if piece.iri)
    return frozenset("/".join(part) for part in found if part is not None)


def titled(store: Store, kind: str, slugs: Iterable[str]) -> Words:
    """The names of things side by side."""
    iris = [iri(kind, slug, store.base) for slug in slugs]
    found = describe(store, iris)
    words: list[Piece] = []
    for one in iris:
        words += [Piece(" and "), *found[one].name] if words else found[one].name
    return tuple(words)
