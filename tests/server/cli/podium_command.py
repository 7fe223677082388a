"""What a run of the command gives."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PODIUM = Path(sys.executable).with_name("podium")


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line that a failure prints."""
        (line,) = self.err.splitlines()
        assert line.startswith("podium: ")
        return line.removeprefix("podium: ")


Podium = Callable[..., Done]
