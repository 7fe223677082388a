"""Folders of gold facts, of found facts and of articles, each article under one name in all of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.articles import FileNames, prepare, read
from graph.errors import PodiumError, UnreadableError
from graph.evaluation.report import Report
from graph.evaluation.scoring import evaluate
from graph.extraction import extract
from graph.guide import from_json
from graph.model import Article, Extraction

if TYPE_CHECKING:
    from pathlib import Path

_SIDECAR = ".meta.json"


def evaluate_folders(gold: Path, found: Path | None = None, articles: Path | None = None) -> Report:
    """The comparison of two folders; articles go by their file names, in order.

    Facts are in JSON files as `podium extract` writes them. Without `found` they are extracted from `articles`; with
    both, the articles only lend their text to the report. An article of which nothing is there counts as one in which
    nothing was found; sidecars (`NAME.meta.json`), and found files and articles without gold, are passed over.
    UnreadableError names the folder or file of facts that cannot be used; articles that cannot be read are listed.
    """
    gold_files = fact_files(gold)
    texts = _articles(articles) if articles is not None else _Articles({})
    if found is not None:
        found_files = fact_files(found)
        facts = {name: _read(path) for name, path in found_files.items() if name in gold_files}
        source, way_out = found, "write the found facts with 'podium extract PATH --out DIR'"
    elif articles is not None:
        facts = {name: extract(prepare(article)) for name, article in texts.named.items() if name in gold_files}
        source, way_out = articles, "gold facts belong to the article of the same file name"
    else:
        raise ValueError("either found facts or articles are needed")
    if not facts:
        raise UnreadableError(str(source), f"has no file named like one in {gold}; {way_out}")
    reports = []
    for name, path in gold_files.items():
        report = evaluate(replace(_read(path), article=name), facts.get(name) or Extraction(name, ""))
        reports.append(replace(report, missing=name not in facts, text=texts.named.get(name)))
    return Report(tuple(reports), texts.unreadable)


@dataclass(frozen=True, slots=True)
class _Articles:
    """The articles of a folder by the names of their files."""

    named: dict[str, Article]
    unreadable: tuple[UnreadableError, ...] = ()


def _articles(folder: Path) -> _Articles:
    names = FileNames()
    named: dict[str, Article] = {}
    unreadable: list[UnreadableError] = []
    for item in read([str(folder)]):
        if isinstance(item, UnreadableError):
            unreadable.append(item)
        else:
            named[names.of(item)] = item
    if not named:
        raise unreadable[0]
    return _Articles(named, tuple(unreadable))


def fact_files(folder: Path) -> dict[str, Path]:
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
