"""Articles sent to a running service, and withdrawn there."""

import json
from collections import deque
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from loopback import listening
from podium_command import Podium
from running_service import Running, serving

from graph.store.embedded import Store
from server.commands import sending
from server.tokens import Tokens

ONE = (
    "Marta Lindqvist won the women's 800m at the Harbour Games in 1:57.10 on Saturday. She is coached by Tor Akesson.\n"
)
TWO = "Achieng Otiwa won the women's 1500m at the Harbour Games in 4:01.22 on Sunday.\n"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "one.txt").write_text(ONE)
    (folder / "one.meta.json").write_text('{"published": "2024-06-08", "source": "Harbour News"}')
    (folder / "two.txt").write_text(TWO)
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the store of a service to which each test sends articles of other names."""
    return tmp_path_factory.mktemp("sending") / "store"


@pytest.fixture(scope="module")
def running(place: Path) -> Iterator[Running]:
    with serving(place) as service:
        yield service


@pytest.fixture(scope="module")
def token(running: Running, place: Path) -> str:
    return Tokens(place).create("desk", ["ingest"])[1]


def test_cli_ingest_into_a_service_gives_the_same_as_into_a_store(
    podium: Podium, reports: Path, tmp_path: Path
) -> None:
    with serving(tmp_path / "store") as running:
        _, token = Tokens(tmp_path / "store").create("desk", ["ingest"])
        _send_twice_and_changed(podium, reports, ("ingest", "reports", "--server", running.url, "--token", token))
    assert podium("ingest", "reports", "--store", "direct").code == 0
    with Store.open(tmp_path / "store") as sent, Store.open(tmp_path / "direct") as direct:
        assert facts(sent) == facts(direct)


def _send_twice_and_changed(podium: Podium, reports: Path, given: tuple[str, ...]) -> None:
    done = podium(*given)
    assert (done.code, done.err) == (0, "")
    assert [line.split(":")[0] for line in done.out.splitlines()] == ["added      one", "added      two", "http"]
    assert [line.split()[0] for line in podium(*given).out.splitlines()][:2] == ["unchanged", "unchanged"]
    (reports / "one.txt").write_text(ONE.replace("1:57.10", "1:57.90"))
    changed = podium(*given, "--verbose")
    assert "(1 altered, 0 new, 0 gone; in the graph 1 altered, 0 new, 0 gone)" in changed.out
    assert "    ~ Marta Lindqvist recorded 1:57.90" in changed.out
    rows = json.loads(podium(*given, "--json").out)
    assert (rows["unchanged"], rows["articles"][0]["article"]) == (2, "one")


def facts(store: Store) -> set[str]:
    return {str(quad) for quad in store.quads() if "ended" not in str(quad.predicate) and "ended" not in str(quad)}


def test_cli_retract_from_a_service(podium: Podium, reports: Path, running: Running, token: str) -> None:
    podium("ingest", "reports", "--server", running.url, PODIUM_TOKEN=token)
    given = ("retract", "one", "--reason", "a misprint", "--server", running.url)
    done = podium(*given, PODIUM_TOKEN=token)
    assert done.code == 0
    assert done.out.startswith("one is withdrawn: ")
    assert "- Marta Lindqvist" in done.out
    assert "withdrawn already" in podium(*given, PODIUM_TOKEN=token).complaint


def test_cli_direct_writes_into_a_served_store_name_the_option(
    podium: Podium, reports: Path, running: Running, place: Path
) -> None:
    done = podium("ingest", "reports", "--store", place)
    assert done.code == 1
    assert "--server URL" in done.complaint
    assert "--token" in done.complaint


def test_cli_ingest_tells_what_a_service_refuses(podium: Podium, running: Running, token: str, tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG")
    (tmp_path / "three.txt").write_text(ONE)
    done = podium("ingest", "picture.txt", "three.txt", "none.txt", "--server", running.url, "--token", token)
    assert done.code == 1
    assert done.out.splitlines()[0].startswith("added      three")
    assert [line.partition(":")[2].split(":")[0].strip() for line in done.err.splitlines()] == [
        "picture.txt",
        "none.txt",
    ]
    wrong = podium("ingest", "three.txt", "--server", running.url, "--token", "hidden")
    assert "401" in wrong.complaint
    assert "hidden" not in wrong.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--server", "http://127.0.0.1:1/"), "PODIUM_TOKEN"),
        (("--server", "ftp://here/", "--token", "x"), "--server"),
        (("--server", "http://127.0.0.1:1/", "--token", "x", "--jobs", "2"), "--jobs"),
        (("--server", "http://127.0.0.1:1/", "--token", "x", "--store", "here"), "--store"),
    ],
)
def test_cli_ingest_into_a_service_refuses_what_does_not_fit(
    podium: Podium, arguments: tuple[str, ...], told: str
) -> None:
    done = podium("ingest", "one.txt", *arguments)
    assert done.code == 2
    assert told in done.err


# A service that is busy, played by a real server.


class Busy(BaseHTTPRequestHandler):
    answers: deque[tuple[int, dict[str, str]]]
    seen: list[int]

    def do_POST(self) -> None:
        articles: list[dict[str, Any]] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append(len(articles))
        status, headers = self.answers.popleft() if self.answers else (207, {})
        rows = [
            {"origin": "x", "article": one["id"], "outcome": "added", "facts": 1, "warnings": 0}
            | {"error": None, "changes": None}
            for one in articles
        ]
        body = json.dumps({"articles": rows} if status == 207 else {"detail": "later"}).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def busy() -> Iterator[tuple[str, type[Busy]]]:
    kind = type("Played", (Busy,), {"answers": deque(), "seen": []})
    with listening(kind) as url:
        yield f"{url}/", kind


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What is waited for, without the wait."""
    waited: list[float] = []
    monkeypatch.setattr(sending.time, "sleep", waited.append)
    return waited


def test_cli_ingest_waits_as_long_as_a_busy_service_wishes(
    podium: Podium, reports: Path, busy: tuple[str, type[Busy]], pauses: list[float]
) -> None:
    url, played = busy
    played.answers.extend([(429, {"Retry-After": "7"}), (503, {}), (503, {"Retry-After": "soon"})])
    done = podium("ingest", "reports", "--server", url, "--token", "x")
    assert done.code == 0
    assert played.seen == [2, 2, 2, 2]
    assert pauses == [7.0, 1.0, 2.0]


def test_cli_ingest_gives_up_on_a_service_that_stays_busy(
    podium: Podium, reports: Path, busy: tuple[str, type[Busy]], pauses: list[float]
) -> None:
    url, played = busy
    played.answers.extend([(503, {"Retry-After": "200"})] * 10)
    done = podium("ingest", "reports", "--server", url, "--token", "x")
    assert done.code == 1
    assert "begin again later" in done.complaint
    assert pauses == [200.0] * 3


def test_cli_ingest_sends_less_at_once_where_it_is_too_much(
    podium: Podium, reports: Path, busy: tuple[str, type[Busy]], pauses: list[float]
) -> None:
    url, played = busy
    played.answers.append((413, {}))
    assert podium("ingest", "reports", "--server", url, "--token", "x").code == 0
    assert played.seen == [2, 1, 1]


def test_cli_ingest_waits_a_while_for_a_service_that_is_away(
    podium: Podium, reports: Path, pauses: list[float], free_port: int
) -> None:
    done = podium("ingest", "reports", "--server", f"http://127.0.0.1:{free_port}", "--token", "x")
    assert done.code == 1
    assert "cannot be reached" in done.complaint
    assert 10 < sum(pauses) <= 20
