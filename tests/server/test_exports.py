import pyoxigraph as ox
import pytest

from graph.store.embedded import Store

_GRAPH = "https://w3id.org/podium/id/graph/"


def test_exports_turtle_holds_the_facts_and_their_names_and_no_evidence(web, harbour):
    answer = web.get("/export.ttl")
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert "podium.ttl" in answer.headers["Content-Disposition"]
    found = {(t.subject, t.predicate, t.object) for t in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)}
    with Store.open(harbour) as store:
        kept = {(q.subject, q.predicate, q.object) for q in store.quads(graph=ox.NamedNode(f"{_GRAPH}facts"))}
    assert kept
    assert kept <= found
    assert '"Mira Tøvald"' in {str(term) for triple in found for term in triple}
    assert "Her coach" not in answer.text


@pytest.mark.parametrize(("extension", "form"), [("trig", ox.RdfFormat.TRIG), ("nq", ox.RdfFormat.N_QUADS)])
def test_exports_with_graphs_lose_nothing(web, harbour, extension, form):
    with Store.open(harbour) as store:
        expected = set(store.quads())
    assert set(ox.parse(web.get(f"/export.{extension}").content, format=form)) == expected


@pytest.mark.parametrize("extension", ["nt", "jsonld", "rdf"])
def test_exports_come_in_the_other_formats_too(web, extension):
    assert len(web.get(f"/export.{extension}").content) > 1000


def test_exports_unknown_extensions_are_named(web):
    answer = web.get("/export.xlsx")
    assert answer.status_code == 404
    assert "ttl" in answer.json()["detail"]


def test_exports_of_an_empty_store_are_files_without_articles(empty):
    for extension, form in (("ttl", ox.RdfFormat.TURTLE), ("trig", ox.RdfFormat.TRIG)):
        answer = empty.get(f"/export.{extension}", buffered=True)
        assert answer.status_code == 200
        assert not [quad for quad in ox.parse(answer.data, format=form) if "/article/" in quad.subject.value]
