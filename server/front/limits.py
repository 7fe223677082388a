"""What a client may take of HTTP itself: sizes in bytes, times in seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """`max_target` and `max_head` are the longest address and headers.

    `head_seconds` is for the whole head; `body_seconds` for a body, with one more for each 1000 bytes; `idle_seconds`
    between two requests of a connection; `send_seconds` without the client taking anything of its answer.
    """

    max_target: int = 32_768
    max_head: int = 65_536
    head_seconds: float = 15.0
    body_seconds: float = 30.0
    idle_seconds: float = 60.0
    send_seconds: float = 60.0
