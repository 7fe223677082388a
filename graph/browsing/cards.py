"""An entity with all that is known of it, every fact with its sentences. A dozen queries, however many facts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import evidence, results, statements, ties, wording
from graph.browsing.articles import article_sections
from graph.browsing.describing import Described, describe, kind_of, local
from graph.browsing.evidence import Support
from graph.browsing.known import SHOWN, Known, section
from graph.browsing.values import Card, Fact, Piece, ResultRow, Section
from graph.errors import LookupFailedError
from ontology.iris import NS

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib.term import Node as Term

    from graph.store.base import Source

_ALIASES = ("altLabel",)
_COACHING = ("coaches", "coachedBy", "formerlyCoached", "formerlyCoachedBy")
_CLUBS = ("memberOf", "formerMemberOf")
_MEMBERS = ("hasMember", "hadMember")
_FAMILY = ("parentOf", "childOf", "siblingOf", "spouseOf")
_VIEWS = frozenset({*_COACHING, *_CLUBS, *_MEMBERS, *_FAMILY, "trainedWith", "wonMedal"})


@dataclass(frozen=True, slots=True)
class _Pointing:
    """The things that point at an entity by one property: some of them, by IRI, and how many there are."""

    predicate: str
    subjects: tuple[str, ...]
    total: int


def card(source: Source, iri: str) -> Card:
    """The card of an entity. Raises LookupFailedError if the source says nothing of it.

    A list is cut at 200 lines; its section's `total` then says how many there are.
    """
    direct = tuple((str(row["p"]), row["o"]) for row in source.select(queries.load("statements"), {"x": URIRef(iri)}))
    kind = kind_of(source, iri)
    if kind == "article" and direct:
        return _article_card(source, iri, direct)
    inverse = () if kind in _BUILDERS else _pointing_at(source, iri)
    if not direct and not inverse:
        raise LookupFailedError(iri, f"the graph says nothing of {iri}; look for its name.")
    known = _known(source, iri, direct, inverse)
    build = _BUILDERS.get(kind, _other_sections)
    sections = [part for part in build(known) if part.facts or part.rows]
    sections += _inverse_sections(inverse, known)
    entity = known.described[iri].entity
    if kind in statements.KINDS and (said := statements.stated(source, iri, kind, direct)):
        title, first = said
        entity = replace(entity, label=title)
        sections.insert(0, first)
    if kind in _MENTIONED:
        sections += _articles(source, iri)
    return Card(entity, tuple(sections), _aliases(direct), _replaced_by(direct))


def _known(source: Source, iri: str, direct: tuple[tuple[str, Term], ...], inverse: tuple[_Pointing, ...]) -> Known:
    kind = kind_of(source, iri)
    found_ties = ties.load(source, [iri]) if kind in {"person", "club"} else ()
    found_nodes = results.nodes(source, [iri]) if kind in {"person", "race", "country"} else ()
    wanted = {iri, *(subject for pointing in inverse for subject in pointing.subjects)}
    wanted |= {str(value) for _, value in direct if isinstance(value, URIRef)}
    wanted |= {end for tie in found_ties for end in (tie.subject, tie.object)}
    for node in found_nodes:
        wanted |= {node.iri} | node.named
    result = next((pointing.subjects[0] for pointing in inverse if local(pointing.predicate) == "medal"), None)
    subjects = {
        iri,
        result or iri,
        *(subject for tie in found_ties for subject in tie.subjects),
        *(node.iri for node in found_nodes),
    }
    return Known(
        iri, direct, found_ties, found_nodes, describe(source, wanted), evidence.load(source, subjects), result
    )


def _table(known: Known, key: Callable[[ResultRow], tuple[int, int | str, str]]) -> Section:
    rows = [results.result_row(node, known.described, known.support) for node in known.nodes if "Result" in node.types]
    rows.sort(key=key)
    return Section("Results", rows=tuple(rows[:SHOWN]), total=len(rows))


def _person_sections(known: Known) -> list[Section]:
    return [
        section("Person", known.stated(lambda name: name not in _VIEWS and name != "didNotReach")),
        section("Coaching", known.tied(_COACHING)),
        section("Clubs", known.tied(_CLUBS)),
        section("Family", known.tied(_FAMILY)),
        section("Training partners", known.tied(("trainedWith",))),
        _table(known, results.by_date),
        section("Medals", known.medals()),
        section("Did not reach", known.stated(lambda name: name == "didNotReach")),
        section("Records and bests", known.noded("Best", ("mark", "status"))),
        section("Rankings", known.noded("Ranking", ("rank",))),
        section("Tallies", known.noded("Tally", ("total",))),
    ]


def _race_sections(known: Known) -> list[Section]:
    return [section("Race", known.stated(lambda name: name != "type")), _table(known, results.by_place)]


def _club_sections(known: Known) -> list[Section]:
    return [
        section("Club", known.stated(lambda name: name not in _VIEWS)),
        section("Members", known.tied(_MEMBERS)),
    ]


def _other_sections(known: Known) -> list[Section]:
    kind = known.described[known.iri].kind
    hidden = {"type", "wonMedal"} | (statements.SAID if kind in statements.KINDS else set())
    return [
        section(wording.kind_name(kind).capitalize(), known.stated(lambda name: name not in hidden)),
        _table(known, results.by_date),
        section("Medals", known.medals()),
    ]


_BUILDERS = {"person": _person_sections, "race": _race_sections, "club": _club_sections}
_MENTIONED = frozenset({"person", "club"})


def _pointing_at(source: Source, iri: str) -> tuple[_Pointing, ...]:
    this = {"x": URIRef(iri)}
    found = []
    for row in source.select(queries.load("inverse-counts"), this):
        some = source.select(queries.load("inverse"), this | {"p": row["p"]})
        subjects = tuple(sorted(str(one["s"]) for one in some))
        found.append(_Pointing(str(row["p"]), subjects, int(str(row["count"]))))
    return tuple(found)


def _inverse_sections(inverse: tuple[_Pointing, ...], known: Known) -> list[Section]:
    """What points at the entity, a section for each property."""
    sections = []
    for pointing in inverse:
        facts = [
            Fact(subject, pointing.predicate, known.iri, known.described[subject].name) for subject in pointing.subjects
        ]
        heading = f"{wording.property_name(local(pointing.predicate))} of".capitalize()
        sections.append(Section(heading, tuple(facts), total=pointing.total))
    return sections


def _articles(source: Source, iri: str) -> list[Section]:
    """The articles that mention the entity and how each writes its name."""
    written: dict[str, set[str]] = defaultdict(set)
    for row in source.select(queries.load("mentions"), {"x": URIRef(iri)}):
        written[str(row["article"])].add(str(row["written"]))
    described = describe(source, written)
    facts = []
    for article in sorted(written, key=lambda a: (-_day(described[a]), a)):
        spelling = ", ".join(f"“{name}”" for name in sorted(written[article]))
        words = (*described[article].name, Piece(f" ({spelling})"))
        facts.append(Fact(article, NS + "mentions", iri, words))
    return [Section("Articles", tuple(facts[:SHOWN]), total=len(facts))] if facts else []


def _day(article: Described) -> int:
    day = article.day("datePublished", "asOf")
    return day.toordinal() if day else 0


def _article_card(source: Source, iri: str, direct: tuple[tuple[str, Term], ...]) -> Card:
    described = describe(source, {iri, *(str(value) for _, value in direct if isinstance(value, URIRef))})
    known = Known(iri, direct, (), (), described, Support({}, {}, {}))
    about = section("Article", known.stated(lambda name: name not in {"type", "headline"}))
    return Card(described[iri].entity, (about, *article_sections(source, iri, described[iri].label)))


def _aliases(direct: tuple[tuple[str, Term], ...]) -> tuple[str, ...]:
    return tuple(sorted({str(value) for predicate, value in direct if local(predicate) in _ALIASES}))


def _replaced_by(direct: tuple[tuple[str, Term], ...]) -> str | None:
    return next((str(value) for predicate, value in direct if local(predicate) == "isReplacedBy"), None)
