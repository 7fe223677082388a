"""The sentences behind triples, for many at a time: three queries for every thousand subjects."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rdflib import URIRef

from graph import queries
from graph.browsing import wording
from graph.browsing.describing import as_date, local
from graph.browsing.values import Dispute, EvidenceView
from ontology.iris import NS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from graph.store.base import Row, Source

_BATCH = 1000  # subjects in one VALUES block


@dataclass(frozen=True, slots=True)
class Triple:
    """Terms as plain strings: IRIs, or the lexical form of a literal; `predicate` is the full IRI."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class Support:
    """Evidence by triple. Ask for what is claimed: of a direct edge that is the status of the node it is a view of."""

    views: dict[Triple, tuple[EvidenceView, ...]]
    rules: dict[Triple, str]
    disputes: dict[tuple[str, str], Dispute]
    articles: dict[Triple, int] = field(default_factory=dict)  # where `views` holds only some of the sentences

    def of(self, triple: Triple) -> tuple[EvidenceView, ...]:
        """The sentences that say the triple or, from the other end, its inverse."""
        if found := self.views.get(triple):
            return found
        inverse = wording.inverse_of(local(triple.predicate))
        if inverse is None:
            return ()
        return self.views.get(Triple(triple.object, NS + inverse, triple.subject), ())

    def count(self, triple: Triple) -> int:
        """How many articles say the triple or its inverse where not all are at hand; 0 where they are."""
        inverse = wording.inverse_of(local(triple.predicate))
        turned = Triple(triple.object, NS + inverse, triple.subject) if inverse else triple
        return self.articles.get(triple, 0) or self.articles.get(turned, 0)

    def about(self, subject: str, predicates: Iterable[str] | None = None) -> tuple[EvidenceView, ...]:
        """The sentences behind anything said of a node, or behind some of its properties."""
        wanted = None if predicates is None else set(predicates)
        found = [
            view
            for triple, views in self.views.items()
            if triple.subject == subject and (wanted is None or triple.predicate in wanted)
            for view in views
        ]
        return in_order(found)

    def __or__(self, other: Support) -> Support:
        """Both together."""
        return Support(
            self.views | other.views,
            self.rules | other.rules,
            self.disputes | other.disputes,
            self.articles | other.articles,
        )

    def rule(self, triple: Triple) -> str | None:
        """The rule that inferred the triple; None for what an article says."""
        return self.rules.get(triple)

    def dispute(self, subject: str, predicate: str) -> Dispute | None:
        return self.disputes.get((subject, predicate))


def load(source: Source, subjects: Iterable[str], predicate: str | None = None) -> Support:
    """The evidence for every triple whose subject is one of `subjects`, or for those with one `predicate` (IRIs)."""
    fixed = {"p": URIRef(predicate)} if predicate else None
    terms = [URIRef(iri) for iri in sorted(set(subjects))]
    found: dict[Triple, list[EvidenceView]] = defaultdict(list)
    rules: dict[Triple, str] = {}
    disputes: dict[tuple[str, str], Dispute] = {}
    for start in range(0, len(terms), _BATCH):
        batch = terms[start : start + _BATCH]
        for name in ("evidence", "derived-evidence"):
            for row in source.select(queries.with_values(queries.load(name), "s", batch), fixed):
                triple = Triple(str(row["s"]), str(row["p"]), str(row["o"]))
                found[triple].append(view_of(row))
                if "derived" in row:
                    rules[triple] = str(row["derived"])
        for row in source.select(queries.with_values(queries.load("disputed"), "s", batch), fixed):
            disputes[str(row["s"]), str(row["p"])] = Dispute(str(row["conflict"]), "choice" in row)
    stated = {triple: in_order(views) for triple, views in found.items()}
    return Support(stated, rules, disputes)


def sample(source: Source, subjects: Iterable[str], inferred: Collection[str] = ()) -> Support:
    """The newest and the first sentence for every triple of the subjects (IRIs), and how many articles there are.

    For what hundreds of articles say, such as a star's country. What rules inferred is there for the subjects that
    `inferred` names too.
    """
    wanted = sorted({*subjects, *inferred})
    claims: dict[str, Triple] = {}
    articles: dict[Triple, int] = {}
    for row in _rows(source, "fact-support", "s", wanted):
        triple = Triple(str(row["s"]), str(row["p"]), str(row["o"]))
        articles[triple] = int(str(row["articles"]))
        claims |= {str(row[end]).rpartition(" ")[2]: triple for end in ("newest", "first")}
    found: dict[Triple, list[EvidenceView]] = defaultdict(list)
    for row in _rows(source, "claim-evidence", "claim", sorted(claims)):
        found[claims[str(row["claim"])]].append(view_of(row))
    rules: dict[Triple, str] = {}
    for row in _rows(source, "derived-evidence", "s", sorted(inferred)):
        triple = Triple(str(row["s"]), str(row["p"]), str(row["o"]))
        found[triple].append(view_of(row))
        rules[triple] = str(row["derived"])
    disputes = {
        (str(row["s"]), str(row["p"])): Dispute(str(row["conflict"]), "choice" in row)
        for row in _rows(source, "disputed", "s", wanted)
    }
    return Support({triple: in_order(views) for triple, views in found.items()}, rules, disputes, articles)


def _rows(source: Source, name: str, variable: str, iris: Sequence[str]) -> Iterator[Row]:
    """The rows of a query over many things."""
    for start in range(0, len(iris), _BATCH):
        terms = [URIRef(iri) for iri in iris[start : start + _BATCH]]
        yield from source.select(queries.with_values(queries.load(name), variable, terms))


def view_of(row: Row) -> EvidenceView:
    """A row of `evidence.rq` or `article-claims.rq` as a value."""
    article = str(row["article"])
    return EvidenceView(
        quote=str(row["quote"]),
        start=int(str(row["start"])),
        end=int(str(row["end"])),
        article=article,
        headline=str(row["headline"]) if "headline" in row else local(article),
        claim=str(row["claim"]),
        date=as_date(str(row["date"])) if "date" in row else None,
        source=_text(row, "source"),
        rule=_text(row, "rule"),
        basis=local(str(row["basis"])) if "basis" in row else None,
        confidence=float(str(row["confidence"])) if "confidence" in row else None,
        copy_of=_text(row, "original"),
    )


def in_order(views: Iterable[EvidenceView]) -> tuple[EvidenceView, ...]:
    """Each sentence of a claim once; the newest article first, then by place in the text."""
    by_rule = sorted(
        views, key=lambda view: view.rule or "", reverse=True
    )  # of a claim's rules the first by name stays
    distinct = {(view.claim, view.article, view.start): view for view in by_rule}

    def key(view: EvidenceView) -> tuple[int, str, int, str]:
        return (-view.date.toordinal() if view.date else 0, view.article, view.start, view.claim)

    return tuple(sorted(distinct.values(), key=key))


def _text(row: Row, name: str) -> str | None:
    return str(row[name]) if name in row else None
