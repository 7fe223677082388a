import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import RdfFormat
from rdflib import Graph

from graph.errors import LookupFailedError, OutputError
from graph.export import FORMATS, Scope, article_iri, export, export_file
from graph.store.embedded import Store

BASE = "https://w3id.org/podium/id/"
SCOPES = [
    Scope("facts"),
    Scope("all"),
    Scope("article", BASE + "article/one"),
    Scope("entity", BASE + "person/mara-lindqvist"),
    Scope("entity", BASE + "person/mara-lindqvist", evidence=False),
]


def written(store: Store, form: RdfFormat, scope: Scope) -> tuple[bytes, int]:
    out = io.BytesIO()
    count = export(store, out, form, scope)
    return out.getvalue(), count


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: f"{scope.kind}-{scope.evidence}")
@pytest.mark.parametrize("name", FORMATS)
def test_export_writes_the_same_triples_in_every_format(small: Store, name: str, scope: Scope) -> None:
    data, count = written(small, FORMATS[name], scope)
    plain, _ = written(small, RdfFormat.N_TRIPLES, scope)
    found = {quad.triple for quad in ox.parse(data, FORMATS[name])}
    assert found == {quad.triple for quad in ox.parse(plain, RdfFormat.N_TRIPLES)}
    assert count == len(list(ox.parse(data, FORMATS[name]))) > 20


def test_export_of_facts_holds_facts_and_what_is_inferred_but_no_sentences(small: Store) -> None:
    data, _ = written(small, RdfFormat.TURTLE, Scope("facts"))
    text = data.decode()
    assert "ath:coaches person:mara-lindqvist" in text
    assert "ath:status ath:Former" in text
    assert "oa:exact" not in text
    assert "ath:evidence" not in text


def test_export_of_facts_brings_the_names_of_what_they_speak_of_and_no_others(small: Store) -> None:
    text = written(small, RdfFormat.TURTLE, Scope("facts"))[0].decode()
    assert 'rdfs:label "World Championships 2019"' in text
    assert 'rdfs:label "Doha"' in text  # named only by an edition that is named by a race
    assert 'rdfs:label "World Championships"' in text


def test_export_of_all_keeps_the_graphs_apart_in_trig(small: Store) -> None:
    data, count = written(small, RdfFormat.TRIG, Scope("all"))
    quads = set(ox.parse(data, RdfFormat.TRIG))
    assert quads == set(small.quads())
    assert count == len(quads)


def test_export_of_an_article_holds_its_claims_and_the_facts_it_supports(small: Store) -> None:
    text = written(small, RdfFormat.TRIG, Scope("article", BASE + "article/one"))[0].decode()
    assert "claim:one_coaching" in text
    assert "claim:two_coaching" not in text
    assert "coaching:tor-akesson_mara-lindqvist" in text
    assert "ath:position 1" in text  # claimed of a partly known race that was identified
    assert "coaching:tor-akesson_ana-ferreira-lopes" not in text


def test_export_of_an_entity_holds_its_evidence_if_wanted(small: Store) -> None:
    with_evidence = written(small, RdfFormat.TURTLE, SCOPES[3])[0].decode()
    without = written(small, RdfFormat.TURTLE, SCOPES[4])[0].decode()
    assert "The world champion ran 1:57.10" in with_evidence
    assert "oa:exact" not in without
    for text in (with_evidence, without):
        assert "person:tor-akesson rdfs:label" in text
        assert "otto-grau" not in text


def test_export_is_the_same_bytes_for_the_same_graph_whatever_the_order_of_writing(small: Store) -> None:
    quads = sorted(small.quads(), key=str, reverse=True)
    with Store.memory() as other:
        for quad in quads:
            other.write([quad])
        for scope in SCOPES:
            assert written(other, RdfFormat.TURTLE, scope) == written(small, RdfFormat.TURTLE, scope)


def test_export_as_turtle_is_read_by_rdflib_and_declares_only_what_it_uses(small: Store) -> None:
    data, count = written(small, RdfFormat.TURTLE, Scope("entity", BASE + "person/otto-grau", evidence=False))
    assert len(Graph().parse(data=data, format="turtle")) == count
    declared = {line.split()[1] for line in data.decode().splitlines() if line.startswith("@prefix")}
    assert "person:" in declared
    assert "coaching:" not in declared


@pytest.mark.parametrize(
    "name", ["one", "article:one", BASE + "article/one", f"<{BASE}article/one>", BASE + "graph/article_one"]
)
def test_export_knows_an_article_by_id_and_iri(small: Store, name: str) -> None:
    assert article_iri(small, name) == BASE + "article/one"


@pytest.mark.parametrize("name", ["three", "", "a b", "person:otto-grau", "{"])
def test_export_refuses_an_unknown_article(small: Store, name: str) -> None:
    with pytest.raises(LookupFailedError, match="no article"):
        article_iri(small, name)


@pytest.mark.parametrize("kind", ["article", "entity"])
def test_export_refuses_what_the_graph_does_not_hold(small: Store, kind: str) -> None:
    scope = Scope("article", BASE + "article/x") if kind == "article" else Scope("entity", BASE + "person/x")
    with pytest.raises(LookupFailedError):
        export(small, io.BytesIO(), RdfFormat.TURTLE, scope)


def test_export_of_an_empty_store_is_an_empty_file() -> None:
    with Store.memory() as empty:
        assert written(empty, RdfFormat.N_QUADS, Scope("all")) == (b"", 0)
        assert written(empty, RdfFormat.TURTLE, Scope("facts")) == (b"", 0)


def test_export_file_appears_whole(small: Store, tmp_path: Path) -> None:
    target = tmp_path / "facts.ttl"
    target.write_text("old")
    target.chmod(0o640)
    export_file(small, target, RdfFormat.TURTLE, Scope("facts"))
    assert target.read_bytes() == written(small, RdfFormat.TURTLE, Scope("facts"))[0]
    assert target.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [target]


def test_export_file_leaves_the_old_one_where_it_fails(small: Store, tmp_path: Path) -> None:
    target = tmp_path / "facts.ttl"
    target.write_text("old")
    with pytest.raises(LookupFailedError):
        export_file(small, target, RdfFormat.TURTLE, Scope("entity", BASE + "person/x"))
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(("path", "reason"), [("/dev/full", "No space left"), ("missing/facts.ttl", "No such file")])
def test_export_file_names_what_cannot_be_written(small: Store, tmp_path: Path, path: str, reason: str) -> None:
    with pytest.raises(OutputError, match=reason):
        export_file(small, tmp_path / path, RdfFormat.TURTLE, Scope("facts"))
    assert Path("/dev/full").is_char_device()
