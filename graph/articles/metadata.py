"""What is known of an article beside its text: given by the user, by a sidecar, by the document itself."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from graph.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SIDECAR_SUFFIX = ".meta.json"
_MAX_SIDECAR = 100_000  # bytes
_ID = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
_HALVES = re.compile(r"[\ud800-\udfff]")
_URL = re.compile(r"https?://[^\s/\ud800-\udfff][^\s\ud800-\udfff]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """Metadata that overrides what the documents say; None leaves a field to them."""

    title: str | None = None
    published: date | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    id: str | None = None


FIELDS = tuple(field.name for field in fields(Options))


def overlay(*layers: Options) -> Options:
    """Each field from the first layer that has it."""
    result = Options()
    for layer in reversed(layers):
        given = {name: value for name in FIELDS if (value := getattr(layer, name)) is not None}
        result = replace(result, **given)
    return result


def is_id(text: str) -> bool:
    """Whether a text can be an article's id: a slug, and no longer than a file name may be."""
    return len(text) <= 120 and _ID.fullmatch(text) is not None


def http_url(text: str | None) -> str | None:
    """The text if it is an absolute http or https address."""
    return text if text and _URL.fullmatch(text) else None


def parse_day(written: str) -> date | None:
    """The calendar day of an ISO 8601 or RFC 5322 date, in the time zone in which it is written."""
    written = written.strip()
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        try:
            return parsedate_to_datetime(written).date()
        except ValueError:
            return None


def sidecar_of(document: Path) -> Path:
    """Where the metadata of a file lies: `report.meta.json` beside `report.txt`."""
    return document.with_name(document.stem + SIDECAR_SUFFIX)


def read_sidecar(path: Path) -> Options:
    """The metadata in a sidecar; nothing if there is none. Fields it does not know are left to others.

    Raises UnreadableError that names the sidecar and the field.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_SIDECAR + 1)
    except FileNotFoundError:
        return Options()
    except OSError as error:
        raise UnreadableError(str(path), f"cannot be read ({error.strerror})") from error
    if len(data) > _MAX_SIDECAR:
        raise UnreadableError(str(path), f"is larger than {_MAX_SIDECAR:,} bytes; a sidecar holds metadata only")
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(str(path), f"is not valid JSON ({error}); correct or remove it") from error
    if not isinstance(content, dict):
        raise UnreadableError(str(path), f"must hold a JSON object with any of {', '.join(FIELDS)}")
    return options_of(str(path), content)


def options_of(origin: str, content: Mapping[str, object]) -> Options:
    """The metadata in an object of JSON; other fields of it are left to others.

    Raises UnreadableError that names the origin and the field.
    """
    values = {name: _text(origin, name, content.get(name)) for name in FIELDS}
    return _checked(origin, values)


def _text(origin: str, name: str, value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise UnreadableError(origin, f"'{name}' must be a text, not {json.dumps(value)[:40]}")
    if value and _HALVES.search(value):
        raise UnreadableError(origin, f"'{name}' holds half of a surrogate pair, which is no character")
    return " ".join(value.split()) or None if value else None


def _checked(origin: str, values: dict[str, str | None]) -> Options:
    identifier, url, published = values["id"], values["url"], values["published"]
    if identifier is not None and not is_id(identifier):
        raise UnreadableError(origin, f"'id' may hold only a-z, 0-9 and inner hyphens, not '{identifier[:60]}'")
    if url is not None and not http_url(url):
        raise UnreadableError(origin, f"'url' must be an http or https address, not '{url[:60]}'")
    day = parse_day(published) if published else None
    if published is not None and day is None:
        raise UnreadableError(origin, f"'published' must be a date such as 2024-06-09, not '{published[:60]}'")
    return Options(values["title"], day, url, values["source"], values["author"], identifier)
