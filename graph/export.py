"""The graph, or a part of it, as a file in any RDF format.

Everything is read through `Source.answer` as N-Triples, so it works on the store and on a remote endpoint alike. Files
are sorted (by graph, then by triple): equal graphs give equal bytes, and a diff of two exports shows what changed. The
triples are held in memory while they are sorted, about 300 bytes each.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

import pyoxigraph as ox
from pyoxigraph import RdfFormat
from rdflib import URIRef

from graph import queries
from graph.errors import LookupFailedError, OutputError, QueryError, QueryRefusedError
from graph.store.binding import bound
from ontology.iris import iri, kind_and_slug, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib.term import Node

    from graph.store.base import Source

FORMATS: dict[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
_WITH_GRAPHS = (RdfFormat.TRIG, RdfFormat.N_QUADS)
_BATCH = 1000  # terms in one VALUES block


@dataclass(frozen=True, slots=True)
class Chosen:
    """Facts picked out: all that is said of `nodes`, single `triples` of three IRIs, and the `claims` behind these."""

    nodes: frozenset[str] = frozenset()
    triples: frozenset[tuple[str, str, str]] = frozenset()
    claims: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """What to export.

    `facts`: what the articles add up to, what the rules inferred, and the names of what these speak of. `all`: every
    graph. `article`: its evidence graph and the facts it supports. `entity`: what is said of it and points at it, and
    with `evidence` the claims and sentences behind. These two need `iri`. `chosen`: some facts with their evidence.
    """

    kind: Literal["facts", "all", "article", "entity", "chosen"] = "facts"
    iri: str = ""
    evidence: bool = True
    chosen: Chosen | None = None


_Lines = set[bytes]  # triples as lines of N-Triples, without the final " .\n"


def export(source: Source, out: BinaryIO, format: RdfFormat, scope: Scope) -> int:  # noqa: A002 - the word for it
    """Writes the scope to `out`; returns how many triples (quads, where the format has graphs) were written.

    TriG and N-Quads keep the named graphs; the other formats merge them. Raises LookupFailedError if the article or
    entity is not there, QueryRefusedError where graphs are asked of an endpoint that names none.
    """
    keep_graphs = format in _WITH_GRAPHS
    graphs = _graphs(source, scope, keep_graphs=keep_graphs)
    if not keep_graphs:
        graphs = {"": set().union(*graphs.values())}
    count = sum(len(lines) for lines in graphs.values())
    used = _prefixes(source.base, graphs.values())
    if format in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS):
        out.writelines(_sorted_lines(graphs))
    else:
        text = RdfFormat.N_QUADS if keep_graphs else RdfFormat.N_TRIPLES
        quads = ox.parse(_reader(_sorted_lines(graphs)), text)
        statements = quads if keep_graphs else (quad.triple for quad in quads)
        ox.serialize(statements, out, format, prefixes=used)
    return count


def export_file(source: Source, path: Path, format: RdfFormat, scope: Scope) -> int:  # noqa: A002 - the word for it
    """`export` to a file that appears whole or not at all; raises OutputError if it cannot be written."""
    with new_file(path) as out:
        return export(source, out, format, scope)


def article_iri(source: Source, name: str) -> str:
    """The IRI of an article given by its id, prefixed name, or IRI; raises LookupFailedError if there is none."""
    parts = kind_and_slug(name.strip("<>"), source.base)
    slug = parts[1] if parts and parts[0] in {"article", "graph"} else name.removeprefix("article:")
    found = iri("article", slug.removeprefix("article_"), source.base)
    try:
        known = source.ask(queries.load("known"), {"x": URIRef(found)})
    except QueryError:  # what was typed makes no IRI
        known = False
    if not known:
        raise LookupFailedError(name, f"no article '{name}' is stored; `podium articles` lists them.")
    return found


def _graphs(source: Source, scope: Scope, *, keep_graphs: bool) -> dict[str, _Lines]:
    """Graph IRI ("" for the default graph) -> its triples."""
    if scope.kind == "facts":
        return _facts(source)
    if scope.kind == "article":
        return _article(source, scope.iri)
    if scope.kind == "entity":
        return {"": _entity(source, scope.iri, evidence=scope.evidence)}
    if scope.chosen is not None:
        return {"": _chosen(source, scope.chosen)}
    if keep_graphs:
        return _named(source)
    return {"": _lines(source, "all-triples")}


def _named(source: Source) -> dict[str, _Lines]:
    names = [str(row["g"]) for row in source.select(queries.load("graph-names"))]
    if not names and source.ask("ASK { ?s ?p ?o }"):
        raise QueryRefusedError("this endpoint names no graphs, so TriG and N-Quads cannot be had; ask for turtle.")
    return {name: _graph(source, name) for name in names}


def _facts(source: Source) -> dict[str, _Lines]:
    names = {name: iri("graph", name, source.base) for name in ("facts", "inferred", "registry")}
    found = {name: _graph(source, graph) for name, graph in names.items()}
    by_subject: dict[bytes, _Lines] = defaultdict(set)
    for line in found["registry"]:
        by_subject[line.split(b" ", 1)[0]].add(line)
    # Names of names too: an edition's series, a place's country.
    needed: _Lines = set()
    waiting = found["facts"] | found["inferred"]
    while waiting:
        terms = {term for line in waiting for term in line.split(b" ", 2)[::2] if term.startswith(b"<")}
        waiting = {line for term in terms for line in by_subject.pop(term, ())}
        needed |= waiting
    return {names["facts"]: found["facts"], names["inferred"]: found["inferred"], names["registry"]: needed}


def _article(source: Source, article: str) -> dict[str, _Lines]:
    slug = article.removeprefix(iri("article", "", source.base))
    graph = iri("graph", f"article_{slug}", source.base)
    lines = _graph(source, graph)
    if not lines:
        raise LookupFailedError(article, f"nothing is stored of the article {article}; `podium articles` lists them.")
    facts = _lines(source, "supported-facts", {"x": URIRef(article)}) - lines
    labels = _labels(source, lines | facts) - lines - facts
    return {graph: lines, iri("graph", "facts", source.base): facts, iri("graph", "registry", source.base): labels}


def _entity(source: Source, entity: str, *, evidence: bool) -> _Lines:
    lines = _lines(source, "entity-triples", {"x": URIRef(entity)})
    if not lines:
        raise LookupFailedError(entity, f"the graph says nothing of {entity}; look for its name.")
    if evidence:
        subjects = {line.split(b" ", 1)[0].decode()[1:-1] for line in lines if line.startswith(b"<")}
        lines |= _evidence(source, subjects)
    return lines | _labels(source, lines)


def _chosen(source: Source, chosen: Chosen) -> _Lines:
    terms = (tuple(str(ox.NamedNode(iri)) for iri in triple) for triple in chosen.triples)
    lines = _batched(source, "subject-triples", "x", chosen.nodes) | {" ".join(triple).encode() for triple in terms}
    lines |= _evidence(source, chosen.nodes)
    query = queries.with_values(queries.load("claim-nodes"), "claim", [URIRef(iri) for iri in chosen.claims])
    said = {str(node) for row in source.select(query) for node in row.values()} if chosen.claims else set()
    lines |= _batched(source, "subject-triples", "x", said)
    return lines | _labels(source, lines)


def _evidence(source: Source, subjects: Iterable[str]) -> _Lines:
    """The claims about the subjects, with sentences and articles."""
    terms = [URIRef(subject) for subject in sorted(subjects)]
    nodes: set[str] = set()
    for start in range(0, len(terms), _BATCH):
        for name in ("evidence-nodes", "derived-nodes"):
            query = queries.with_values(queries.load(name), "s", terms[start : start + _BATCH])
            nodes |= {str(node) for row in source.select(query) for node in row.values()}
    return _batched(source, "subject-triples", "x", nodes)


def _labels(source: Source, lines: _Lines) -> _Lines:
    """The labels of everything the triples speak of."""
    things = {
        term[1:-1].decode()
        for line in lines
        for term in line.split(b" ", 2)[::2]
        if term.startswith(b"<") and term.endswith(b">")
    }
    return _batched(source, "label-triples", "x", things)


def _batched(source: Source, name: str, variable: str, things: Iterable[str]) -> _Lines:
    terms = [URIRef(thing) for thing in sorted(things)]
    found: _Lines = set()
    for start in range(0, len(terms), _BATCH):
        query = queries.with_values(queries.load(name), variable, terms[start : start + _BATCH])
        found |= _read(source, query)
    return found


def _graph(source: Source, name: str) -> _Lines:
    return _lines(source, "graph-triples", {"g": URIRef(name)})


def _lines(source: Source, name: str, bindings: Mapping[str, Node] | None = None) -> _Lines:
    return _read(source, bound(queries.load(name), bindings))


def _read(source: Source, query: str) -> _Lines:
    """The triples a CONSTRUCT gives; parsed and written anew, as endpoints differ in how they write a line."""
    answer = source.answer(query, graphs=RdfFormat.N_TRIPLES)
    triples = (quad.triple for quad in ox.parse(_reader(answer.chunks), RdfFormat.N_TRIPLES))
    return {str(triple).encode() for triple in triples}


def _sorted_lines(graphs: Mapping[str, _Lines]) -> Iterator[bytes]:
    for name in sorted(graphs):
        end = f" <{name}> .\n".encode() if name else b" .\n"
        for line in sorted(graphs[name]):
            yield line + end


def _prefixes(base: str, graphs: Iterable[_Lines]) -> dict[str, str]:
    """The prefixes that the triples have a use for."""
    namespaces = {namespace.encode(): prefix for prefix, namespace in prefixes(base).items()}
    used = set()
    for lines in graphs:
        for line in lines:
            for term in line.replace(b"^^<", b" <").split(b" <")[:4]:
                name = term.removeprefix(b"<").partition(b">")[0]
                used.add(name[: max(name.rfind(b"/"), name.rfind(b"#")) + 1])
    return {prefix: namespace.decode() for namespace, prefix in sorted(namespaces.items()) if namespace in used}


class _Chunks(io.RawIOBase):
    """Chunks of bytes as a file to read, which is what pyoxigraph's parser takes."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # BufferedReader passes nothing else
        while not self._rest:
            try:
                self._rest = next(self._chunks)
            except StopIteration:
                return 0
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)


def _reader(chunks: Iterable[bytes]) -> io.BufferedReader:
    return io.BufferedReader(_Chunks(chunks), 1 << 16)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its place at the end; a device or pipe is written to directly."""
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as out:
                yield out
            return
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                yield out
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{path}: cannot be written ({reason}); what was there before is unchanged.") from error


def _umask() -> int:
    """What the process takes from the rights of new files; there is no way to ask but to set it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
