from __future__ import annotations

import pytest

from graph.errors import QuerySyntaxError
from graph.sparql.explaining import MOST_COUNTED, explain


def test_explaining_shows_algebra_joins_and_counts() -> None:
    asked: list[str] = []

    def count(query: str) -> int:
        asked.append(query)
        return 7 if "athlete" in query else MOST_COUNTED

    query = """SELECT DISTINCT ?a { ?r ath:athlete ?a ; ath:year 2016 OPTIONAL { ?a ath:club ?c }
      { ?a a ath:Person } UNION { ?a a ath:Coach } FILTER(?a != ?c) } ORDER BY ?a LIMIT 4"""
    told = explain(query, count)
    assert told["form"] == "SELECT"
    assert told["algebra"].split("\n")[:4] == [
        "project ?a distinct order limit 4",
        "  join",
        "    ?r ath:athlete ?a",
        '    ?r ath:year "2016"^^<http://www.w3.org/2001/XMLSchema#integer>',
    ]
    assert told["patterns"][0] == {"pattern": "?r ath:athlete ?a", "triples": 7, "exact": True}
    assert told["patterns"][2] == {"pattern": "?a ath:club ?c", "triples": MOST_COUNTED, "exact": False}
    assert told["joins"][0]["on"] == ["?r"]
    assert [warning["code"] for warning in told["warnings"]] == ["required-after-optional"]
    assert all(f"LIMIT {MOST_COUNTED}" in one for one in asked)


def test_explaining_counts_no_path_of_any_length() -> None:
    told = explain("ASK { ?x ath:coach+ ?y . [] ath:club ?x }", lambda _: None)
    assert told["patterns"][0]["triples"] is None
    assert told["answer"].startswith("held back")


def test_explaining_refuses_what_is_no_query() -> None:
    with pytest.raises(QuerySyntaxError):
        explain("SELECT nothing", lambda _: 0)
