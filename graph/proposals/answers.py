"""Answers of endpoints in a folder: the same question to the same model is asked once."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import ProposerError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Answers:
    """A folder of answers, by the hash of what was asked: text, model, prompt and schema. It never sees a key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, request: Mapping[str, Any]) -> str | None:
        """The answer to a request, or None; a damaged file counts as none."""
        path = self._path(request)
        try:
            data = json.loads(path.read_text("utf-8"))
            answer = data["answer"] if data["key"] == path.stem else None
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return answer if isinstance(answer, str) else None

    def keep(self, request: Mapping[str, Any], answer: str) -> None:
        """Keeps an answer; the file appears whole or not at all."""
        path = self._path(request)
        data = {"key": path.stem, "model": request["model"], "answer": answer}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(data, file, indent=1)
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise ProposerError(
                f"{self._folder}: answers cannot be kept there ({error.strerror}); name another folder as PODIUM_CACHE"
            ) from error

    def _path(self, request: Mapping[str, Any]) -> Path:
        key = hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()
        return self._folder / "answers" / key[:2] / f"{key}.json"
