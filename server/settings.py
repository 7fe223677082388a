"""What can be set, and the only place that reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
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
    `cors_origin` is who may read from a browser's script; None allows nobody.
    """

    store: Path = Path("podium-store")
    host: str = "127.0.0.1"
    port: int = 8080
    base: str | None = None
    threads: int = 8
    max_body: int = 1_000_000
    cors_origin: str | None = "*"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings as the environment gives them; what it does not say takes its default.

        Raises SettingError for a port that is none.
        """
        default = cls()
        return cls(
            store=Path(environment.get("PODIUM_STORE") or default.store),
            host=environment.get("PODIUM_HOST") or default.host,
            port=_port(environment.get("PODIUM_PORT") or str(default.port)),
        )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise SettingError(f"PODIUM_PORT is '{text}'; give a number from 0 to 65535")
    return int(text)
