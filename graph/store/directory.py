"""What lies in a store's directory besides the quads, and how the directory is found, made and refused."""

from __future__ import annotations

import errno
import hashlib
import json
import re
import secrets
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox

from graph.errors import StoreBusyError, StoreError, StoreFullError, StoreVersionError
from ontology.iris import DEFAULT_BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = 1  # raised when a store written by this version cannot be read by the one before

_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`#?]+/")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Directory:
    """A store's directory; `base` and `version` as in `Store`."""

    def __init__(
        self, path: Path, base: str, version: str, temporary: tempfile.TemporaryDirectory[str] | None = None
    ) -> None:
        self.path = path
        self.base = base
        self.version = version
        self._temporary = temporary

    @classmethod
    def open(cls, path: Path, *, create: bool, base: str | None) -> Self:
        """Reads the directory's own files, or makes them; the quads are opened by `oxigraph`."""
        if base is not None and not _BASE.fullmatch(base):
            raise StoreError(f"'{base}' is no data namespace: give an http(s) IRI that ends in '/'")
        with writing(path):
            if not (path / "podium.json").exists():
                _make(path, base or DEFAULT_BASE, create=create)
            found = _settings(path)
            version = _read(path / "version") or _token()
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
                    f"{self.path}: in use by another process; ask that one with --server URL, or stop it"
                ) from error
            raise

    def close(self) -> None:
        if self._temporary is not None:
            self._temporary.cleanup()

    def renew_version(self) -> None:
        """A new version, on disk before the write it announces: a crash between the two only costs a cache."""
        version = _token()
        replace_file(self.path / "version", version)
        self.version = version

    @property
    def stale(self) -> bool:
        """Whether facts may lag behind the evidence (a run was cut off between the two)."""
        return (self.path / "stale").exists()

    @stale.setter
    def stale(self, value: bool) -> None:
        with writing(self.path):
            if value:
                (self.path / "stale").touch()
            else:
                (self.path / "stale").unlink(missing_ok=True)

    def keep_text(self, text: str) -> str:
        """Stores a text under its `text_name`, which is returned."""
        name = text_name(text)
        target = self.path / "texts" / f"{name}.txt"
        with writing(self.path):
            if not target.exists():
                target.parent.mkdir(exist_ok=True)
                replace_file(target, text)
        return name

    def text(self, name: str) -> str | None:
        """The text of that name, or None."""
        return _read(self.path / "texts" / f"{name}.txt")

    def keep_record(self, article: str, content: str) -> None:
        """Stores what one article was found to say; raises StoreError for an id that is no name of a file."""
        if not _NAME.fullmatch(article):
            raise StoreError(f"'{article}' is no id of an article: only letters, digits, '.', '_' and '-' may be in it")
        target = self.path / "records" / f"{article}.json"
        with writing(self.path):
            target.parent.mkdir(exist_ok=True)
            replace_file(target, content)

    def record(self, article: str) -> str | None:
        """What was stored for that article, or None."""
        return _read(self.path / "records" / f"{article}.json") if _NAME.fullmatch(article) else None

    def drop_record(self, article: str) -> None:
        """Forgets what was stored for that article."""
        if _NAME.fullmatch(article):
            with writing(self.path):
                (self.path / "records" / f"{article}.json").unlink(missing_ok=True)

    def record_names(self) -> list[str]:
        """The names of all records, sorted."""
        return sorted(path.stem for path in (self.path / "records").glob("*.json"))

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
                f"{path}: no space left on the disk; nothing was changed, so free some and try again"
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
    if path.exists() and any(path.iterdir()):
        raise StoreError(f"{path}: not a Podium store, and not empty; name a new or an empty directory")
    if not create:
        raise StoreError(f"{path}: no store here; `podium ingest FILE --store {path}` makes one")
    path.mkdir(parents=True, exist_ok=True)
    replace_file(path / "podium.json", json.dumps({"format": FORMAT, "base": base}, indent=2) + "\n")


def _settings(path: Path) -> str:
    """The base IRI."""
    try:
        settings: Any = json.loads((path / "podium.json").read_text(encoding="utf-8"))
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


def _token() -> str:
    return secrets.token_hex(8)
