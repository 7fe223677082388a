"""What strangers may not do: write, reach other machines through the service, look behind it."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from served_command import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from served_command import Service

_UPDATE = {"Content-Type": "application/sparql-update"}
_BEARER = {"Authorization": f"Bearer {TOKEN}"}


@contextmanager
def _canary() -> Iterator[tuple[int, list[object]]]:
    """A port, and who connected to it."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        done = threading.Event()

        def watch() -> None:
            while not done.is_set():
                try:
                    connection, peer = listener.accept()
                except TimeoutError:
                    continue
                came.append(peer)
                connection.close()

        thread = threading.Thread(target=watch)
        thread.start()
        yield listener.getsockname()[1], came
        done.set()
        thread.join()


_REACHING = (
    "SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service#x\n<http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE#\r<http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "PREFIX x: <http://127.0.0.1:{port}/> SELECT * {{ SERVICE x: {{ ?s ?p ?o }} }}",
    "BASE <http://127.0.0.1:{port}/> SELECT * {{ SERVICE <a> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<http://127.0.0.1:{port}/> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?e {{ <http://127.0.0.1:{port}/> }} SERVICE ?e {{ ?s ?p ?o }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }} }} }}",
    "SELECT * {{ \\u0053ERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * FROM <http://127.0.0.1:{port}/a.ttl> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <http://127.0.0.1:{port}/a.ttl> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * FROM <file:///etc/passwd> {{ ?s ?p ?o }}",
    "SELECT * {{ LATERAL {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }} }}",
)
_LOADING = (
    "LOAD <http://127.0.0.1:{port}/a.ttl>",
    "LOAD SILENT <http://127.0.0.1:{port}/a.ttl> INTO GRAPH <urn:x-test:g>",
    "load#x\n<http://127.0.0.1:{port}/a.ttl>",
    "INSERT DATA {{ <urn:a> <urn:b> <urn:c> }} ; LOAD <http://127.0.0.1:{port}/a.ttl>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "LOAD <file:///etc/passwd>",
)


@pytest.mark.parametrize("query", _REACHING)
def test_no_query_reaches_another_machine(web: httpx.Client, query: str) -> None:
    with _canary() as (port, came):
        answer = web.get("/sparql", params={"query": query.format(port=port)})

        assert not came
        assert answer.status_code in {400, 403} or ("SILENT" in query and answer.status_code == 200)


@pytest.mark.parametrize("update", _LOADING)
def test_no_update_reaches_another_machine(web: httpx.Client, update: str) -> None:
    with _canary() as (port, came):
        answer = web.post("/sparql", content=update.format(port=port), headers=_UPDATE | _BEARER)

        assert not came
        assert answer.status_code in {400, 403} or ("SILENT" in update and answer.status_code in {200, 204})


def test_graphs_named_in_the_request_are_not_fetched(web: httpx.Client) -> None:
    with _canary() as (port, came):
        asked = {"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": f"http://127.0.0.1:{port}/a.ttl"}

        assert web.get("/sparql", params=asked).status_code in {400, 403}
        assert not came


@pytest.mark.parametrize(
    "credentials",
    [
        "",
        "Bearer",
        "Bearer wrong",
        "Basic YTpi",
        f"bearer{TOKEN}",
        f"Token {TOKEN}",
        f"Bearer {TOKEN[:-1]}",
        f"Bearer {TOKEN}x",
    ],
)
def test_nobody_writes_without_a_token(web: httpx.Client, credentials: str) -> None:
    headers = _UPDATE | ({"Authorization": credentials} if credentials else {})
    answers = (
        web.post("/sparql", content="INSERT DATA { <urn:a> <urn:b> <urn:c> }", headers=headers),
        web.post(
            "/sparql",
            data={"update": "CLEAR ALL"},
            headers=headers | {"Content-Type": "application/x-www-form-urlencoded"},
        ),
        web.put(
            "/store?default", content="<urn:a> <urn:b> <urn:c> .", headers=headers | {"Content-Type": "text/turtle"}
        ),
        web.delete("/store?default", headers=headers),
        web.post("/articles", content="Nobody ran.", headers=headers | {"Content-Type": "text/plain"}),
        web.delete("/articles/none", headers=headers),
    )

    for answer in answers:
        assert answer.status_code in {401, 403}
        assert answer.headers["content-type"].startswith("application/problem+json")
    assert all(answer.status_code == 401 and "Bearer" in answer.headers["www-authenticate"] for answer in answers[:1])
    asked = web.get(
        "/sparql", params={"query": "ASK { <urn:a> <urn:b> <urn:c> }"}, headers={"Accept": "application/json"}
    )
    assert asked.json()["boolean"] is False


def test_no_update_comes_by_get(web: httpx.Client) -> None:
    answer = web.get("/sparql", params={"update": "CLEAR ALL"}, headers=_BEARER)
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fpyproject.toml",
        "/store/../../etc/passwd",
        "//etc/passwd",
    ],
)
def test_no_path_leads_out(service: Service, path: str) -> None:
    with socket.create_connection(("127.0.0.1", service.port)) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk

    assert 300 <= int(answer.split()[1]) < 500
    assert b"root:" not in answer
    assert b"hatchling" not in answer


@pytest.mark.parametrize(
    "path", ["/", "/sparql?query=ASK%20%7B%7D", "/nothing", "/export.ttl", "/health", "/sparql?query=x"]
)
def test_every_answer_is_guarded(web: httpx.Client, path: str) -> None:
    headers = web.get(path).headers

    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in headers
    assert "Traceback" not in web.get(path).text


def test_parameters_cannot_write_headers(web: httpx.Client) -> None:
    answer = web.get("/sparql", params={"query": "ASK {}", "format": "json\r\nX-Evil: 1", "download": "a\r\nX-Evil: 1"})
    assert "x-evil" not in answer.headers


@pytest.mark.parametrize(
    "request_text",
    [
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        b"GARBAGE\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    ],
    ids=["both lengths", "two lengths", "bad chunk", "garbage", "version", "long target", "long header"],
)
def test_what_is_no_http_is_refused(service: Service, web: httpx.Client, request_text: bytes) -> None:
    with socket.create_connection(("127.0.0.1", service.port), timeout=20) as connection:
        try:
            connection.sendall(request_text)
            answer = connection.recv(65536)
        except ConnectionError:
            answer = b""

    assert not answer or 400 <= int(answer.split()[1]) < 600
    assert not answer.startswith(b"HTTP/1.1 500")
    assert web.get("/health").status_code == 200
