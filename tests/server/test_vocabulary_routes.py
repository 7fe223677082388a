"""What editors of queries ask for: terms to complete, and what is wrong with a query that is not run."""

import httpx
import pytest


def test_vocabulary_names_prefixes_classes_and_properties_with_how_often_they_are_used(web: httpx.Client) -> None:
    told = web.get("/sparql/terms").json()
    assert told["prefixes"]["ath"] == "https://w3id.org/podium/ns#"
    classes = {one["iri"].rpartition("#")[2]: one for one in told["classes"]}
    assert classes["Athlete"]["label"] == "athlete"
    assert classes["Athlete"]["comment"]
    assert classes["Athlete"]["count"] > 0
    counts = [one["count"] for one in told["properties"]]
    assert counts == sorted(counts, reverse=True)
    assert any(one["iri"].endswith("ns#coach") for one in told["properties"])
    assert any(one["iri"].endswith("/discipline/1500m") for one in told["things"])


def test_vocabulary_checks_a_query_without_running_it(web: httpx.Client) -> None:
    told = web.get("/sparql/check", params={"query": "SELECT * { ?a a ath:Atlete } LIMIT 1"}).json()
    assert told["error"] is None
    (warning,) = told["warnings"]
    assert (warning["code"], warning["line"], warning["column"]) == ("unknown-term", 1, 17)
    told = web.get("/sparql/check", params={"query": "SELECT *\n{ ?a a }"}).json()
    assert told["error"]["line"] == 2
    assert told["error"]["message"]
    assert told["warnings"] == []


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "DESCRIBE person:mira-tovald",
    ],
)
def test_vocabulary_checks_neither_ask_others_nor_take_long(query: str, web: httpx.Client) -> None:
    answer = web.get("/sparql/check", params={"query": query})
    assert answer.status_code == 200
    assert answer.json()["error"] is None
    assert answer.elapsed.total_seconds() < 10


def test_vocabulary_has_nothing_to_check_without_a_query(web: httpx.Client) -> None:
    assert web.get("/sparql/check").status_code == 400
