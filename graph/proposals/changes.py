"""An extraction with one fact more. Where the fact contradicts what is there, what is there wins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from graph.model import Best, Coaching, Family, Membership, Person, Result
from graph.proposals.proposing import Rejected
from graph.proposals.results import with_result

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.model import Evidence, Extraction
    from graph.proposals.guards import Judged

_Tie = TypeVar("_Tie", Coaching, Membership)

_INVERSE: Final = {"parent": "child", "child": "parent", "sibling": "sibling", "spouse": "spouse"}
_HELD_BY_ONE: Final = frozenset({"WR", "OR", "CR", "AR", "MR", "WL"})


def added(extraction: Extraction, judged: Judged, evidence: Evidence) -> Extraction:
    """The extraction with the fact, and with whom it names; raises Rejected, also where it is known already."""
    fact = judged.fact
    if isinstance(fact, Person):
        return _with_person(extraction, fact, evidence)
    if isinstance(fact, Coaching):
        if any((c.coach, c.athlete) == (fact.athlete, fact.coach) for c in extraction.coaching):
            raise Rejected("conflict", f"{fact.athlete} coaches {fact.coach}")
        found = _new_tie(extraction.coaching, replace(fact, evidence=(evidence,)))
        changed = replace(extraction, coaching=(*extraction.coaching, found))
    elif isinstance(fact, Membership):
        tie = _new_tie(extraction.memberships, replace(fact, evidence=(evidence,)))
        changed = replace(extraction, memberships=(*extraction.memberships, tie))
        if judged.club is not None and all(club.name != fact.club for club in extraction.clubs):
            changed = replace(changed, clubs=(*changed.clubs, replace(judged.club, evidence=(evidence,))))
    elif isinstance(fact, Family):
        changed = _with_family(extraction, replace(fact, evidence=(evidence,)))
    elif isinstance(fact, Best):
        changed = _with_best(extraction, replace(fact, evidence=(evidence,)))
    elif isinstance(fact, Result) and judged.race is not None:
        changed = with_result(extraction, replace(fact, evidence=(evidence,)), judged.race)
    else:
        raise TypeError(f"no fact was judged: {fact!r}")
    return _with_people(changed, judged.people, evidence)


def _with_people(extraction: Extraction, people: Iterable[Person], evidence: Evidence) -> Extraction:
    """Everybody a fact names is somebody of the article; whoever coaches is a coach."""
    for person in people:
        known = next((p for p in extraction.people if p.name == person.name), None)
        if known is None:
            extraction = replace(extraction, people=(*extraction.people, replace(person, evidence=(evidence,))))
        elif "coach" in person.roles and "coach" not in known.roles:
            own = tuple(replace(e, slots=e.slots or ("roles", "sex")) for e in known.evidence)
            told = (*own, replace(evidence, slots=("roles",)))
            changed = replace(known, roles=(*known.roles, "coach"), evidence=told)
            extraction = replace(extraction, people=_replaced(extraction.people, known, changed))
    return extraction


def _with_person(extraction: Extraction, person: Person, evidence: Evidence) -> Extraction:
    known = next((p for p in extraction.people if p.name == person.name), None)
    if known is None:
        return replace(extraction, people=(*extraction.people, replace(person, evidence=(evidence,))))
    if person.country is not None and known.country is not None and person.country != known.country:
        raise Rejected("conflict", f"{person.name} is of {known.country}")
    if person.country is None or known.country is not None:
        raise Rejected("known")
    own = tuple(replace(e, slots=e.slots or ("roles", "sex")) for e in known.evidence)
    changed = replace(known, country=person.country, evidence=(*own, replace(evidence, slots=("country",))))
    return replace(extraction, people=_replaced(extraction.people, known, changed))


def _new_tie(held: Iterable[_Tie], tie: _Tie) -> _Tie:
    """The tie, unless the two are tied already."""
    for other in held:
        if replace(other, status=tie.status, evidence=tie.evidence) == tie:
            raise Rejected("known" if other.status == tie.status else "conflict", f"status {other.status}")
    return tie


def _with_family(extraction: Extraction, tie: Family) -> Extraction:
    for other in extraction.family:
        if {other.person, other.of} != {tie.person, tie.of}:
            continue
        same = other.person == tie.person
        relation = other.relation if same else _INVERSE[other.relation]
        raise Rejected("known" if relation == tie.relation else "conflict", f"{other.person}: {other.relation}")
    return replace(extraction, family=(*extraction.family, tie))


def _with_best(extraction: Extraction, best: Best) -> Extraction:
    for other in extraction.bests:
        alike = (other.kind, other.indoor) == (best.kind, best.indoor)
        if not alike or other.discipline not in (None, best.discipline):
            continue
        if other.athlete != best.athlete:
            if best.kind in _HELD_BY_ONE and other.discipline and (other.mark == best.mark or best.mark is None):
                raise Rejected("conflict", f"{best.kind} of {other.athlete}")
        elif best.mark in (None, other.mark):
            raise Rejected("known")
        else:
            raise Rejected("conflict", f"{best.kind} {other.mark or 'without a mark'}")
    return replace(extraction, bests=(*extraction.bests, best))


_Row = TypeVar("_Row")


def _replaced(rows: tuple[_Row, ...], old: _Row, new: _Row) -> tuple[_Row, ...]:
    return tuple(new if row is old else row for row in rows)
