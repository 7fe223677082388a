"""Nothing that is asked of a service connects to where it may not: a real socket listens, and hears nobody."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from disguises import FROMS, SERVICES, UPDATES

from graph.errors import QueryError
from graph.sparql.checking import check_query, check_update
from graph.sparql.choice import GraphChoice
from graph.sparql.relay import Relay
from graph.sparql.remote import RemotePolicy
from graph.store.embedded import Store
from graph.store.updating import update

if TYPE_CHECKING:
    from collections.abc import Iterator


class Canary:
    """Listens on loopback and counts who connects."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self._heard = 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            connection, _ = self._listening.accept()
            with connection:
                connection.settimeout(1)
                with suppress(OSError):
                    greeting = connection.recv(65536)
                    if greeting == b"bye":
                        return
                    self._heard += 1
                    connection.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    def heard(self) -> int:
        """How many have connected; those who did so before are counted, since they queue before this one."""
        with socket.create_connection(tuple(self.host.split(":"))) as connection:  # type: ignore[arg-type]
            connection.sendall(b"bye")
        self._thread.join()
        self._listening.close()
        return self._heard


@pytest.fixture
def canary() -> Canary:
    return Canary()


def disguised(text: str, canary: Canary) -> str:
    return text.replace("CANARY", f"http://{canary.host}/x").replace("HOST", canary.host)


def run(query: str) -> None:
    with suppress(SyntaxError, OSError, RuntimeError):
        found = ox.Store().query(query)
        if not isinstance(found, ox.QueryBoolean):
            list(found)


@pytest.fixture(scope="module")
def policy() -> Iterator[RemotePolicy]:
    with Relay(RemotePolicy.of(["data.example.org"])) as relay:
        yield relay.policy


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.memory() as store:
        store.write([ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c"), ox.NamedNode("urn:g"))])
        yield store


@pytest.mark.parametrize("name", SERVICES)
def test_canary_hears_no_service(name: str, canary: Canary, store: Store) -> None:
    with suppress(QueryError):
        b"".join(store.answer(disguised(SERVICES[name], canary)).chunks)
    assert canary.heard() == 0


@pytest.mark.parametrize("name", SERVICES)
def test_canary_hears_no_service_where_only_others_are_allowed(name: str, canary: Canary) -> None:
    with (
        Relay(RemotePolicy.of(["data.example.org"])) as relay,
        suppress(QueryError, OSError, RuntimeError, SyntaxError),
    ):
        checked = check_query(disguised(SERVICES[name], canary), {}, relay.policy)
        list(ox.Store().query(checked.text))
    assert canary.heard() == 0


@pytest.mark.parametrize("name", UPDATES)
@pytest.mark.parametrize("hosts", [[], ["data.example.org"]])
def test_canary_hears_no_update(name: str, hosts: list[str], canary: Canary, store: Store) -> None:
    with suppress(QueryError):
        checked = check_update(disguised(UPDATES[name], canary), {}, RemotePolicy.of(hosts))
        update(store, checked.text, GraphChoice())
    assert canary.heard() == 0


@pytest.mark.parametrize("name", FROMS)
def test_canary_hears_no_from(name: str, canary: Canary, store: Store) -> None:
    with suppress(QueryError):
        b"".join(store.answer(disguised(FROMS[name], canary)).chunks)
    assert canary.heard() == 0


def test_canary_would_hear_an_unchecked_query(canary: Canary) -> None:
    for text in SERVICES.values():
        run(disguised(text, canary))
    assert canary.heard() >= 30


def test_canary_would_hear_an_unchecked_update(canary: Canary) -> None:
    for text in UPDATES.values():
        with suppress(SyntaxError, OSError, RuntimeError):
            ox.Store().update(disguised(text, canary))
    assert canary.heard() >= 15
