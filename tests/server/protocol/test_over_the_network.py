"""The protocols as a client meets them, over the processes of a service."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "harbour-light"  # noqa: S105
TURTLE = "text/turtle; charset=utf-8"
UPDATE = "application/sparql-update"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client with a token of a service over an empty store."""
    options = ["--store", str(tmp_path_factory.mktemp("network") / "store"), "--port", "0", "--default-graph", "own"]
    process = subprocess.Popen(
        [sys.executable, "-m", "server.cli", "serve", *options],
        env=os.environ | {"PODIUM_TOKEN": TOKEN},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        headers = {"Authorization": f"Bearer {TOKEN}"}
        with httpx.Client(base_url=address, headers=headers, timeout=60) as client:
            yield client
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture(autouse=True)
def _empty(web: httpx.Client) -> None:
    assert update(web, "DROP ALL").status_code == 204


def update(web: httpx.Client, text: str, **chosen: list[str]) -> httpx.Response:
    parameters = {name.replace("_", "-"): iris for name, iris in chosen.items()}
    return web.post("/sparql", params=parameters, content=text, headers={"Content-Type": UPDATE})


def column(web: httpx.Client, query: str, **parameters: str) -> list[str]:
    answer = web.get("/sparql", params={"query": query} | parameters)
    assert answer.status_code == 200, answer.text
    return [row["o"]["value"] for row in answer.json()["results"]["bindings"]]


def test_network_updates_are_seen_at_once(web: httpx.Client) -> None:
    assert update(web, "INSERT DATA { <urn:callum> <urn:mark> <a> . GRAPH <urn:heat> { <urn:marta> <urn:place> 1 } }")
    old, new = "GRAPH ?g { ?s ?p ?o }", "GRAPH ?g { ?s ?p ?n }"
    for number in range(2, 12):
        update(web, f"DELETE {{ {old} }} INSERT {{ {new} }} WHERE {{ {old} BIND(?o + 1 AS ?n) }}")
        assert column(web, "SELECT ?o { GRAPH <urn:heat> { ?s ?p ?o } }") == [str(number)]
    assert column(web, "SELECT ?o { ?s ?p ?o }") == [str(web.base_url.join("/a"))]


def test_network_updates_see_what_the_protocol_chooses(web: httpx.Client) -> None:
    for number, name in enumerate(("heat", "final"), 1):
        update(web, f"INSERT DATA {{ GRAPH <urn:{name}> {{ <urn:marta> <urn:place> {number} }} }}")
    text = "INSERT { GRAPH <urn:out> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert update(web, text, using_graph_uri=["urn:final"]).status_code == 204
    assert column(web, "SELECT ?o { GRAPH <urn:out> { ?s ?p ?o } }") == ["2"]
    assert update(web, f"WITH <urn:heat> {text}", using_graph_uri=["urn:final"]).status_code == 400


def test_network_no_update_is_lost_among_many(web: httpx.Client) -> None:
    update(web, "INSERT DATA { <urn:laps> <urn:run> 0 }")
    text = "DELETE { ?s ?p ?o } INSERT { ?s ?p ?n } WHERE { ?s ?p ?o FILTER(?s = <urn:laps>) BIND(?o + 1 AS ?n) }"
    with ThreadPoolExecutor(8) as runners:
        statuses = set(runners.map(lambda _: update(web, text).status_code, range(40)))
    assert statuses == {204}
    assert column(web, "SELECT ?o { <urn:laps> <urn:run> ?o }") == ["40"]


def test_network_graphs_come_and_go(web: httpx.Client) -> None:
    heat = {"graph": "urn:heat"}
    long = "".join(f"<urn:runner{number}> <urn:place> {number} .\n" for number in range(60_000))
    assert web.put("/store", params=heat, content=long, headers={"Content-Type": TURTLE}).status_code == 201
    assert column(web, "SELECT (COUNT(*) AS ?o) { GRAPH <urn:heat> { ?s ?p ?x } }") == ["60000"]
    head, whole = web.head("/store", params=heat), web.get("/store", params=heat)
    assert head.headers["Content-Type"] == whole.headers["Content-Type"] == TURTLE
    assert int(head.headers["Content-Length"]) > len(long)
    seen = {"If-Match": whole.headers["ETag"], "Content-Type": TURTLE}
    assert web.put("/store", params=heat, content="<urn:a> <urn:b> 1 .", headers=seen).status_code == 204
    assert web.put("/store", params=heat, content="<urn:a> <urn:b> 2 .", headers=seen).status_code == 412
    files = {"a": ("a.ttl", "<urn:a> <urn:b> 3 .", TURTLE), "b": ("b.ttl", "<urn:a> <urn:b> 4 .", TURTLE)}
    assert web.post("/store", params=heat, files=files).status_code == 200
    assert sorted(column(web, "SELECT ?o { GRAPH <urn:heat> { ?s ?p ?o } }")) == ["1", "3", "4"]
    assert web.delete("/store", params=heat).status_code == 200
    assert web.get("/store", params=heat).status_code == 404


def test_network_graphs_may_be_empty(web: httpx.Client) -> None:
    assert web.put("/store/heat", content="", headers={"Content-Type": TURTLE}).status_code == 201
    assert web.head("/store/heat").status_code == 200
    assert update(web, "CREATE GRAPH <urn:other>").status_code == 204
    assert update(web, "CREATE GRAPH <urn:other>").status_code == 400
    assert web.get("/store", params={"graph": "urn:other"}).status_code == 200


def test_network_data_that_is_wrong_changes_nothing(web: httpx.Client) -> None:
    answer = web.put("/store/heat", content="<urn:a> <urn:b>", headers={"Content-Type": TURTLE})
    assert (answer.status_code, answer.json()["line"]) == (400, 1)
    assert web.get("/store/heat").status_code == 404
    assert update(web, "CLEAR ALL ;\nINSERT DATA { <urn:a> }").json()["line"] == 2


def test_network_time_out_is_told(web: httpx.Client) -> None:
    numbers = " ".join(map(str, range(300)))
    values = " ".join(f"VALUES ?{name} {{ {numbers} }}" for name in "abcd")
    query = f"SELECT (SUM(?a * ?b * ?c * ?d) AS ?o) {{ {values} }}"
    answer = web.get("/sparql", params={"query": query, "timeout": "0.3"})
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["limit"] == "timeout"


def test_network_void_counts(web: httpx.Client) -> None:
    update(web, "INSERT DATA { GRAPH <urn:g> { <urn:marta> a <urn:Athlete> } }")
    answer = web.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    assert '<http://rdfs.org/ns/void#triples> "1"' in answer.text
    again = web.get(
        "/.well-known/void", headers={"Accept": "application/n-triples", "If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_network_tells_of_chosen_graphs_that_are_not_there(web: httpx.Client) -> None:
    update(web, "INSERT DATA { GRAPH <http://news.example.org/heat> { <urn:marta> <urn:place> 1 } }")

    def chosen(*names: str) -> httpx.Response:
        iris = [f"http://news.example.org/{name}" for name in names]
        return web.get("/sparql", params={"query": "SELECT ?o { ?s ?p ?o } LIMIT 9", "default-graph-uri": iris})

    assert "Podium-Warning" not in chosen("heat").headers
    warned = chosen("heat", "final")
    assert len(warned.json()["results"]["bindings"]) == 1
    assert "nothing in the chosen graph <http://news.example.org/final>," in warned.headers["Podium-Warning"]
    assert "and 2 more" in chosen("a", "b", "c", "d", "e").headers["Podium-Warning"]
    done = update(web, "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", using_graph_uri=["urn:final"])
    assert (done.status_code, "<urn:final>" in done.headers["Podium-Warning"]) == (204, True)
    assert update(web, "CLEAR ALL", using_graph_uri=["no iri"]).status_code < 500


def test_network_tells_of_a_load_that_silence_hides(web: httpx.Client) -> None:
    done = update(web, "INSERT DATA { <urn:a> <urn:b> 1 } ; LOAD SILENT <http://127.0.0.1:9/x.ttl>")
    assert done.status_code == 204
    assert "LOAD SILENT <http://127.0.0.1:9/x.ttl> did nothing" in done.headers["Podium-Warning"]
    assert column(web, "SELECT ?o { ?s ?p ?o }") == ["1"]
