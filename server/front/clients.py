"""Who asks: the address behind proxies that are trusted, and the key under which its budget is kept."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

from server.settings import SettingError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from ipaddress import IPv4Network

_LONGEST_CHAIN = 32  # proxies; longer lists are made up


def networks(given: Sequence[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks as read from settings; raises SettingError for what is neither."""
    found = []
    for text in given:
        try:
            found.append(ip_network(text.strip(), strict=False))
        except ValueError as error:
            raise SettingError(f"'{text}' is no address or network of a proxy; give one such as 10.0.0.0/8") from error
    return tuple(found)


def trusted(address: str, proxies: Sequence[IPv4Network | IPv6Network]) -> bool:
    """Whether an address is that of a trusted proxy."""
    found = _parsed(address)
    return found is not None and any(found in network for network in proxies if network.version == found.version)


def behind(peer: str, forwarded: str, proxies: Sequence[IPv4Network | IPv6Network]) -> str:
    """Who asked, where `peer`, which is trusted, names others in X-Forwarded-For: the last that is no trusted proxy."""
    client = peer
    for text in reversed(forwarded.split(",")[-_LONGEST_CHAIN:]):
        found = _parsed(_without_port(text.strip()))
        if found is None:
            break
        client = str(found)
        if not trusted(client, proxies):
            break
    return client


def key(address: str) -> str:
    """What a client's budget is kept under: the address, of IPv6 the network of 64 bits, which one household has."""
    found = _parsed(address)
    if isinstance(found, IPv6Address):
        return str(IPv6Network((int(found) >> 64 << 64, 64)))
    return str(found) if found else address


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _without_port(text: str) -> str:
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text
