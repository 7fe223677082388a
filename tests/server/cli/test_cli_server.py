"""The commands that take --server say the same of a running Podium as of its store."""

import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from podium_command import PODIUM, Podium

from server.commands.sources import endpoint_url


@pytest.fixture(scope="module")
def address(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `podium serve` over a copy of the small store."""
    copy = tmp_path_factory.mktemp("served") / "store"
    shutil.copytree(small_store, copy)
    command = [PODIUM, "serve", "--store", copy, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.fullmatch(r"Podium at (http://127\.0\.0\.1:\d+/)\n", line)
        assert found, line + process.stderr.read()
        yield found[1]
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert process.stderr.read() == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "Mara Lindkvits"],
        ["show", "World Championships 2019", "--json"],
        ["related", "Mara Lindqvist"],
        ["conflicts"],
        ["conflicts", "Mara Lindqvist", "--property", "rank", "--json"],
        ["path", "Siv Akesson", "Ana Ferreira Lopes"],
        ["query", "SELECT ?c ?a WHERE { ?c ath:coaches ?a }"],
        ["query", "SELECT ?c ?a WHERE { ?c ath:coaches ?a }", "--format", "csv"],
        ["query", "CONSTRUCT { ?c ath:coaches ?a } WHERE { ?c ath:coaches ?a }", "--format", "ntriples"],
        ["export"],
        ["export", "--graph", "all", "--format", "nquads"],
        ["export", "--graph", "one", "--format", "trig"],
        ["export", "--entity", "Otto Grau", "--format", "jsonld"],
        ["show", "Lindqvist"],
        ["query", "SELECT ?x\nWHERE { ?x ath:coaches ?y ?z }"],
    ],
    ids=lambda arguments: " ".join(arguments[:4])[:40],
)
def test_cli_server_says_the_same_as_the_store(
    podium: Podium, small_store: Path, address: str, arguments: list[str]
) -> None:
    assert podium(*arguments, "--server", address) == podium(*arguments, "--store", small_store)


def test_cli_server_takes_the_address_of_the_endpoint_itself(podium: Podium, address: str) -> None:
    assert podium("query", "ASK {}", "--server", f"{address}sparql").out == "yes\n"


def test_cli_server_refuses_a_page_that_is_no_endpoint(podium: Podium, address: str) -> None:
    done = podium("query", "ASK {}", "--server", f"{address}search")
    assert done.code == 1
    assert f"{address}search" in done.complaint


@pytest.mark.parametrize(
    ("server", "endpoint"),
    [
        ("http://localhost:8000", "http://localhost:8000/sparql"),
        ("http://localhost:8000/", "http://localhost:8000/sparql"),
        ("https://example.org/podium/", "https://example.org/podium/sparql"),
        ("https://example.org/query", "https://example.org/query"),
        ("https://example.org/sparql", "https://example.org/sparql"),
        ("https://example.org/?graph=a", "https://example.org/?graph=a"),
    ],
)
def test_cli_server_address_is_a_podium_where_it_ends_in_a_slash(server: str, endpoint: str) -> None:
    assert endpoint_url(server) == endpoint
