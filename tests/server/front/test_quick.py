"""Queries answered in the event loop: the same to the last header as what the app answers, and nothing lost."""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import shutil
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import psutil
import pytest
from served_command import TOKEN, command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from served_command import Service

DEADLINE = 4.0
MIRA = "<https://w3id.org/podium/id/person/mira-tovald>"
SELECT = f"SELECT ?p ?o WHERE {{ {MIRA} ?p ?o }} ORDER BY ?p ?o LIMIT 3"
GRAPH = f"CONSTRUCT {{ {MIRA} ?p ?o }} WHERE {{ {MIRA} ?p ?o }} ORDER BY ?p ?o LIMIT 3"
LONGER = f"SELECT * {{ {MIRA} ?p ?o . ?p ?q ?r }} ORDER BY ?p ?o ?q ?r LIMIT 30"
LARGE = "SELECT * { ?s ?p ?o . FILTER(isIRI(?s)) }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
JSON = "application/sparql-results+json"
CHANGING = {"date", "ratelimit"}
_numbers = count()


@dataclass(frozen=True)
class Answer:
    status: int
    fields: list[tuple[str, str]]
    body: bytes


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("quick") / "requests.jsonl"


@pytest.fixture(scope="module")
def service(harbour: Path, log: Path) -> Iterator[Service]:
    store = log.with_name("store")
    shutil.copytree(harbour, store)
    with command(store, "--timeout", str(DEADLINE), "--log", str(log)) as running:
        yield running


def ask(
    service: Service, parameters: dict[str, str] | None, *, method: str = "GET", body: str = "", **fields: str
) -> Answer:
    """One request; the headers of the answer by lower-case name, in the order of the alphabet."""
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    target = f"/sparql?{urlencode(parameters)}" if parameters is not None else "/sparql"
    with closing(http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)) as client:
        client.request(method, target, body.encode() or None, headers)
        answer = client.getresponse()
        found = [(name.lower(), value) for name, value in answer.getheaders()]
        data = answer.read()
    return Answer(answer.status, sorted(pair for pair in found if pair[0] not in CHANGING), data)


def untimed(answer: Answer) -> Answer:
    """The answer without what a page says of how long it took, and the header of its own that follows from that."""
    body = re.sub(rb"<span>[0-9,]+ ms</span>", b"", answer.body)
    return Answer(answer.status, [pair for pair in answer.fields if pair[0] != "content-length"], body)


def fresh(query: str) -> str:
    """The query as nobody has asked it yet, in a shape that is known once another of these was asked."""
    return f"{query} # {next(_numbers)}"


def through_app(service: Service, parameters: dict[str, str], **fields: str) -> Answer:
    """The answer of the app: it alone looks at If-None-Match, and nobody asks under this name besides."""
    return ask(service, parameters, **{"Host": "elsewhere", "If-None-Match": '"another"'} | fields)


def quick(service: Service) -> float:
    """How many queries the event loop has answered itself."""
    client = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
    client.request("GET", "/metrics")
    text = client.getresponse().read().decode()
    client.close()
    (line,) = (line for line in text.splitlines() if line.startswith("podium_queries_quick_total "))
    return float(line.split()[1])


@pytest.mark.parametrize(
    ("query", "more", "fields"),
    [
        (SELECT, {}, {}),
        (SELECT, {}, {"Accept": "*/*"}),
        (SELECT, {}, {"Accept": "text/csv"}),
        (SELECT, {}, {"Accept": "application/sparql-results+xml, */*;q=0.1"}),
        (SELECT, {}, {"Accept": f"{JSON}, text/turtle", "Accept-Encoding": "gzip"}),
        (LONGER, {}, {"Accept-Encoding": "gzip"}),
        (LONGER, {}, {"Accept-Encoding": "zstd"}),
        (LONGER, {}, {"Accept-Encoding": "br"}),
        (SELECT, {"format": "tsv"}, {}),
        (SELECT, {"format": "xml"}, {"Accept": "text/html"}),
        (SELECT.replace("LIMIT 3", "LIMIT 0"), {}, {}),
        ("ASK { ?s ?p ?o }", {}, {}),
        ("ASK { ?s ?p 'æøå – 𝄞' }", {"format": "xml"}, {}),
        (GRAPH, {}, {}),
        (GRAPH, {"format": "nt"}, {}),
        (GRAPH, {}, {"Accept": "application/ld+json"}),
        (f"DESCRIBE {MIRA}", {}, {"Accept": "application/n-triples"}),
        (f"SELECT ?a {{ {MIRA} ?a ?b . {MIRA} ath:noSuchTerm ?d }} LIMIT 1", {}, {}),
        (f"SELECT ?p {{ {MIRA} ?p ?o FILTER(?o < 5) }} LIMIT 2", {}, {}),
    ],
)
def test_a_quick_answer_is_the_one_of_the_app(
    service: Service, query: str, more: dict[str, str], fields: dict[str, str]
) -> None:
    ask(service, {"query": fresh(query), **more}, **fields)  # from now on the shape is known
    for _ in range(20):  # where the machine is busy, there may be no reader at hand
        parameters = {"query": fresh(query), **more}
        before = quick(service)
        found = ask(service, parameters, **fields)
        assert found.status == 200
        if quick(service) > before:
            break
    assert quick(service) == before + 1
    assert found == through_app(service, parameters, **fields)
    assert quick(service) == before + 1
    assert found == ask(service, parameters, **fields)
    assert quick(service) == before + 1, "the second time it is in the cache"


def logged(log: Path, query: str, lines: int) -> list[dict[str, object]]:
    """What the request log says of a query, once there are so many lines."""
    digest = hashlib.sha256(query.encode()).hexdigest()[:16]
    for _ in range(100):
        found = [json.loads(line) for line in log.read_text("utf-8").splitlines() if digest in line]
        if len(found) >= lines:
            break
        time.sleep(0.05)
    return found


@pytest.mark.parametrize(
    ("query", "rows"), [(SELECT, 3), (GRAPH, 3), (SELECT.replace("LIMIT 3", "LIMIT 0"), 0), ("ASK { ?s ?p ?o }", None)]
)
def test_the_log_has_the_rows_whoever_answers(service: Service, log: Path, query: str, rows: int | None) -> None:
    mine = fresh(query)
    ask(service, {"query": fresh(query)})
    for _ in range(2):  # by the loop, most likely, and from the cache
        ask(service, {"query": mine})
    through_app(service, {"query": mine})
    ask(service, {"query": mine, "download": "1"})
    lines = logged(log, mine, 4)
    assert [line.get("rows") for line in lines] == [rows] * 4
    assert lines[1]["outcome"] == "cached"


def test_the_log_has_the_rows_of_a_long_answer(service: Service, log: Path) -> None:
    mine = fresh(f"{LARGE} LIMIT 1000")
    body = ask(service, {"query": mine, "format": "tsv"}).body
    assert [line["rows"] for line in logged(log, mine, 1)] == [body.count(b"\n") - 1]


def test_a_form_is_answered_as_an_address(service: Service) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    ask(service, {"query": fresh(SELECT)})
    for _ in range(20):
        parameters = {"query": fresh(SELECT)}
        before = quick(service)
        found = ask(service, None, method="POST", body=urlencode(parameters), **kind)
        if quick(service) > before:
            break
    assert quick(service) == before + 1
    other = {"Host": "elsewhere", "If-None-Match": '"another"'}
    assert found == ask(service, None, method="POST", body=urlencode(parameters), **kind, **other)
    assert quick(service) == before + 1
    assert found == through_app(service, parameters)


@pytest.mark.parametrize(
    ("query", "more", "fields"),
    [
        (SELECT, {"timeout": "1"}, {}),
        (SELECT, {"download": "1"}, {}),
        (SELECT, {"explain": "1"}, {}),
        (SELECT, {"format": "html"}, {}),
        (SELECT, {"format": "nothing"}, {}),
        (SELECT, {"default-graph-uri": "https://w3id.org/podium/id/article/bay-post"}, {}),
        (SELECT, {}, {"Accept": "text/html"}),
        (SELECT, {}, {"Accept": "image/png"}),
        (SELECT, {}, {"Accept": "text/turtle"}),
        (SELECT, {}, {"Authorization": f"Bearer {TOKEN}"}),
        ("SELECT ?s FROM <https://w3id.org/podium/id/article/bay-post> { ?s ?p ?o } LIMIT 1", {}, {}),
        ("SELECT ?s FROM <http://127.0.0.1/none> { ?s ?p ?o } LIMIT 1", {}, {}),
        ("SELECT ?s { SERVICE <http://127.0.0.1/none> { ?s ?p ?o } } LIMIT 1", {}, {}),
        ("SELECT ?s { SERVICE SILENT <http://127.0.0.1/none> { ?s ?p ?o } } LIMIT 1", {}, {}),
        ("SELECT ?s { ?s <relative> ?o } LIMIT 1", {}, {}),
        ("SELECT (RAND() AS ?r) {}", {}, {}),
        ("SELEC ?s { ?s ?p ?o }", {}, {}),
        ("SELECT ?s { ?s nowhere:p ?o }", {}, {}),
        ("", {}, {}),
        (f"SELECT ?s {'{' * 300} ?s ?p ?o {'}' * 300}", {}, {}),
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_the_app(
    service: Service, query: str, more: dict[str, str], fields: dict[str, str]
) -> None:
    for _ in range(2):
        parameters = {"query": fresh(query), **more}
        before = quick(service)
        found = ask(service, parameters, **fields)
        assert quick(service) == before
        if "RAND" not in query:
            assert untimed(found).body == untimed(through_app(service, parameters, **fields)).body
            third = ask(service, parameters, **{"Host": "third"} | fields)
            assert dict(untimed(found).fields) == dict(untimed(third).fields)


def test_a_long_answer_comes_whole(service: Service) -> None:
    ask(service, {"query": fresh(LARGE)})
    for _ in range(2):
        parameters = {"query": fresh(LARGE)}
        found, other = ask(service, parameters), through_app(service, parameters)
        assert found.status == 200
        assert len(found.body) > 1 << 16
        assert sorted(found.body) == sorted(other.body)


def test_a_slow_query_ends_with_the_same_problem(service: Service) -> None:
    answers = [ask(service, {"query": fresh(ENDLESS)})]  # from now on the shape is known
    with ThreadPoolExecutor(2) as pool:
        answers += pool.map(lambda query: ask(service, {"query": query}), [fresh(ENDLESS), fresh(ENDLESS)])
    assert [answer.status for answer in answers] == [503] * 3
    assert len({answer.body for answer in answers}) == 1
    assert answers[0] == answers[2]


def test_a_write_is_seen_by_the_next_query(service: Service) -> None:
    ask(service, {"query": fresh("ASK { <urn:quick:0> <urn:p> 0 }")})
    update = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
    tags = set()
    before = quick(service)
    for number in range(1, 41):
        text = f"INSERT DATA {{ <urn:quick:{number}> <urn:p> {number} }}"
        assert ask(service, None, method="POST", body=text, **update).status == 204
        found = ask(service, {"query": f"ASK {{ <urn:quick:{number}> <urn:p> {number} }} # {next(_numbers)}"})
        assert b"true" in found.body
        tags.add(dict(found.fields)["etag"])
        again = ask(service, {"query": "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }"})
        assert f'"value":"{number}"'.encode() in again.body.replace(b" ", b"")
    assert len({tag.partition("-")[0] for tag in tags}) == 40
    assert quick(service) > before


def together(service: Service, clients: int, each: int) -> list[tuple[int, bool]]:
    """Status and correctness of the answers to many clients at once."""
    found: list[tuple[int, bool]] = []

    def client(name: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        for number in range(each):
            mark = f"{name}-{number}-{next(_numbers)}"
            connection.request("GET", "/sparql?" + urlencode({"query": f"SELECT ('{mark}' AS ?m) {{}}"}))
            answer = connection.getresponse()
            found.append((answer.status, mark.encode() in answer.read()))
        connection.close()

    threads = [threading.Thread(target=client, args=(name,)) for name in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_many_clients_have_each_their_own_answers(service: Service) -> None:
    ask(service, {"query": "SELECT ('x' AS ?m) {}"})
    before = quick(service)
    assert together(service, 200, 10) == [(200, True)] * 2000
    assert quick(service) > before + 100


def readers(service: Service) -> list[psutil.Process]:
    """Processes that a nursery has forked."""
    return [grand for child in service.process.children() for grand in child.children()]


def test_readers_that_are_killed_lose_no_answer(service: Service) -> None:
    ask(service, {"query": "SELECT ('x' AS ?m) {}"})
    done = threading.Event()

    def kill() -> None:
        while not done.wait(0.1):
            for process in readers(service)[:2]:
                try:
                    process.send_signal(signal.SIGKILL)
                except psutil.NoSuchProcess:
                    continue

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        found = together(service, 8, 150)
    finally:
        done.set()
        killer.join()
    assert found == [(200, True)] * 1200
    before = quick(service)
    for _ in range(50):  # until the killed are replaced
        assert together(service, 1, 3) == [(200, True)] * 3
        if quick(service) > before:
            break
        time.sleep(0.1)
    assert quick(service) > before


def test_a_client_that_leaves_costs_nobody_else(service: Service) -> None:
    for _ in range(20):
        client = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
        client.request("GET", "/sparql?" + urlencode({"query": fresh(SELECT)}))
        client.close()
    assert together(service, 4, 20) == [(200, True)] * 80
