"""The process that looks at a whole store beside its writer: `python -m graph.engine.surveyor COMMANDS LIFELINE`.

It is told of a snapshot, answers with a survey of it as JSON, or with nothing where the store was written to since the
snapshot was made, and ends.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING

from graph.engine.child import follow, lifelines
from graph.errors import PodiumError
from graph.ledger.database import read_only
from graph.pipeline.surveying import survey
from graph.store.embedded import Store

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path


def look(snapshot: Path, store: Path, base: str, version: str) -> str | None:
    """The survey of a snapshot as JSON; None where the ledger is of another version by now."""
    ledger = read_only(store / "ledger.db")
    try:
        ledger.execute("BEGIN")
        ledger.execute("SELECT count(*) FROM articles").fetchone()  # from here on it sees no later write
        if (store / "version").read_text("utf-8") != version:
            return None
        with Store.frozen(snapshot, store, base, version, ledger) as frozen:
            return json.dumps(asdict(survey(frozen)), ensure_ascii=False, indent=1)
    finally:
        ledger.close()


def _serve(commands: Connection, line: Connection) -> None:
    follow(line)
    try:
        found = look(*commands.recv())
    except (PodiumError, OSError):
        found = None
    commands.send(found)


if __name__ == "__main__":
    with suppress(EOFError, OSError):  # the front has ended
        _serve(*lifelines(sys.argv[1:]))
