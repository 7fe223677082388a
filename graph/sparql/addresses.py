"""Where the name of a host leads, and whether that is a place on the public internet."""

from __future__ import annotations

import socket
import threading
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from typing import Final

_NAT64: Final = IPv6Network("64:ff9b::/96")  # an IPv4 address in its last four bytes; counts as global itself


def is_public(address: str) -> bool:
    """Whether an address is a single host on the internet: not loopback, private, link-local, multicast or reserved."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        inner = _inner(found)
        if inner is not None:
            found = inner
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that packets to an IPv6 address end at, if they do."""
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None


def addresses(host: str, port: int, seconds: float) -> tuple[str, ...]:
    """All addresses of a host, in the order to try them; raises OSError where there is none or not in time."""
    answers: SimpleQueue[tuple[str, ...] | OSError] = SimpleQueue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(tuple(dict.fromkeys(str(one[4][0]) for one in found)))
        except (OSError, UnicodeError) as error:
            answers.put(OSError(f"'{host}' has no address ({error})"))

    # getaddrinfo knows no time-out; a look-up that hangs ends by itself, with nobody listening.
    threading.Thread(target=look_up, daemon=True, name="look-up").start()
    try:
        answer = answers.get(timeout=max(0.0, seconds))
    except Empty:
        raise TimeoutError(f"the address of '{host}' was not found in time") from None
    if isinstance(answer, OSError):
        raise answer
    return answer
