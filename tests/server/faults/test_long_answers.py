"""Long answers leave while they are made: nobody waits for the last row to see the first."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import httpx
import pytest
from served_command import TOKEN, command

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROWS = 100_000


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    races = b"".join(
        b'<http://a.example/race%d> <http://a.example/won-by> "Achieng Otiwa" .\n' % number for number in range(_ROWS)
    )
    store = tmp_path_factory.mktemp("long") / "store"
    with command(store) as running, httpx.Client(base_url=running.url, timeout=60) as client:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/n-triples"}
        put = client.put("/store", params={"graph": "http://a.example/races"}, content=races, headers=headers)
        assert put.status_code == 201
        yield client


@pytest.mark.parametrize(
    ("query", "rows"),
    [("SELECT * { ?s ?p ?o } LIMIT 100000", b'"bindings"'), ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", b"Achieng")],
)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_the_first_bytes_of_a_long_answer_leave_well_before_the_last(
    full: httpx.Client, query: str, rows: bytes, encoding: str
) -> None:
    parts = []
    for attempt in range(5):  # the best, as the machine may have something else to do
        began = perf_counter()
        with full.stream(
            "GET",
            "/sparql",
            params={"query": f"{query} # {encoding} {attempt}"},
            headers={"Accept-Encoding": encoding, "Accept": "application/sparql-results+json, application/n-triples"},
        ) as answer:
            assert answer.status_code == 200
            chunks = answer.iter_bytes()
            first = next(chunks)
            seen = perf_counter() - began
            body = first + b"".join(chunks)
        parts.append(seen / (perf_counter() - began))
        assert rows in first
        assert body.count(b"Achieng Otiwa") == _ROWS
    assert min(parts) < 0.6
