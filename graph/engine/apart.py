"""A process that answers one query over quads it is sent, and ends: for FROM with documents of other hosts.

It reads one line of JSON, then N-Quads, and writes one line that says what follows (`results`, `graphs`, or the kind of
failure), then the answer or the message.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Any

import pyoxigraph as ox


def main() -> None:
    """Answers what stands in the standard input."""
    asked = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    try:
        kind, body = _answer(asked, sys.stdin.buffer.read())
    except SyntaxError as error:
        kind, body = "syntax", str(error).encode()
    except MemoryError:
        kind, body = "memory", b""
    except (RuntimeError, ValueError, OSError) as error:
        kind, body = "failed", str(error).encode()
    with os.fdopen(1, "wb") as answer:
        answer.write(kind.encode() + b"\n" + body)


def _answer(asked: dict[str, Any], quads: bytes) -> tuple[str, bytes]:
    store = ox.Store()
    store.bulk_load(quads, ox.RdfFormat.N_QUADS)
    found = store.query(
        asked["query"],
        prefixes=asked["prefixes"],
        default_graph=ox.DefaultGraph(),
        named_graphs=[ox.NamedNode(iri) for iri in asked["named"]],
    )
    if isinstance(found, ox.QueryTriples):
        graphs = ox.RdfFormat.from_media_type(asked["graphs"])
        return "graphs", ox.serialize(found, format=graphs, prefixes=asked["prefixes"]) or b""
    results = ox.QueryResultsFormat.from_media_type(asked["results"])
    return "results", found.serialize(format=results) or b""


if __name__ == "__main__":
    main()
