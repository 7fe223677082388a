"""An entity with all that is known of it, every fact with its sentences. Nine queries at most, however many facts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import evidence, results, statements, ties, wording
from graph.browsing.articles import article_sections
from graph.browsing.describing import Described, describe, kind_of, local, object_words
from graph.browsing.evidence import Support, Triple
from graph.browsing.values import Card, Fact, Piece, ResultRow, Section
from graph.errors import LookupFailedError
from ontology.iris import NS

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib.term import Node as Term

    from graph.browsing.results import Node
    from graph.browsing.ties import Tie
    from graph.store.base import Source

_SHOWN = 200  # lines of one section; the rest is counted, and there for a query
_ALIASES = ("altLabel",)
# Properties that a card does not list: names, keys, what other sections say better, the machinery of evidence.
_SILENT = frozenset(
    {"label", "prefLabel", "nameKey", "altLabel", "isReplacedBy", "wasGeneratedBy", "key", "sortKey", "inScheme"}
)
_COACHING = ("coaches", "coachedBy", "formerlyCoached", "formerlyCoachedBy")
_CLUBS = ("memberOf", "formerMemberOf")
_MEMBERS = ("hasMember", "hadMember")
_FAMILY = ("parentOf", "childOf", "siblingOf", "spouseOf")
_VIEWS = frozenset({*_COACHING, *_CLUBS, *_MEMBERS, *_FAMILY, "trainedWith", "wonMedal"})


@dataclass(frozen=True, slots=True)
class _Known:
    """All that the queries brought for one card."""

    iri: str
    direct: tuple[tuple[str, Term], ...]
    ties: tuple[Tie, ...]
    nodes: tuple[Node, ...]
    described: dict[str, Described]
    support: Support
    result: str | None = None  # what a medal was won with


def card(source: Source, iri: str) -> Card:
    """The card of an entity. Raises LookupFailedError if the source says nothing of it.

    A list is cut at 200 lines; its section's `total` then says how many there are.
    """
    direct = tuple((str(row["p"]), row["o"]) for row in source.select(queries.load("statements"), {"x": URIRef(iri)}))
    kind = kind_of(source, iri)
    if kind == "article" and direct:
        return _article_card(source, iri, direct)
    inverse = () if kind in _BUILDERS else _inverse(source, iri)
    if not direct and not inverse:
        raise LookupFailedError(iri, f"the graph says nothing of {iri}; look for its name.")
    known = _known(source, iri, direct, inverse)
    build = _BUILDERS.get(kind, _other_sections)
    sections = [section for section in build(known) if section.facts or section.rows]
    sections += _inverse_sections(inverse, known)
    entity = known.described[iri].entity
    if kind in statements.KINDS and (said := statements.stated(source, iri, kind, direct)):
        title, section = said
        entity = replace(entity, label=title)
        sections.insert(0, section)
    if kind in _MENTIONED:
        sections += _articles(source, iri)
    return Card(entity, tuple(sections), _aliases(direct), _replaced_by(direct))


def _known(
    source: Source, iri: str, direct: tuple[tuple[str, Term], ...], inverse: tuple[tuple[str, str], ...]
) -> _Known:
    kind = kind_of(source, iri)
    found_ties = ties.load(source, [iri]) if kind in {"person", "club"} else ()
    found_nodes = results.nodes(source, [iri]) if kind in {"person", "race", "country"} else ()
    wanted = {iri, *(subject for _, subject in inverse[: _SHOWN * 10])}
    wanted |= {str(value) for _, value in direct if isinstance(value, URIRef)}
    wanted |= {end for tie in found_ties for end in (tie.subject, tie.object)}
    for node in found_nodes:
        wanted |= {node.iri} | node.named
    result = next((subject for predicate, subject in inverse if local(predicate) == "medal"), None)
    subjects = {
        iri,
        result or iri,
        *(subject for tie in found_ties for subject in tie.subjects),
        *(node.iri for node in found_nodes),
    }
    return _Known(
        iri, direct, found_ties, found_nodes, describe(source, wanted), evidence.load(source, subjects), result
    )


def _fact(known: _Known, predicate: str, value: Term) -> Fact:
    """A triple of the entity itself."""
    triple = _claimed(known, Triple(known.iri, predicate, str(value)))
    slots = known.described[known.iri].placeholders() | {
        "subject": known.described[known.iri].name,
        "object": object_words(predicate, str(value), known.described),
    }
    return _on_card(
        known,
        Fact(
            known.iri,
            predicate,
            str(value),
            wording.sentence(known.described[known.iri].kind, local(predicate), slots),
            known.support.of(triple),
            dispute=known.support.dispute(triple.subject, triple.predicate),
            derived=known.support.rule(triple),
        ),
    )


def _claimed(known: _Known, triple: Triple) -> Triple:
    """The triple that articles claim when they say this: of a medal, the colour that a result has."""
    if known.result is None and local(triple.predicate) != "medal":
        return triple
    colour = next((str(value) for predicate, value in known.direct if local(predicate) == "medalColour"), "")
    return Triple(known.result or known.iri, NS + "medalColour", colour)


def _on_card(known: _Known, fact: Fact) -> Fact:
    """The fact without the entity's own name at its start, which the card bears as its heading."""
    if fact.text and fact.text[0].iri == known.iri and len(fact.text) > 1:
        second = fact.text[1].text.lstrip(" :,")
        rest = (Piece(second, fact.text[1].iri), *fact.text[2:])
        return Fact(
            fact.subject, fact.predicate, fact.object, rest, fact.evidence, fact.status, fact.dispute, fact.derived
        )
    return fact


def _direct(known: _Known, heading: str, wanted: Callable[[str], bool]) -> Section:
    facts = [
        _fact(known, predicate, value)
        for predicate, value in sorted(known.direct, key=lambda pair: (pair[0], str(pair[1])))
        if wanted(local(predicate)) and local(predicate) not in _SILENT
    ]
    return Section(heading, tuple(facts[:_SHOWN]), total=len(facts))


def _tied(known: _Known, heading: str, properties: tuple[str, ...]) -> Section:
    facts = [
        _on_card(known, tie.fact(known.described, known.support))
        for tie in sorted(known.ties, key=lambda tie: (tie.predicate, known.described[tie.object].label))
        if local(tie.predicate) in properties
    ]
    return Section(heading, tuple(facts[:_SHOWN]), total=len(facts))


def _noded(known: _Known, heading: str, type_name: str, slots: tuple[str, ...]) -> Section:
    """What nodes of one class say: the first slot that a node has."""
    facts = [
        _on_card(known, results.node_fact(node, slot, value, known.described, known.support))
        for node in known.nodes
        if type_name in node.types
        for slot in [slot for slot in slots if slot in node.values][:1]
        for value in node.values[slot]
    ]
    return Section(heading, tuple(facts[:_SHOWN]), total=len(facts))


def _table(known: _Known, key: Callable[[ResultRow], tuple[int, int | str, str]]) -> Section:
    rows = [results.result_row(node, known.described, known.support) for node in known.nodes if "Result" in node.types]
    rows.sort(key=key)
    return Section("Results", rows=tuple(rows[:_SHOWN]), total=len(rows))


def _medals(known: _Known) -> Section:
    """Medals, each with the evidence of the result's colour."""
    by_medal = {medal: node for node in known.nodes for medal in node.values.get("medal", ())}
    facts = []
    for predicate, value in sorted(known.direct, key=lambda pair: str(pair[1])):
        if local(predicate) == "wonMedal" and (node := by_medal.get(str(value))):
            colour = Triple(node.iri, NS + "medalColour", node.first("medalColour") or "")
            slots = {"subject": known.described[known.iri].name, "object": known.described[str(value)].name}
            facts.append(
                _on_card(
                    known,
                    Fact(
                        known.iri,
                        predicate,
                        str(value),
                        wording.sentence("person", "wonMedal", slots),
                        known.support.of(colour),
                        dispute=known.support.dispute(colour.subject, colour.predicate),
                        derived=known.support.rule(colour),
                    ),
                )
            )
    return Section("Medals", tuple(facts[:_SHOWN]), total=len(facts))


def _person_sections(known: _Known) -> list[Section]:
    return [
        _direct(known, "Person", lambda name: name not in _VIEWS and name != "didNotReach"),
        _tied(known, "Coaching", _COACHING),
        _tied(known, "Clubs", _CLUBS),
        _tied(known, "Family", _FAMILY),
        _tied(known, "Training partners", ("trainedWith",)),
        _table(known, results.by_date),
        _medals(known),
        _direct(known, "Did not reach", lambda name: name == "didNotReach"),
        _noded(known, "Records and bests", "Best", ("mark", "status")),
        _noded(known, "Rankings", "Ranking", ("rank",)),
        _noded(known, "Tallies", "Tally", ("total",)),
    ]


def _race_sections(known: _Known) -> list[Section]:
    return [_direct(known, "Race", lambda name: name != "type"), _table(known, results.by_place)]


def _club_sections(known: _Known) -> list[Section]:
    return [_direct(known, "Club", lambda name: name not in _VIEWS), _tied(known, "Members", _MEMBERS)]


def _other_sections(known: _Known) -> list[Section]:
    kind = known.described[known.iri].kind
    hidden = {"type", "wonMedal"} | (statements.SAID if kind in statements.KINDS else set())
    return [
        _direct(known, wording.kind_name(kind).capitalize(), lambda name: name not in hidden),
        _table(known, results.by_date),
        _medals(known),
    ]


_BUILDERS = {"person": _person_sections, "race": _race_sections, "club": _club_sections}
_MENTIONED = frozenset({"person", "club"})


def _inverse(source: Source, iri: str) -> tuple[tuple[str, str], ...]:
    rows = source.select(queries.load("inverse"), {"x": URIRef(iri)})
    return tuple((str(row["p"]), str(row["s"])) for row in rows)


def _inverse_sections(inverse: tuple[tuple[str, str], ...], known: _Known) -> list[Section]:
    """What points at the entity, a section for each property."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for predicate, subject in inverse:
        grouped[predicate].append(subject)
    sections = []
    for predicate, subjects in sorted(grouped.items()):
        facts = [
            Fact(subject, predicate, known.iri, known.described[subject].name)
            for subject in subjects[:_SHOWN]
            if subject in known.described
        ]
        heading = f"{wording.property_name(local(predicate))} of".capitalize()
        sections.append(Section(heading, tuple(facts), total=len(subjects)))
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
    return [Section("Articles", tuple(facts[:_SHOWN]), total=len(facts))] if facts else []


def _day(article: Described) -> int:
    day = article.day("datePublished", "asOf")
    return day.toordinal() if day else 0


def _article_card(source: Source, iri: str, direct: tuple[tuple[str, Term], ...]) -> Card:
    described = describe(source, {iri, *(str(value) for _, value in direct if isinstance(value, URIRef))})
    known = _Known(iri, direct, (), (), described, Support({}, {}, {}))
    about = _direct(known, "Article", lambda name: name not in {"type", "headline"})
    return Card(described[iri].entity, (about, *article_sections(source, iri, described[iri].label)))


def _aliases(direct: tuple[tuple[str, Term], ...]) -> tuple[str, ...]:
    return tuple(sorted({str(value) for predicate, value in direct if local(predicate) in _ALIASES}))


def _replaced_by(direct: tuple[tuple[str, Term], ...]) -> str | None:
    return next((str(value) for predicate, value in direct if local(predicate) == "isReplacedBy"), None)
