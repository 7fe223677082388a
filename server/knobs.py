"""What can be turned on `podium serve`: each knob's option, environment variable and bounds, in one table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_SIZE = re.compile(r"([0-9]{1,15})\s*([KMGT]?)(?:i?B)?", re.IGNORECASE)
_POWERS = {"": 0, "K": 10, "M": 20, "G": 30, "T": 40}
_HOST = re.compile(
    r"(?:(?=[^:]{1,253}(?:\Z|:))[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?)*"
    r"|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
)
_LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Knob:
    """`read` turns what is written into the value, or raises ValueError that says what to give instead.

    One that is `repeated` may be given several times, in its variable with commas between; its value is a tuple.
    """

    name: str
    read: Callable[[str], Any]
    metavar: str
    help: str
    repeated: bool = False

    @property
    def option(self) -> str:
        return f"--{self.name.removesuffix('s') if self.repeated else self.name}".replace("_", "-")

    @property
    def variable(self) -> str:
        return f"PODIUM_{self.option[2:].replace('-', '_').upper()}"

    def read_all(self, written: str) -> Any:
        """The value of a variable."""
        if not self.repeated:
            return self.read(written.strip())
        return tuple(self.read(part.strip()) for part in written.split(",") if part.strip())


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(written: str) -> int:
        if not (written.isascii() and written.isdigit() and low <= int(written) <= high):
            raise ValueError(f"a number from {low} to {high}")
        return int(written)

    return read


def _seconds(low: float, high: float) -> Callable[[str], float]:
    def read(written: str) -> float:
        try:
            found = float(written) if written.isascii() else -1.0
        except ValueError:
            found = -1.0
        if not low <= found <= high:
            raise ValueError(f"a number of seconds from {low:g} to {high:g}")
        return found

    return read


def _size(low: int, high: int) -> Callable[[str], int]:
    def read(written: str) -> int:
        match = _SIZE.fullmatch(written)
        found = int(match[1]) << _POWERS[match[2].upper()] if match else -1
        if not low <= found <= high:
            raise ValueError(f"a number of bytes such as 512M, from {_short(low)} to {_short(high)}")
        return found

    return read


def _short(size: int) -> str:
    unit = next(unit for unit in ("T", "G", "M", "K", "") if size >= 1 << _POWERS[unit])
    return f"{size >> _POWERS[unit]}{unit}"


def _one_of(*words: str) -> Callable[[str], str]:
    def read(written: str) -> str:
        if written not in words:
            raise ValueError(" or ".join(words))
        return written

    return read


def _yes(written: str) -> bool:
    return _one_of("yes", "no")(written) == "yes"


def _host(written: str) -> str:
    match = _HOST.fullmatch(written.lower())
    if match is None or not int(match["port"] or 0) <= _LAST_PORT:
        raise ValueError("the name or address of a host, with :port where that is not the usual one, without http://")
    return match[0]


def _network(written: str) -> str:
    from ipaddress import ip_network

    try:
        return str(ip_network(written, strict=False))
    except ValueError as error:
        raise ValueError("the address or network of a proxy, such as 10.0.0.0/8") from error


_K, _M, _G = 1 << 10, 1 << 20, 1 << 30

KNOBS: tuple[Knob, ...] = (
    Knob("store", Path, "DIR", "The folder of the store, made if missing. Default: podium-store."),
    Knob("host", str, "H", "The address to listen on. Default: 127.0.0.1, this machine only."),
    Knob("port", _whole(0, _LAST_PORT), "P", "Default: 8080; 0 takes a free one."),
    Knob("timeout", _seconds(0.1, 3600), "S", "Seconds that one query or update may take. Default: 30."),
    Knob("memory", _one_of("auto", "on", "off"), "auto|on|off",
         "Whether readers have all quads in memory. Default: auto, where they need less than a quarter of it."),
    Knob("default_graph", _one_of("union", "own"), "union|own",
         "What queries that name no graph see: the union of all, or the unnamed graph. Default: union."),
    Knob("allow_hosts", _host, "HOST",
         "A host that SERVICE, LOAD, FROM and POST /articles?url= may reach; may be repeated. Default: none.",
         repeated=True),
    Knob("readers", _whole(1, 1024), "N", "Slow queries that run at once. Default: 8 for each core, as memory allows."),
    Knob("queue", _whole(0, 100_000), "N",
         "Queries that may wait for their turn; more are told to come back. Default: 256."),
    Knob("threads", _whole(1, 1024), "N", "Requests that are worked on at once. Default: 400."),
    Knob("memory_limit", _size(64 * _M, 1024 * _G), "SIZE", "Memory of one query or update. Default: 512M."),
    Knob("output_limit", _size(64 * _K, 1024 * _G), "SIZE", "Size of one answer. Default: 1G."),
    Knob("max_body", _size(_K, 16 * _G), "SIZE", "Size of one request. Default: 1M."),
    Knob("max_upload", _size(_K, 1024 * _G), "SIZE", "Size of one request that carries a token. Default: 1G."),
    Knob("rate", _whole(1, 1_000_000_000), "N", "Requests a minute from one client. Default: 1500000."),
    Knob("budget", _whole(1, 1_000_000_000), "S", "Seconds of work a minute for one client. Default: 3600."),
    Knob("log", Path, "FILE", "A line of JSON for each request; - is standard output. Default: none."),
    Knob("log_queries", _yes, "yes|no", "Whether the log has the texts of queries. Default: no, only their hashes."),
    Knob("connections", _whole(1, 1_000_000), "N", "Connections that may be open at once. Default: 10000."),
    Knob("cache_size", _size(0, 64 * _G), "SIZE", "Answers that are kept to be given again. Default: 64M."),
    Knob("history", _whole(0, 1_000_000_000), "N",
         "Changes that feeds reach back, beside all that people decided. Default: 100000."),
    Knob("survey", _whole(0, 31_536_000), "S",
         "Seconds between two looks at the whole store, for /trust; 0 takes none. Default: 300."),
    Knob("stop", _whole(0, 3600), "S", "Seconds that requests have to finish when the service ends. Default: 10."),
    Knob("trust_proxy", _network, "ADDRESS",
         "A proxy, or network of such, whose X-Forwarded-For is believed; may be repeated. Default: none.",
         repeated=True),
    Knob("article_text", _one_of("sentences", "full"), "sentences|full",
         "Whether pages show articles whole, or only the sentences that are quoted. Default: sentences."),
    Knob("backups", Path, "DIR", "The folder for backups that are asked for over HTTP. Default: none, so refused."),
)  # fmt: skip
