"""From what the user names to bytes: files, folders, addresses, standard input."""

from __future__ import annotations

import errno
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graph.articles.fetching import fetch
from graph.articles.metadata import SIDECAR_SUFFIX, Options, http_url, read_sidecar, sidecar_of
from graph.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIXES = frozenset({".txt", ".html", ".htm", ".xml", ".rss", ".atom"})
MAX_BYTES = 20_000_000  # of a document, page or feed; it is read into memory
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+)://")


@dataclass(frozen=True, slots=True)
class Input:
    """A document as read. `stem` is None where there is no file name; `url` is the address it was fetched from.

    `plain` says that it is text, whatever it looks like; `sha256` the hex digest of what it was made from, if that is
    not `data` itself.
    """

    origin: str
    data: bytes
    stem: str | None = None
    suffix: str = ""
    content_type: str | None = None
    url: str | None = None
    sidecar: Options = Options()
    plain: bool = False
    sha256: str | None = None


def read_inputs(locations: Iterable[str], stdin: BinaryIO | None = None) -> Iterator[Input | UnreadableError]:
    """Every document that the locations name, once, in order; an error for each that cannot be read."""
    seen: set[str] = set()
    for location in locations:
        scheme = _SCHEME.match(location)
        if location == "-" or scheme:
            if location not in seen:
                seen.add(location)
                yield _attempt(location, stdin)
            continue
        for path in _files(location):
            if isinstance(path, UnreadableError):
                yield path
            elif (real := os.path.realpath(path)) not in seen:
                seen.add(real)
                yield _attempt(path, stdin)


def _attempt(place: str | Path, stdin: BinaryIO | None) -> Input | UnreadableError:
    try:
        if isinstance(place, Path):
            return _from_file(place)
        return _from_stream(stdin or sys.stdin.buffer) if place == "-" else _from_web(place)
    except UnreadableError as error:
        return error


def _from_stream(stream: BinaryIO) -> Input:
    return Input("standard input", _limited("standard input", stream))


def _from_web(url: str) -> Input:
    if http_url(url) is None:
        raise UnreadableError(url, "only http and https addresses can be read; give a path for a file")
    answer = fetch(url, MAX_BYTES)
    return Input(url, answer.data, content_type=answer.content_type, url=answer.url)


def _from_file(path: Path) -> Input:
    if path.suffix.lower() == ".json":
        raise UnreadableError(str(path), "is JSON, not an article; give plain text, HTML, RSS or Atom")
    try:
        with path.open("rb") as file:
            data = _limited(str(path), file)
    except OSError as error:
        raise _unreadable(path, error) from error
    return Input(str(path), data, path.stem, path.suffix.lower(), sidecar=read_sidecar(sidecar_of(path)))


def _limited(origin: str, file: BinaryIO) -> bytes:
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableError(origin, f"is larger than {MAX_BYTES // 1_000_000} MB; split it")
    return data


def _files(location: str) -> Iterator[Path | UnreadableError]:
    """The files that a path names; of a folder those that may hold articles, sorted, without hidden ones."""
    path = Path(location)
    if "\0" in location:
        yield UnreadableError(location.replace("\0", "\\0"), "is no path: it holds a NUL character")
    elif os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where a folder above is closed
        found = False
        for item in _walk(path):
            found = True
            yield item
        if not found:
            listed = ", ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
            yield UnreadableError(location, f"no articles in this folder (looked for {listed})")
    elif not location.endswith(SIDECAR_SUFFIX):
        yield path
    elif not _has_document(path):  # beside its document a sidecar is read with it: `podium ingest folder/*` names both
        yield UnreadableError(location, "is metadata without an article; give the article that lies beside it")


def _walk(folder: Path) -> Iterator[Path | UnreadableError]:
    faults: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                yield Path(place, name)
    for fault in faults:
        yield _unreadable(Path(fault.filename), fault)


def _has_document(sidecar: Path) -> bool:
    stem = sidecar.name.removesuffix(SIDECAR_SUFFIX)
    return any(os.path.exists(sidecar.with_name(stem + suffix)) for suffix in SUFFIXES)  # noqa: PTH110 - as above


def _unreadable(path: Path, error: OSError) -> UnreadableError:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return UnreadableError(str(path), "no such file or folder; check the path")
    if error.errno in (errno.EACCES, errno.EPERM):
        return UnreadableError(str(path), "no permission to read it; change its mode or owner")
    return UnreadableError(str(path), f"cannot be read ({error.strerror})")
