"""Folders of gold facts and of found facts, one JSON file per article under the same names."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.errors import PodiumError, UnreadableError
from graph.evaluation.report import Report
from graph.evaluation.scoring import evaluate
from graph.guide import from_json
from graph.model import Extraction

if TYPE_CHECKING:
    from pathlib import Path

_SIDECAR = ".meta.json"


def evaluate_folders(gold: Path, found: Path) -> Report:
    """The comparison of two folders; articles go by their file names, in order.

    An article without a file in `found` counts as one in which nothing was found; sidecars (`NAME.meta.json`) and found
    files without gold are passed over. UnreadableError names the folder or file that cannot be used.
    """
    gold_files = _files(gold)
    found_files = _files(found)
    if gold_files.keys().isdisjoint(found_files):
        raise UnreadableError(
            str(found),
            f"has no file named like one in {gold}; write the found facts with 'podium extract PATH --out DIR'",
        )
    reports = []
    for name, path in gold_files.items():
        other = found_files.get(name)
        facts = _read(other) if other else Extraction(name, "")
        report = evaluate(replace(_read(path), article=name), facts)
        reports.append(replace(report, missing=other is None))
    return Report(tuple(reports))


def _files(folder: Path) -> dict[str, Path]:
    """The files with facts by their stems, in order of name."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".json" and path.is_file())
    except OSError as error:
        raise UnreadableError(
            str(folder), f"cannot be listed: {error.strerror}; give a folder of JSON files"
        ) from error
    files = {path.stem: path for path in paths if not path.name.endswith(_SIDECAR)}
    if not files:
        raise UnreadableError(str(folder), "holds no JSON files with facts; see the evaluation guide for their form")
    return files


def _read(path: Path) -> Extraction:
    try:
        return from_json(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise UnreadableError(str(path), f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(str(path), "is not UTF-8; save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise UnreadableError(str(path), f"is no JSON: {error.msg} (line {error.lineno})") from error
    except PodiumError as error:
        raise UnreadableError(str(path), str(error)) from error
