"""Which other hosts the service may speak to, on whose behalf nobody else may make it connect."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class RemotePolicy:
    """Hosts that SERVICE, LOAD and remote FROM may reach, as `host` or `host:port`; none by default.

    `host` alone allows the default ports of http and https. With `https_only` http is refused. `seconds` is how long
    one answer may take from the look-up of the name to its last byte, `max_bytes` how long it may be, decompressed.
    `relay` is the address, path included, of a running relay (`graph.sparql.relay`); without one no SERVICE runs.
    """

    hosts: frozenset[str] = frozenset()
    https_only: bool = False
    seconds: float = 20.0
    max_bytes: int = 50_000_000
    relay: str | None = None

    def allows(self, iri: str) -> bool:
        """Whether the list has the host of an IRI; where its name leads is looked at when it is fetched."""
        try:
            parts = urlsplit(iri)
            host, port = parts.hostname, parts.port
        except ValueError:
            return False
        scheme = parts.scheme.lower()
        if not host or "@" in parts.netloc or scheme not in _DEFAULT_PORTS or (self.https_only and scheme != "https"):
            return False
        shown = f"[{host}]" if ":" in host else host
        if f"{shown}:{port or _DEFAULT_PORTS[scheme]}" in self.hosts:
            return True
        return shown in self.hosts and port in (None, _DEFAULT_PORTS[scheme])


CLOSED = RemotePolicy()
