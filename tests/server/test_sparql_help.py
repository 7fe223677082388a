"""Warnings, `?explain=1` and `?provenance=1` of a running service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx

PLACES = "SELECT ?athlete ?position { ?r ath:athlete ?athlete ; ath:position ?position } ORDER BY ?position LIMIT 9"
PRODUCT = "SELECT * { ?a ath:athlete ?b . ?c ath:coach ?d } LIMIT 9"


def test_sparql_help_warns_in_a_header(web: httpx.Client) -> None:
    warned = web.get("/sparql", params={"query": PRODUCT, "format": "json"})
    assert "share no variable" in warned.headers["Podium-Warning"]
    assert "Podium-Warning" not in web.get("/sparql", params={"query": PLACES, "format": "json"}).headers


def test_sparql_help_warns_on_the_page(web: httpx.Client) -> None:
    page = web.get("/sparql", params={"query": PRODUCT, "format": "html"}).text
    assert 'id="warnings"' in page
    assert "line 1, column 32" in page
    assert 'id="warnings"' not in web.get("/sparql", params={"query": PLACES, "format": "html"}).text


def test_sparql_help_explains(web: httpx.Client) -> None:
    told = web.get("/sparql", params={"query": PRODUCT, "explain": "1"}).json()
    assert [one["exact"] for one in told["patterns"]] == [True, True]
    assert told["warnings"][0]["code"] == "cartesian-product"
    wrong = web.get("/sparql", params={"query": "SELECT nothing", "explain": "1"})
    assert wrong.status_code == 400


@pytest.mark.parametrize("form", ["json", "csv", "tsv", "xml", "html"])
def test_sparql_help_traces_rows(form: str, web: httpx.Client) -> None:
    answer = web.get("/sparql", params={"query": PLACES, "provenance": "1", "format": form})
    assert answer.status_code == 200
    assert "articles" in answer.text
    assert "/article/bay-post" in answer.text
    if form == "html":
        assert '<a href="/article/bay-post"' in answer.text
    if form == "csv":
        assert [line.count(",") for line in answer.text.split()] == [2, 2, 2]


def test_sparql_help_says_why_rows_cannot_be_traced(web: httpx.Client) -> None:
    answer = web.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "provenance": "1"})
    assert answer.status_code == 400
    assert "aggregates" in answer.json()["detail"]


def test_sparql_help_tells_of_a_service_that_was_not_asked(web: httpx.Client) -> None:
    query = "SELECT * { SERVICE SILENT <http://127.0.0.1:9/x> { ?s ?p ?o } }"
    answer = web.get("/sparql", params={"query": query, "format": "json"})
    assert len(answer.json()["results"]["bindings"]) == 1
    assert "SERVICE SILENT <http://127.0.0.1:9/x> was not asked" in answer.headers["Podium-Warning"]
    assert web.get("/sparql", params={"query": query.replace("SILENT ", "")}).status_code == 403
