"""What can be set, and the only place that reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import PodiumError

if TYPE_CHECKING:
    from collections.abc import Mapping


class SettingError(PodiumError):
    """A setting that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One service.

    `store` is the folder of the graph (PODIUM_STORE); `host` and `port` are where the service listens (PODIUM_HOST,
    PODIUM_PORT; port 0 takes a free one). `base` is the data namespace of a store that is yet to be made; None takes
    the ontology's default. `threads` answer requests side by side. `max_body` is the longest request in bytes.
    `cors_origin` is who may read from a browser's script; None allows nobody. `token` is a
    secret whose bearer may do everything (PODIUM_TOKEN).
    """

    store: Path = Path("podium-store")
    host: str = "127.0.0.1"
    port: int = 8080
    base: str | None = None
    threads: int = 8
    max_body: int = 1_000_000
    cors_origin: str | None = "*"
    token: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings as the environment gives them; what it does not say takes its default.

        Raises SettingError for one that cannot be used.
        """
        default = cls()
        return cls(
            store=Path(environment.get("PODIUM_STORE") or default.store),
            host=environment.get("PODIUM_HOST") or default.host,
            port=_port(environment.get("PODIUM_PORT") or str(default.port)),
            token=_secret("PODIUM_TOKEN", environment.get("PODIUM_TOKEN", "").strip()),
        )


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """The OpenAI-compatible endpoint that `--with endpoint` asks.

    `url` ends before `/chat/completions` (PODIUM_ENDPOINT_URL), `model` is the one to ask (PODIUM_ENDPOINT_MODEL),
    `key` the secret it wants, if any (PODIUM_ENDPOINT_KEY), `seconds` how long an answer may take
    (PODIUM_ENDPOINT_SECONDS), `cache` the folder where answers are kept (PODIUM_CACHE).
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: float = 120.0
    cache: Path = Path("podium-cache")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> EndpointSettings:
        """The settings as the environment gives them. Raises SettingError for one that is missing or cannot be used."""
        url = environment.get("PODIUM_ENDPOINT_URL", "")
        model = environment.get("PODIUM_ENDPOINT_MODEL", "")
        if not url.startswith(("http://", "https://")):
            told = f"is '{url}'" if url else "is not set"
            raise SettingError(f"PODIUM_ENDPOINT_URL {told}; give an address such as http://127.0.0.1:11434/v1")
        if any(mark in url for mark in "@?#"):  # not shown: it may hold a secret
            raise SettingError("PODIUM_ENDPOINT_URL holds a user, query or fragment; give a key as PODIUM_ENDPOINT_KEY")
        if not model:
            raise SettingError("PODIUM_ENDPOINT_MODEL is not set; give the name of a model that the endpoint has")
        return cls(
            url=url,
            model=model,
            key=_secret("PODIUM_ENDPOINT_KEY", environment.get("PODIUM_ENDPOINT_KEY", "").strip()),
            seconds=_seconds(environment.get("PODIUM_ENDPOINT_SECONDS") or "120"),
            cache=Path(environment.get("PODIUM_CACHE") or "podium-cache"),
        )


def _secret(name: str, text: str) -> str | None:
    if not (text.isascii() and text.isprintable()) or " " in text:  # not shown: it is a secret
        raise SettingError(f"{name} holds what no key can; give it without spaces and line ends")
    return text or None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise SettingError(f"PODIUM_ENDPOINT_SECONDS is '{text}'; give a number of seconds up to 3600")
    return seconds


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise SettingError(f"PODIUM_PORT is '{text}'; give a number from 0 to 65535")
    return int(text)
