"""The engine as a source: what is written is read at once, and pages' functions work over it as over a store."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef

from graph.articles.inputs import read_inputs
from graph.browsing import card, conflicts, find, path
from graph.engine.engine import Engine
from graph.engine.settings import EngineSettings
from graph.errors import AmbiguousNameError, QueryError, QuerySyntaxError, QueryTimeoutError
from graph.export import Scope, export
from graph.pipeline import articles, open_store
from graph.store.base import Limits, Source

ENDLESS = f"SELECT (count(*) AS ?n) {{ {' '.join(f'?a{i} ?b{i} ?c{i} .' for i in range(9))} }}"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A store with the seeds in it, closed."""
    folder = tmp_path_factory.mktemp("engine") / "store"
    with Engine.start(folder) as engine:
        reports = list(engine.ingest(read_inputs([str(root / "seeds")])))
        assert {report.outcome for report in reports} == {"added"}
    shutil.copytree(folder, folder.with_name("copy"))
    return folder


@pytest.fixture(scope="module")
def engine(stored: Path) -> Iterator[Engine]:
    with Engine.start(stored) as found:
        yield found


def test_reads_see_every_write_that_was_answered(tmp_path: Path) -> None:
    for memory in ("off", "on"):
        with Engine.start(tmp_path / memory, EngineSettings(memory=memory)) as engine:

            def write(writer: int, engine: Engine = engine) -> None:
                for number in range(15):
                    engine.update(f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:s{writer}> <urn:p> {number} }} }}")
                    assert engine.ask(f"ASK {{ <urn:s{writer}> <urn:p> {number} }}")

            with ThreadPoolExecutor(4) as pool:
                list(pool.map(write, range(4)))
            (row,) = engine.select("SELECT (count(*) AS ?n) { ?s ?p ?o }")
            assert row["n"].toPython() == 60


def test_terms_and_errors_are_as_over_a_store(engine: Engine) -> None:
    (row,) = engine.select('SELECT ("x" AS ?a) ("y"@en AS ?b) ?c {}', {"c": URIRef("urn:c")})
    assert row == {"a": Literal("x"), "b": Literal("y", lang="en"), "c": URIRef("urn:c")}
    assert len(engine.construct("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 7")) == 7
    with pytest.raises(QueryError, match="not an ASK"):
        engine.ask("SELECT * {}")
    with pytest.raises(QuerySyntaxError):
        engine.select("SELECT * {")
    with pytest.raises(QueryTimeoutError):
        engine.answer(ENDLESS, limits=Limits(seconds=0.5, memory=8 << 30))


def test_pages_are_those_of_a_store(stored: Path, engine: Engine) -> None:
    over_engine = _pages(engine)
    with open_store(stored.with_name("copy")) as store:
        assert over_engine == _pages(store)


def _pages(source: Source) -> list[object]:
    entries = articles(source)
    names = [
        str(row["label"])
        for row in source.select(
            "SELECT DISTINCT ?label { ?s a ath:Athlete ; rdfs:label ?label } ORDER BY ?label LIMIT 6"
        )
    ]
    assert len(names) == 6
    found: list[object] = [entries, conflicts(source)]
    iris = []
    for name in names:
        try:
            iris.append(find(source, name).iri)
        except AmbiguousNameError as error:
            iris.append(error.candidates[0][0])
        found.append(card(source, iris[-1]))
    found.append(path(source, iris[0], iris[-1]))
    triples = BytesIO()
    export(source, triples, ox.RdfFormat.N_QUADS, Scope("all"))
    lines = [line for line in triples.getvalue().splitlines() if b"_:" not in line]
    assert len(lines) > 1000
    return [*found, sorted(lines)]
