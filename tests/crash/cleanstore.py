"""What a store holds, and what one would hold into which the same articles came undisturbed."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.articles import prepare, read
from graph.errors import LookupFailedError, UnreadableError
from graph.extraction import extract
from graph.pipeline import article_text, articles, choose, ingest_extractions, memory_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from graph.model import Article, Extraction
    from graph.store.embedded import Store

Choice = tuple[str, str, str]  # subject, predicate, value
WITHDRAWN = "withdrawn"
_SHOWN = 6  # quads of a difference


def held(store: Store) -> dict[str, str]:
    """Article id -> the digest of its text, or WITHDRAWN."""
    return {
        entry.id: WITHDRAWN if entry.withdrawn else _digest(article_text(store, entry.id)) for entry in articles(store)
    }


def contents(store: Store) -> frozenset[ox.Quad]:
    """All quads but the vocabulary and what graph:meta says of when something happened."""
    apart = {f"{store.base}graph/{name}" for name in ("ontology", "meta")}
    return frozenset(
        quad for name in store.graphs() if name not in apart for quad in store.quads(graph=ox.NamedNode(name))
    )


def choices(store: Store) -> frozenset[Choice]:
    """What curators chose."""
    query = "SELECT ?s ?p ?o { ?c a ath:CuratorChoice ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
    return frozenset((str(row["s"]), str(row["p"]), str(row["o"])) for row in store.select(query))


class Library:
    """Every version of the articles that may come into a store, each read once."""

    def __init__(self) -> None:
        self._articles: dict[tuple[str, str], Article] = {}
        self._extractions: dict[tuple[str, str], Extraction] = {}

    def add(self, folder: Path) -> dict[str, str]:
        """The folder's articles as `held` would give them."""
        found = {}
        for article in read([str(folder)]):
            assert not isinstance(article, UnreadableError), str(article)
            found[article.id] = _digest(article.text)
            self._articles[article.id, found[article.id]] = article
        return found

    def contents(
        self, which: Mapping[str, str], chosen: Iterable[Choice] = (), *, bare: bool = False
    ) -> frozenset[ox.Quad]:
        """The `contents` of a store that never had anything but these, and about which a curator chose this.

        A `bare` one, into which nothing has come yet, need not have what comes with the first article.
        """
        if bare and not which:
            return frozenset()
        pairs = [self._read(article, digest) for article, digest in which.items() if digest != WITHDRAWN]
        with memory_store() as store:
            outcomes = {report.outcome for report in ingest_extractions(store, pairs)}
            assert outcomes <= {"added"}
            for choice in chosen:
                with suppress(LookupFailedError):  # it rests, as no article says so any more
                    choose(store, *choice, "a test")
            return contents(store)

    def _read(self, article: str, digest: str) -> tuple[Article, Extraction]:
        key = article, digest
        if key not in self._extractions:
            self._extractions[key] = extract(prepare(self._articles[key]))
        return self._articles[key], self._extractions[key]


def difference(found: frozenset[ox.Quad], expected: frozenset[ox.Quad]) -> str:
    """The quads that are too many and missing, some of each; empty where there are none."""
    lines = []
    for title, quads in (("too many", found - expected), ("missing", expected - found)):
        if quads:
            lines += [f"{len(quads)} {title}:", *(f"  {quad}" for quad in sorted(quads, key=str)[:_SHOWN])]
    return "\n".join(lines)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
