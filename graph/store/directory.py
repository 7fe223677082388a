"""What lies in a store's directory besides the quads, and how the directory is found, made and refused."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import secrets
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox

from graph.errors import StoreBusyError, StoreError, StoreFullError, StoreVersionError
from graph.ledger.database import connect
from graph.store.swapping import finish
from ontology.iris import DEFAULT_BASE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

FORMAT = 2  # raised when a store written by this version cannot be read by the one before

_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`#?]+/")
_SETTINGS = "podium.json"
_FOREIGN = 4  # bytes at the beginning of a version
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Directory:
    """A store's directory; `base` and `version` as in `Store`."""

    def __init__(
        self,
        path: Path,
        base: str,
        version: str,
        temporary: tempfile.TemporaryDirectory[str] | None = None,
        ledger: sqlite3.Connection | None = None,
    ) -> None:
        self.path = path
        self.base = base
        self.version = version
        self._temporary = temporary
        self._ledger = ledger
        self.noted = 0  # lines of `pending` that this process wrote
        self.torn = False  # whether a write of this process broke off, so that what they name must be made anew

    @classmethod
    def open(cls, path: Path, *, create: bool, base: str | None) -> Self:
        """Reads the directory's own files, or makes them; the quads are opened by `oxigraph`."""
        if base is not None and not _BASE.fullmatch(base):
            raise StoreError(f"'{base}' is no data namespace: give an http(s) IRI that ends in '/'")
        with writing(path):
            finish(path)
            if not (path / _SETTINGS).exists():
                _make(path, base or DEFAULT_BASE, create=create)
            found = _settings(path)
            version = _read(path / "version")
            if version is None:  # nothing was written yet
                version = _token()
                replace_file(path / "version", version)
        if base is not None and base != found:
            raise StoreError(f"{path}: its data namespace is {found} and cannot be changed to {base}; make a new store")
        return cls(path, found, version)

    @classmethod
    def temporary(cls, base: str) -> Self:
        """A directory that goes with the object."""
        folder = tempfile.TemporaryDirectory(prefix="podium-")
        return cls(Path(folder.name), base, _token(), folder)

    def oxigraph(self) -> ox.Store:
        """The quads; raises StoreBusyError where another process has them open."""
        try:
            with writing(self.path):
                return ox.Store(self.path / "oxigraph")
        except StoreFullError:
            raise
        except RuntimeError as error:
            raise StoreError(f"{self.path}: damaged ({error}); put it back from a backup") from error
        except StoreError as error:
            if "lock" in str(error).casefold():
                raise StoreBusyError(
                    f"{self.path}: in use by another process; ask that one with --server URL (and --token T to write),"
                    " or stop it"
                ) from error
            raise

    def close(self) -> None:
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None
        if self._temporary is not None:
            self._temporary.cleanup()

    def renew_version(self, version: str | None = None, *, own: bool = False) -> None:
        """A new version, on disk before the write it announces: a crash between the two only costs a cache.

        With `own` nothing is named that the pipeline does not name, and the `foreign_part` stays. A write that did not
        happen gives the `version` back that was before it.
        """
        version = version or (foreign_part(self.version) if own else _token(_FOREIGN)) + _token()
        replace_file(self.path / "version", version)
        self.version = version

    @property
    def stale(self) -> bool:
        """Whether all quads are to be made anew (a run that did so was cut off)."""
        return (self.path / "stale").exists()

    @stale.setter
    def stale(self, value: bool) -> None:
        with writing(self.path):
            if value:
                (self.path / "stale").touch()
            else:
                (self.path / "stale").unlink(missing_ok=True)

    @property
    def ledger(self) -> sqlite3.Connection:
        """The store's ledger, opened when it is first asked for."""
        if self._ledger is None:
            with writing(self.path):
                self._ledger = connect(self.path / "ledger.db", durable=self._temporary is None)
        return self._ledger

    def upgrade(self) -> None:
        """Marks a store that an older Podium wrote as one of this version's format."""
        self.keep_note(_SETTINGS, _settings_text(self.base))

    @property
    def unfinished(self) -> bool:
        """Whether the store must be made whole before it is read: a run was cut off, or an older Podium wrote it."""
        return self.stale or (self.path / "pending").exists() or (self.path / "records").exists()

    def note_pending(self, line: str) -> None:
        """Adds a line on what is about to be written to the quads, and waits for the disk."""
        with writing(self.path), (self.path / "pending").open("a", encoding="utf-8", newline="") as file:
            file.write(f"\n{line}\n")  # a line that was cut off stays apart from the next
            file.flush()
            os.fsync(file.fileno())
        self.noted += 1

    def pending(self) -> list[str]:
        """The lines noted since `forget_pending`, those of earlier processes too; one may have been cut off."""
        return [line for line in (_read(self.path / "pending") or "").split("\n") if line]

    def forget_pending(self) -> None:
        """All that was noted is safely on disk."""
        with writing(self.path):
            (self.path / "pending").unlink(missing_ok=True)
        self.noted = 0

    def keep_note(self, name: str, content: str) -> None:
        """Stores a small file of the store's own."""
        with writing(self.path):
            replace_file(self.path / name, content)

    def note(self, name: str) -> str | None:
        return _read(self.path / name)

    def keep_archive(self, name: str, content: str) -> Path:
        """Stores a withdrawn graph; the file it is in is returned."""
        target = self.path / "archive" / name
        with writing(self.path):
            target.parent.mkdir(exist_ok=True)
            replace_file(target, content)
        return target


def foreign_part(version: str) -> str:
    """The part of a version that stays the same while nobody but the pipeline gives names to things."""
    return version[: 2 * _FOREIGN]


def text_name(text: str) -> str:
    """The name a text is kept under: the hex SHA-256 of its UTF-8 form."""
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns failures of the file system into StoreFullError or StoreError that name the store."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno in _FULL or "No space left" in str(error) or "File too large" in str(error):
            raise StoreFullError(
                f"{path}: no space left on the disk; every article is in the store wholly or not at all, so free some "
                "and try again"
            ) from error
        raise StoreError(f"{path}: the store cannot be read or written: {reason}") from error


def replace_file(path: Path, content: str) -> None:
    """Writes a file whole or not at all; line ends stay as they are."""
    new = path.with_name(f"{path.name}.new")
    try:
        with new.open("w", encoding="utf-8", newline="") as file:
            file.write(content)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _make(path: Path, base: str, *, create: bool) -> None:
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path}: not a directory, so no store; name another place")
    if path.exists() and any(found.name != f"{_SETTINGS}.new" for found in path.iterdir()):  # whose making was cut off
        raise StoreError(f"{path}: not a Podium store, and not empty; name a new or an empty directory")
    if not create:
        raise StoreError(f"{path}: no store here; `podium ingest FILE --store {path}` makes one")
    path.mkdir(parents=True, exist_ok=True)
    replace_file(path / _SETTINGS, _settings_text(base))


def _settings_text(base: str) -> str:
    return json.dumps({"format": FORMAT, "base": base}, indent=2) + "\n"


def _settings(path: Path) -> str:
    """The base IRI."""
    try:
        settings: Any = json.loads((path / _SETTINGS).read_text(encoding="utf-8"))
        written, base = settings["format"], settings["base"]
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path / 'podium.json'}: damaged; put it back from a backup") from error
    if not isinstance(written, int) or not isinstance(base, str) or not _BASE.fullmatch(base):
        raise StoreError(f"{path / 'podium.json'}: damaged; put it back from a backup")
    if written > FORMAT:
        raise StoreVersionError(
            f"{path}: written by a newer Podium (format {written}, this one reads {FORMAT}); update Podium"
        )
    return base


def _read(path: Path) -> str | None:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _token(size: int = 8) -> str:
    return secrets.token_hex(size)
