"""Asks a running service many thousands of wrong things and reports each answer that should not be.

`make fuzzservice REQUESTS=20000 SEED=1`, which is `python tests/fuzz/service.py --requests 20000 --seed 1`. A third
each are made from the OpenAPI document, by mutating SPARQL, and by mutating the bytes of HTTP requests. Wrong are: a
status of 500, no answer within the time for one, a service that is gone, and memory that grows over the run.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
import tempfile
import warnings
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import perf_counter
from urllib.parse import urlsplit

import httpx
import psutil
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "server"))

from harbour import make_store  # noqa: E402
from running_service import serving  # noqa: E402

from server.tokens import SCOPES, Tokens  # noqa: E402

_SLOW = 45.0  # seconds: the time-out of a query, and what may come on top of it
_GROWTH = 150 << 20  # bytes that the service may have more at the end than after the first third
_QUERIES = (
    "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 10",
    "SELECT (COUNT(*) AS ?n) WHERE { ?s a ath:Athlete . OPTIONAL { ?s rdfs:label ?l } FILTER(STRLEN(?l) > 3) }",
    "PREFIX x: <urn:x:> CONSTRUCT { ?a x:is ?b } WHERE { GRAPH ?g { ?a ath:coaches+ ?b } }",
    "ASK { VALUES ?x { 1 2.5 'a'@en <urn:y> } BIND(?x * 2 AS ?y) }",
    "SELECT ?x WHERE { { SELECT DISTINCT ?x { ?x ?p 'ø' } ORDER BY ?x } UNION { SERVICE <http://a/> { ?x ?y 1 } } }",
    "DESCRIBE <urn:x> FROM <urn:y>",
)
_UPDATES = (
    "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 'c' } }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { GRAPH <urn:g> { ?s ?p ?o } }",
    "LOAD <http://127.0.0.1:1/> INTO GRAPH <urn:g> ; CLEAR GRAPH <urn:g>",
)
_PIECES = (
    "{",
    "}",
    "(",
    ")",
    ".",
    ";",
    "'",
    '"',
    "\\",
    "<",
    ">",
    "?x",
    "*",
    "+",
    "#",
    "\0",
    "\ud800",
    "é",
    "\u202e",
    "SELECT",
    "1e999",
    "  ",
)
_BYTES = (
    b"\r\n",
    b"\0",
    b" ",
    b":",
    b"\xff",
    b"%00",
    b"%zz",
    b"Content-Length: 7\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"\r\n\r\n",
    b"Host: x\r\n",
)


@dataclass
class Run:
    """What was seen: statuses by part, and what should not be."""

    url: str
    token: str
    statuses: dict[str, Counter[object]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def note(self, part: str, what: str, status: object, took: float) -> None:
        self.statuses.setdefault(part, Counter())[status] += 1
        if status in {500, "hang", "refused"} or took > _SLOW:
            self.faults.append(f"{part}: {status} after {took:.1f} s: {what!r}"[:600])


def described(run: Run, requests: int, number: int) -> None:
    """Requests from the OpenAPI document, right ones and wrong ones."""
    schema = schemathesis.openapi.from_url(f"{run.url}openapi.json")
    # Not in a flood: each of these takes the whole store once.
    costly = {"/backup", "/restore", "/rebuild"}
    operations = [found.ok() for found in schema.get_all_operations() if found.ok().path not in costly]
    for operation in operations:

        @seed(number)
        @given(case=operation.as_strategy())
        @settings(
            max_examples=max(1, requests // len(operations)),
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        def ask(case: schemathesis.Case) -> None:
            start = perf_counter()
            try:
                status: object = case.call(headers={"Authorization": f"Bearer {run.token}"}, timeout=_SLOW).status_code
            except Exception as error:  # noqa: BLE001  # what cannot be sent, and what is not answered
                status = "hang" if "timed out" in str(error).casefold() else type(error).__name__
            run.note(
                "described",
                f"{case.method} {case.formatted_path} {case.query} {case.body}",
                status,
                perf_counter() - start,
            )

        ask()


def mangled(random: Random, text: str) -> str:
    """A text with some pieces cut, doubled, exchanged and put in."""
    for _ in range(random.randint(0, 6)):
        a, b = sorted(random.randrange(len(text) + 1) for _ in range(2))
        text = random.choice(
            (
                text[:a] + text[b:],
                text[:b] + text[a:],
                text[:a] + random.choice(_PIECES) * random.choice((1, 1, 2, 500)) + text[a:],
                text[:a] + text[b:] + text[a:b],
            )
        )[:20_000]
    return text


def sparql(run: Run, requests: int, number: int) -> None:
    """Mutated queries and updates."""
    random = Random(number)
    with httpx.Client(base_url=run.url, timeout=_SLOW) as client:
        for _ in range(requests):
            update = random.random() < 0.3
            text = mangled(random, random.choice(_UPDATES if update else _QUERIES)).encode("utf-8", "surrogatepass")
            kind = "application/sparql-update" if update else "application/sparql-query"
            headers = {"Content-Type": kind, "Authorization": f"Bearer {run.token}"}
            start = perf_counter()
            try:
                status: object = client.post("sparql?timeout=5", content=text, headers=headers).status_code
            except httpx.TimeoutException:
                status = "hang"
            except httpx.HTTPError as error:
                status = type(error).__name__
            run.note("sparql", text.decode("utf-8", "replace"), status, perf_counter() - start)


def raw(run: Run, requests: int, number: int) -> None:
    """Mutated bytes of HTTP requests, each on a connection of its own that is closed for writing after them."""
    random = Random(number)
    parts = urlsplit(run.url)
    address = (str(parts.hostname), parts.port or 80)
    bases = (
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
        (
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: 15\r\n\r\nquery=ASK%7B%7D"
        ),
        (
            b"POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"3\r\nabc\r\n0\r\n\r\n"
        ),
        b"DELETE /store?graph=urn:g HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n",
    )
    for _ in range(requests):
        data = bytearray(random.choice(bases))
        for _ in range(random.randint(1, 5)):
            at = random.randrange(len(data) + 1)
            if random.random() < 0.5:
                data[at:at] = random.choice(_BYTES) * random.choice((1, 1, 1, 300))
            elif at < len(data):
                data[at] = random.randrange(256)
        start = perf_counter()
        status: object = "closed"
        try:
            with socket.create_connection(address, timeout=_SLOW) as connection:
                connection.sendall(data)
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_WR)
                answer = connection.recv(65536)
                if answer.startswith(b"HTTP/1.1 "):
                    status = int(answer[9:12])
        except TimeoutError:
            status = "hang"
        except ConnectionRefusedError:
            status = "refused"
        except OSError as error:
            status = type(error).__name__
        run.note("raw", bytes(data).decode("latin-1"), status, perf_counter() - start)


def memory(process: int) -> int:
    """Bytes that the service and its processes have to themselves."""
    found = psutil.Process(process)
    total = 0
    for one in (found, *found.children(recursive=True)):
        with suppress(psutil.Error):
            total += one.memory_full_info().uss
    return total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        store = make_store(Path(folder, "store"))
        with serving(store, backups=Path(folder, "backups")) as running:
            _, token = Tokens(store).create("fuzz", SCOPES)
            run = Run(running.url, token)
            rounds, sizes = 3, []
            for number in range(rounds):
                for part in (described, sparql, raw):
                    part(run, asked.requests // 3 // rounds, asked.seed * rounds + number)
                sizes.append(memory(running.process.pid))
                print(f"round {number + 1} of {rounds}: {sizes[-1] >> 20} MB, {len(run.faults)} faults", flush=True)
            alive = httpx.get(f"{running.url}health/ready").status_code
            code, said = running.stop()
    for part, counts in run.statuses.items():
        print(f"{part}: {dict(counts.most_common())}")
    if sizes[-1] - sizes[0] > _GROWTH:
        run.faults.append(f"memory grew from {sizes[0] >> 20} to {sizes[-1] >> 20} MB")
    if alive != 200 or code != 0 or said.strip():
        run.faults.append(f"at the end: health {alive}, exit code {code}, said {said[-2000:]!r}")
    for fault in run.faults[:50]:
        print(fault)
    print(f"{sum(sum(counts.values()) for counts in run.statuses.values())} requests, {len(run.faults)} faults")
    return 1 if run.faults else 0


if __name__ == "__main__":
    os.environ.pop("PODIUM_TOKEN", None)
    sys.exit(main())
