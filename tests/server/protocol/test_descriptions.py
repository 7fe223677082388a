"""What the service says of itself, as generic editors and crawlers read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from locally import Local, client_of

from server.description import EXTENSIONS
from server.examples import examples

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from graph.store.embedded import Store
    from server.settings import Settings

VOID = "/.well-known/void"
PREFIXES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}


def said(answer: TestResponse, query: str) -> list[tuple[str, ...]]:
    """The rows that a description gives."""
    assert answer.status_code == 200
    store = ox.Store()
    store.load(answer.data, ox.RdfFormat.from_media_type(answer.mimetype))
    return [tuple(term.value for term in row) for row in store.query(query, prefixes=PREFIXES)]


@pytest.fixture
def filled(store: Store) -> Store:
    """Three triples about two things in two graphs."""
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    marta, callum, athlete, label, one, two = (ox.NamedNode(f"urn:{name}") for name in "mcalxy")
    triples = [(marta, kind, athlete, one), (callum, kind, athlete, two), (marta, label, ox.Literal("Marta"), one)]
    store.write(ox.Quad(*triple) for triple in triples)
    return store


def test_description_names_what_the_endpoint_can_do(anyone: FlaskClient) -> None:
    answer = anyone.get("/sparql", headers={"Accept": "text/turtle"})
    query = "SELECT ?value { <http://localhost/sparql> a sd:Service ; %s ?value }"
    assert said(answer, query % "sd:endpoint") == [("http://localhost/sparql",)]
    assert {row[0].rpartition("#")[2] for row in said(answer, query % "sd:supportedLanguage")} == {
        "SPARQL11Query",
        "SPARQL11Update",
    }
    formats = {row[0].rpartition("/")[2] for row in said(answer, query % "sd:resultFormat")}
    assert {"SPARQL_Results_JSON", "SPARQL_Results_CSV", "Turtle", "JSON-LD", "N-Quads"} <= formats
    assert "RDF_XML" in {row[0].rpartition("/")[2] for row in said(answer, query % "sd:inputFormat")}


def test_description_tells_what_the_default_graph_is(anyone: FlaskClient, union: FlaskClient) -> None:
    query = "ASK { ?s sd:feature sd:UnionDefaultGraph ; sd:defaultDataset/sd:defaultGraph [] }"
    for client, expected in ((anyone, False), (union, True)):
        store = ox.Store()
        store.load(client.get("/sparql", headers={"Accept": "text/turtle"}).data, ox.RdfFormat.TURTLE)
        assert bool(store.query(query, prefixes=PREFIXES)) is expected


def test_description_tells_of_federation_where_there_is_some(store: Store, settings: Settings) -> None:
    client = client_of(Local(store), replace(settings, allow_hosts=("athletics.example",)))
    rows = said(client.get("/sparql"), "SELECT ?s { ?s sd:feature sd:BasicFederatedQuery }")
    assert rows == [("http://localhost/sparql",)]


@pytest.mark.parametrize("name", EXTENSIONS)
def test_description_names_functions_that_there_are(name: str) -> None:
    ox.Store().query(f"SELECT (<{name}>('x') AS ?value) {{}}").variables  # noqa: B018


@pytest.mark.parametrize("address", ["/sparql", VOID])
def test_descriptions_give_editors_prefixes_and_examples(anyone: FlaskClient, address: str) -> None:
    answer = anyone.get(address, headers={"Accept": "text/turtle"})
    prefixes = said(answer, "SELECT ?prefix ?namespace { [] sh:prefix ?prefix ; sh:namespace ?namespace }")
    assert {("ath", "https://w3id.org/podium/ns#"), ("person", "https://w3id.org/podium/id/person/")} <= set(prefixes)
    texts = "SELECT ?title ?text { ?q a sh:SPARQLExecutable ; rdfs:comment ?title ; sh:select|sh:ask ?text }"
    shown = said(answer, texts)
    assert set(shown) == {(example.title, example.query) for example in examples()}
    for _, query in shown:
        assert anyone.get("/sparql", query_string={"query": query}).status_code == 200


@pytest.mark.parametrize("form", ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"])
def test_void_counts(anyone: FlaskClient, filled: Store, form: str) -> None:
    answer = anyone.get(VOID, headers={"Accept": form})
    assert answer.mimetype == form
    kinds = ("triples", "entities", "classes", "properties")
    counted = {kind: said(answer, f"SELECT ?n {{ ?d a dcat:Dataset ; void:{kind} ?n }}") for kind in kinds}
    assert counted == {"triples": [("3",)], "entities": [("2",)], "classes": [("1",)], "properties": [("2",)]}
    classes = "SELECT ?c ?n { [] void:classPartition [ void:class ?c ; void:entities ?n ] }"
    assert said(answer, classes) == [("urn:a", "2")]
    properties = "SELECT ?p ?n { [] void:propertyPartition [ void:property ?p ; void:triples ?n ] }"
    assert ("urn:l", "1") in said(answer, properties)


def test_void_counts_anew_after_a_write(client: FlaskClient, filled: Store) -> None:
    query = "SELECT ?n { [] a dcat:Dataset ; void:triples ?n }"
    first = client.get(VOID)
    assert client.get(VOID, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    client.post("/sparql", data={"update": "INSERT DATA { GRAPH <urn:x> { <urn:new> <urn:l> 1 } }"})
    again = client.get(VOID, headers={"If-None-Match": first.headers["ETag"]})
    assert (said(first, query), said(again, query)) == ([("3",)], [("4",)])


def test_void_leads_to_the_data(anyone: FlaskClient, filled: Store) -> None:
    answer = anyone.get(VOID)
    assert said(answer, "SELECT ?e { [] a dcat:Dataset ; void:sparqlEndpoint ?e }") == [("http://localhost/sparql",)]
    dumps = said(answer, "SELECT ?d { [] void:dataDump ?d ; dcat:distribution [ dcat:downloadURL ?d ] }")
    assert len(dumps) == 6
    for (dump,) in dumps:
        assert anyone.get(dump.removeprefix("http://localhost")).status_code == 200
    assert anyone.get(VOID, headers={"Accept": "text/csv"}).status_code == 406
