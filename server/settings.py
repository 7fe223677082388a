"""What can be set, and the only place that reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import PodiumError
from server.front.limits import HttpLimits
from server.knobs import KNOBS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.engine.settings import EngineSettings


class SettingError(PodiumError):
    """A setting that cannot be used; the message names it."""


def _engine() -> EngineSettings:
    # Imported here and not above: not every command asks a store, and it brings rdflib and Oxigraph.
    from graph.engine.settings import EngineSettings

    return EngineSettings()


@dataclass(frozen=True, slots=True)
class Settings:
    """One service; `server.knobs` has the variable and the option of each.

    `store` is the folder of the graph; `host` and `port` are where the service listens (port 0 takes a free one).
    `base` is the data namespace of a store that is yet to be made; None takes the ontology's default. `engine` has the
    limits of queries and how many run at once. `allow_hosts` are those that SERVICE, LOAD, FROM and
    `POST /articles?url=` may reach.
    `threads` answer requests side by side; `max_body` is the longest request in bytes, `max_upload` the longest of
    those that carry a token. A client may ask `rate` requests a minute and have `budget` seconds of work done for it in
    each. `log` is the file of the request log; None writes none, `-` is standard output. `trust_proxy` are addresses
    and networks of proxies whose `X-Forwarded-For` is believed. `backups` is the folder for backups that are asked for
    over HTTP; None refuses these. `survey` is the least time in seconds between two looks at the whole store; 0 takes
    none. `article_text` says whether pages show articles `full`, which may be others'
    property, or only the `sentences` that they quote. `cors_origin` is who may read from a browser's script; None
    allows nobody. `token` is a secret whose bearer may do everything, `owner` one that each start makes for commands on
    this machine.
    """

    store: Path = Path("podium-store")
    host: str = "127.0.0.1"
    port: int = 8080
    base: str | None = None
    engine: EngineSettings = field(default_factory=_engine)
    allow_hosts: tuple[str, ...] = ()
    threads: int = 400  # more than slow queries run and wait at once, as each of these holds one
    max_body: int = 1 << 20
    max_upload: int = 1 << 30
    rate: int = 1_500_000
    budget: int = 3_600
    log: Path | None = None
    log_queries: bool = False
    connections: int = 10_000
    cache_size: int = 64 << 20
    survey: int = 300
    stop: int = 10
    http: HttpLimits = field(default_factory=HttpLimits)
    trust_proxy: tuple[str, ...] = ()
    backups: Path | None = None
    article_text: str = "sentences"
    cors_origin: str | None = "*"
    token: str | None = field(default=None, repr=False)
    owner: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ, **given: Any) -> Settings:
        """The settings as `given` by name of their knob, else as the environment has them, else by default.

        What is None is not given. Raises SettingError for a variable that cannot be used.
        """
        values = {}
        for knob in KNOBS:
            value = given.get(knob.name)
            written = environment.get(knob.variable, "")
            if value is None and written.strip():
                try:
                    value = knob.read_all(written)
                except ValueError as error:
                    raise SettingError(f"{knob.variable} is '{written}'; give {error}") from error
            if value is not None:
                values[knob.name] = value
        token = _secret("PODIUM_TOKEN", environment.get("PODIUM_TOKEN", "").strip())
        return cls(engine=_engine_of(values), token=token, **values)


def _engine_of(values: dict[str, Any]) -> EngineSettings:
    """Takes the values that are the engine's out of the others."""
    from graph.engine.settings import EngineSettings
    from graph.sparql.remote import RemotePolicy
    from graph.store.base import Limits

    def taken(**names: str) -> dict[str, Any]:
        return {field: values.pop(name) for field, name in names.items() if name in values}

    limits = Limits(**taken(seconds="timeout", memory="memory_limit", output="output_limit"))
    remote = RemotePolicy(frozenset(values.get("allow_hosts", ())))
    return EngineSettings(
        limits=limits,
        remote=remote,
        **taken(memory="memory", default_graph="default_graph", heavy="readers", queue="queue", history="history"),
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
