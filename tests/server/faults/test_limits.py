"""Queries that ask for too much, and clients that behave badly: each ends in time, cleanly, and harms nobody else."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import monotonic, perf_counter, sleep
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import psutil
import pytest
from served_command import DEADLINE, TOKEN

if TYPE_CHECKING:
    from served_command import Service

_PROBLEM = "application/problem+json"
_ENDLESS = {
    "count of a product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "rows of a product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "sorted product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i LIMIT 5",
    "distinct product": "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "path without ends": "SELECT (COUNT(*) AS ?n) { ?a (<urn:no>|!<urn:no>)+ ?b . ?c (<urn:no>|!<urn:no>)+ ?d }",
    "groups": "SELECT ?a (COUNT(DISTINCT ?i) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a",
    "constructed product": "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "asked product": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?c), STR(?f), STR(?i))) = 1) }",
}
_LIGHT = "SELECT ?s ?o { ?s rdfs:label ?o } LIMIT 1"


def _ask(web: httpx.Client, query: str, **more: str) -> httpx.Response:
    return web.get("/sparql", params={"query": query, **more})


@pytest.mark.parametrize("query", _ENDLESS.values(), ids=_ENDLESS.keys())
def test_what_takes_too_long_ends_soon_after_its_deadline_with_a_problem_that_says_so(
    web: httpx.Client, query: str
) -> None:
    start = perf_counter()
    answer = _ask(web, query, timeout="1")

    assert perf_counter() - start < 10
    assert answer.status_code in {503, 507, 413}
    assert answer.headers["content-type"].startswith(_PROBLEM)
    problem = answer.json()
    assert problem["limit"] in {"timeout", "memory", "output"}
    assert problem["status"] == answer.status_code
    assert problem["detail"]
    assert _ask(web, _LIGHT).status_code == 200


def test_the_service_has_a_deadline_of_its_own_that_no_client_can_raise(web: httpx.Client) -> None:
    start = perf_counter()
    answer = _ask(web, _ENDLESS["count of a product"], timeout="60")

    assert answer.status_code == 503
    assert DEADLINE - 0.2 < perf_counter() - start < DEADLINE + 10


@pytest.mark.parametrize("timeout", ["-1", "0", "nan", "inf", "soon", "1e400", ""])
def test_a_timeout_that_is_none_is_refused(web: httpx.Client, timeout: str) -> None:
    assert _ask(web, _LIGHT, timeout=timeout).status_code == 400


def test_a_product_that_starts_to_answer_at_once_is_never_cut_silently(web: httpx.Client) -> None:
    """Held back or broken off: what comes with 200 is whole."""
    try:
        answer = _ask(web, _ENDLESS["rows of a product"])
    except httpx.RemoteProtocolError:
        return
    assert answer.status_code != 200 or json.loads(answer.content)


def test_a_query_that_grows_its_strings_without_end_is_stopped(web: httpx.Client) -> None:
    doubling = " ".join(f"BIND(CONCAT(?s{n},?s{n}) AS ?s{n + 1})" for n in range(40))
    answer = _ask(web, f"SELECT (STRLEN(?s40) AS ?n) {{ BIND('0123456789' AS ?s0) {doubling} }}")

    assert answer.status_code in {507, 503}
    assert answer.headers["content-type"].startswith(_PROBLEM)
    assert _ask(web, _LIGHT).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        f"ASK {{ FILTER({'(' * 10_000}true{')' * 10_000}) }}",
        f"SELECT * {'{ ' * 10_000}{'} ' * 10_000}",
        f"ASK {{ FILTER({'!' * 50_000}true) }}",
        "SELECT * { " + "OPTIONAL { ?s ?p ?o } " * 20_000 + "}",
        "SELECT * { ?s ?p ?o " + "UNION { ?s ?p ?o } " * 20_000 + "}",
        "ASK { ?s " + "/".join(["<urn:p>"] * 20_000) + " ?o }",
        "ASK { FILTER(" + "+".join(["1"] * 20_000) + " > 0) }",
        "\x00",
        "SELECT",
        "",
        "{" * 100_000,
    ],
    ids=["parentheses", "groups", "not", "optional", "union", "path", "sum", "nul", "cut", "empty", "braces"],
)
def test_queries_that_are_monsters_are_refused_and_nothing_falls(web: httpx.Client, query: str) -> None:
    answer = web.post("/sparql", data={"query": query})

    assert 400 <= answer.status_code < 500
    assert _ask(web, _LIGHT).status_code == 200


def test_clients_that_go_away_leave_no_work_behind(service: Service) -> None:
    connections = []
    for number in range(8):
        query = quote(_ENDLESS["count of a product"] + f" # {number}")
        connection = socket.create_connection(("127.0.0.1", service.port))
        connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        connections.append(connection)
    sleep(0.4)
    for connection in connections:
        connection.close()
    sleep(1.0)
    before = service.cpu()
    sleep(0.5)

    assert service.cpu() - before < 0.25


def test_light_queries_are_answered_beside_heavy_ones(service: Service) -> None:
    """How fast is for `benchmarks/service.py` to say: other tests run at the same time."""
    with ThreadPoolExecutor(16) as pool, httpx.Client(base_url=service.url, timeout=60) as web:
        heavy = [
            pool.submit(httpx.get, f"{service.url}sparql", params={"query": f"{query} # {n}"}, timeout=60)
            for n in range(2)
            for query in _ENDLESS.values()
        ]
        sleep(0.3)
        under_way = sum(not one.done() for one in heavy)
        light = [_ask(web, f"{_LIGHT} # {n}").status_code for n in range(10)]
        ends = {one.result().status_code for one in heavy}

    assert under_way > 8
    assert set(light) == {200}
    assert ends <= {503, 507, 413, 429}


def test_more_than_can_wait_is_told_when_to_come_back(service: Service) -> None:
    def heavy(number: int) -> httpx.Response:
        query = f"{_ENDLESS['count of a product']} # {number}"
        return httpx.get(f"{service.url}sparql", params={"query": query}, timeout=60)

    with ThreadPoolExecutor(150) as pool:
        answers = list(pool.map(heavy, range(150)))
    refused = [answer for answer in answers if answer.status_code == 429]

    assert {answer.status_code for answer in answers} <= {429, 503, 507}
    assert refused
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in refused)
    assert all(answer.headers["content-type"].startswith(_PROBLEM) for answer in answers)


def test_a_body_that_unpacks_without_end_is_refused(web: httpx.Client) -> None:
    bomb = gzip.compress(b"SELECT * { ?s ?p ?o } #" + b" " * 300_000_000)
    headers = {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}
    start = perf_counter()

    assert web.post("/sparql", content=bomb, headers=headers).status_code in {413, 415}
    assert perf_counter() - start < 20


def test_a_body_that_is_too_long_is_refused(web: httpx.Client) -> None:
    answer = web.post("/sparql", data={"query": "SELECT * { ?s ?p ?o } #" + "x" * 5_000_000})
    assert answer.status_code == 413


def test_headers_that_never_end_hold_up_nobody(service: Service, web: httpx.Client) -> None:
    slow = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(100)]
    for connection in slow:
        connection.sendall(b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")

    assert _ask(web, _LIGHT).status_code == 200
    for connection in slow:
        connection.close()


def test_increments_of_one_counter_at_the_same_time_are_all_counted(service: Service) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
    counter = "<urn:x-test:counter> <urn:x-test:value>"

    def update(text: str) -> int:
        return httpx.post(f"{service.url}sparql", content=text, headers=headers, timeout=60).status_code

    assert update(f"INSERT DATA {{ {counter} 0 }}") in {200, 204}
    step = f"DELETE {{ {counter} ?n }} INSERT {{ {counter} ?m }} WHERE {{ {counter} ?n BIND(?n + 1 AS ?m) }}"
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(update, [step] * 80)) <= {200, 204}
    found = httpx.get(
        f"{service.url}sparql",
        params={"query": f"SELECT ?n {{ {counter} ?n }}"},
        headers={"Accept": "application/sparql-results+json"},
    ).json()

    assert [row["n"]["value"] for row in found["results"]["bindings"]] == ["80"]
    assert update(f"DELETE WHERE {{ {counter} ?n }}") in {200, 204}


def test_readers_that_are_killed_from_outside_are_replaced_at_once(service: Service, web: httpx.Client) -> None:
    assert _ask(web, _LIGHT).status_code == 200
    _answers_after_killing([one for child in service.process.children() for one in child.children()], web, 0.0)


def test_all_processes_behind_the_service_may_be_killed(service: Service, web: httpx.Client) -> None:
    _answers_after_killing(service.family()[1:], web, 20.0)


def test_service_is_not_ready_while_its_writer_is_started_again(service: Service, web: httpx.Client) -> None:
    _until_ready(web)
    (writer,) = (process for process in service.family() if "graph.engine.writer" in process.cmdline())
    writer.kill()
    psutil.wait_procs([writer], timeout=0.2)

    refused = web.get("/health/ready")
    assert (refused.status_code, refused.json()["status"]) == (503, "unavailable")
    assert "writer" in refused.json()["reason"]
    assert web.get("/health/live").status_code == 200
    _until_ready(web)


def _until_ready(web: httpx.Client) -> None:
    until = monotonic() + 20
    while (answered := web.get("/health/ready")).status_code != 200:
        assert monotonic() < until, answered.text
        sleep(0.05)


def _answers_after_killing(processes: list[psutil.Process], web: httpx.Client, patience: float) -> None:
    """Kills processes while queries come; within `patience` seconds all is well again."""
    answers: list[int] = []

    def ask() -> None:
        answers.extend(_ask(web, f"{_LIGHT} # {n}").status_code for n in range(50))

    asking = threading.Thread(target=ask)
    asking.start()
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    asking.join()
    until = monotonic() + patience
    while (status := _ask(web, _LIGHT).status_code) != 200 and monotonic() < until:
        sleep(0.1)

    assert processes
    assert set(answers) <= {200, 503}
    assert status == 200
