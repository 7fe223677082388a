"""Entries of a store's history as people read them in a feed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from graph import queries
from graph.browsing import wording
from graph.browsing.describing import describe, kind_of, local, object_words
from graph.browsing.values import Piece, plain
from ontology.iris import iri, kind_and_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.browsing.describing import Described
    from graph.browsing.values import Words
    from graph.ledger.history import Entry
    from graph.store.base import Row, Source

_SHOWN: Final = 12  # facts of one article
_PLAIN: Final = frozenset({"type", "sex", "country"})  # properties that are told last
_TITLES: Final = {
    "added": "New article: {}",
    "replaced": "Article changed: {}",
    "revised": "Revised: {}",
    "opened": "Articles disagree: {}",
    "closed": "Articles no longer disagree: {}",
    "joined": "Found to be one: {}",
    "parted": "No longer taken for one: {}",
    "withdrawn": "Article withdrawn: {}",
    "chosen": "Disagreement settled: {}",
    "merged": "Ruled to be one: {}",
    "split": "Ruled to be two: {}",
    "separated": "Told apart: {}",
    "rejected": "Claim rejected: {}",
    "confirmed": "Claim confirmed: {}",
    "undone": "Taken back: {}",
}
_HEADINGS: Final = (("altered", "Altered"), ("lost", "Gone"), ("gained", "New"))


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that are told together; `more` are left out."""

    heading: str
    facts: tuple[Words, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as it is told: `link` is the IRI of what it is about, or None; `reason` somebody's who decided it."""

    mark: str
    seq: int
    at: str
    kind: str
    title: str
    link: str | None
    groups: tuple[Group, ...]
    reason: str | None = None


def items(source: Source, entries: Sequence[Entry]) -> list[Item]:
    """The entries in words; three queries, however many there are."""
    articles = {entry.about: _iri(source, entry.about) for entry in entries if entry.about.startswith("article/")}
    said = _said(
        source, [articles[entry.about] for entry in entries if entry.kind == "added" and entry.about in articles]
    )
    shown = {article: rows[:_SHOWN] for article, rows in said.items()}
    things = {str(row[name]) for rows in shown.values() for row in rows for name in "so"}
    described = describe(source, {thing for thing in things if "://" in thing} | set(articles.values()))
    found = []
    for entry in entries:
        words: Words = tuple(Piece(str(text), one) for text, one in entry.detail.get("text", ()))
        link = _iri(source, entry.about) if entry.about else None
        if link in articles.values() and not words:
            words = described[str(link)].name
        groups = tuple(_groups(entry))
        if entry.kind == "added" and link in said:
            facts = tuple(_fact(row, described) for row in shown[link])
            groups = (Group("What it says", facts, len(said[link]) - len(facts)),)
        told = words or next((group.facts[0] for group in groups if group.facts), ())
        title = _TITLES[entry.kind].format(plain(told))
        found.append(Item(entry.mark, entry.seq, entry.at, entry.kind, title, link, groups, entry.reason))
    return found


def articles_about(source: Source, thing: str) -> list[str]:
    """The ids of the articles that say anything of a thing, given by its IRI."""
    names = ("articles-about", "articles-claiming") if kind_of(source, thing) == "country" else ("articles-about",)
    found = (source.select(queries.with_values(queries.load(name), "x", [URIRef(thing)])) for name in names)
    rows = (row for some in found for row in some)
    parts = (kind_and_slug(str(row["article"]), source.base) for row in rows)
    return list(dict.fromkeys(part[1] for part in parts if part is not None))


def _groups(entry: Entry) -> Iterable[Group]:
    facts = entry.detail.get("facts", {})
    more = int(facts.get("more", 0))
    given = [(name, heading) for name, heading in _HEADINGS if facts.get(name)]
    for name, heading in given:
        told = tuple(tuple(Piece(str(text), one) for text, one in words) for words in facts[name])
        yield Group(heading, told, more if name == given[-1][0] else 0)


def _said(source: Source, articles: Sequence[str]) -> dict[str, list[Row]]:
    """Article -> what it says that is believed: first what is particular, in the order of its text."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    if articles:
        query = queries.with_values(queries.load("feed-claims"), "article", map(URIRef, articles))
        for row in source.select(query):
            found[str(row["article"])].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (local(str(row["p"])) in _PLAIN, int(str(row["at"])), str(row["s"]), str(row["p"])))
    return found


def _fact(row: Row, described: Mapping[str, Described]) -> Words:
    about, predicate, value = described[str(row["s"])], str(row["p"]), str(row["o"])
    slots = about.placeholders() | {"subject": about.name, "object": object_words(predicate, value, described)}
    return wording.sentence(about.kind, local(predicate), slots)


def _iri(source: Source, about: str) -> str:
    kind, _, slug = about.partition("/")
    return iri(kind, slug, source.base)
