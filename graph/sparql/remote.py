"""Which other hosts the service may speak to, on whose behalf nobody else may make it connect."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from graph.errors import EndpointError, QueryRefusedError
from graph.sparql.addresses import addresses, is_public

if TYPE_CHECKING:
    from collections.abc import Iterable

_PORTS: Final = {"http": 80, "https": 443}
_ENTRY = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?::(?P<port>[0-9]{1,5}))?")
_MAX_REDIRECTS = 5
_REDIRECTS: Final = range(300, 400)
_KEEP_METHOD: Final = {307, 308}


class Target(NamedTuple):
    """An address taken apart; `path` holds the query too."""

    scheme: str
    host: str
    port: int
    path: str
    iri: str


class Document(NamedTuple):
    """What another host sent: the address after redirects, the body, its type without parameters, and as sent."""

    iri: str
    data: bytes
    media_type: str
    content_type: str


@dataclass(frozen=True, slots=True)
class RemotePolicy:
    """Hosts that may be asked for SERVICE, LOAD, remote FROM and articles, as `host` or `host:port`; none by default.

    `host` alone allows the default ports of http and https, and only public addresses, unless it is an address itself;
    `host:port` allows whatever address the name leads to. With `https_only` http is refused. `seconds` is how long one
    answer may take from the look-up of the name to its last byte, `max_bytes` how long it may be, decompressed.
    `relay` is the address of a running `graph.sparql.relay.Relay`; without one no SERVICE runs.
    """

    hosts: frozenset[str] = frozenset()
    https_only: bool = False
    seconds: float = 20.0
    max_bytes: int = 50_000_000
    relay: str | None = None

    @classmethod
    def of(cls, hosts: Iterable[str], *, https_only: bool = False) -> RemotePolicy:
        """The policy for hosts as an operator writes them; raises ValueError for one that is none."""
        entries = [host.strip().lower() for host in hosts]
        for entry in entries:
            found = _ENTRY.fullmatch(entry)
            if found is None or int(found["port"] or 1) not in range(1, 65536):
                raise ValueError(f"'{entry}' is no host; give a name such as data.example.org or data.example.org:8443")
        return cls(frozenset(entries), https_only)

    def allows(self, iri: str) -> bool:
        """Whether the list has the host of an IRI; where its name leads is looked at when it is fetched."""
        target = _target(iri)
        return target is not None and self._listed(target)

    def _listed(self, target: Target) -> bool:
        if self.https_only and target.scheme != "https":
            return False
        return self._by_port(target) or (target.port == _PORTS[target.scheme] and _shown(target.host) in self.hosts)

    def _by_port(self, target: Target) -> bool:
        return f"{_shown(target.host)}:{target.port}" in self.hosts

    def reach(self, target: Target, seconds: float) -> tuple[str, ...]:
        """The addresses to connect to. Raises QueryRefusedError where the name leads to none that is public."""
        if not self._listed(target):
            raise QueryRefusedError(f"{_shown(target.host)}:{target.port} is not among the hosts that may be asked")
        found = addresses(target.host, target.port, seconds)
        if self._by_port(target) or target.host in found:
            return found
        public = tuple(address for address in found if is_public(address))
        if not public:
            raise QueryRefusedError(
                f"'{target.host}' leads to an address that is not public; whoever runs this service may allow it as "
                f"{_shown(target.host)}:{target.port}"
            )
        return public

    def fetch(
        self, iri: str, *, accept: str, body: bytes | None = None, content_type: str = "application/sparql-query"
    ) -> Document:
        """What the host answers to GET, or to POST of a body.

        Connects to the very addresses that were checked, and checks again after each redirect. Raises
        QueryRefusedError where the policy forbids it and EndpointError where the host fails.
        """
        # Imported here and not above: most services allow no host at all.
        from graph.sparql.fetching import exchange

        deadline = time.monotonic() + self.seconds
        headers = {"Accept": accept, "Accept-Encoding": "gzip, identity", "User-Agent": f"Podium/{version('podium')}"}
        if body is not None:
            headers |= {"Content-Type": content_type, "Content-Length": str(len(body))}
        at = iri
        for _ in range(_MAX_REDIRECTS + 1):
            target = _target(at)
            if target is None:
                raise QueryRefusedError(f"<{at}> is not an address that may be asked: no plain http or https")
            answer = exchange(self, target, headers, body, deadline)
            if answer.status not in _REDIRECTS:
                content_type = answer.headers.get("content-type", "")
                media_type = content_type.partition(";")[0].strip().lower()
                return Document(at, answer.body, media_type, content_type)
            if body is not None and answer.status not in _KEEP_METHOD:
                raise EndpointError(f"<{iri}> redirects to a page ({answer.status}); name the endpoint itself")
            at = urljoin(at, answer.headers["location"])
        raise EndpointError(f"<{iri}> redirects more than {_MAX_REDIRECTS} times; give the final address")


CLOSED = RemotePolicy()


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _target(iri: str) -> Target | None:
    """The parts of an http or https IRI; None for anything else, and for what two readers could take differently."""
    if re.search(r"[\x00-\x20\\\x7f]", iri):
        return None
    try:
        parts = urlsplit(iri)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host or "@" in parts.netloc or not host.isascii() or "%" in host:
        return None
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]") if parts.query else ""
    return Target(scheme, host, port or _PORTS[scheme], path + query, iri)
