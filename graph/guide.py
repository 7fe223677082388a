"""An extraction as JSON and back, in the schema of the evaluation guide.

Every list is present and every unknown field null, save three: a best carries `indoor` only where it is true, as the
guide has it, and optional extractors are named (`proposer`, `proposers`) only where there are any. Beyond the guide,
facts carry `evidence` (people and clubs also `mentions`); races `series`, `category`, `heat`, `indoor` and
`reigning`; results and bests `team`, results `ahead_of`; and the whole `extractor`, `club_details` (what is known of
each of `clubs`, in the same order) and the lists `rankings`, `tallies`, `did_not_reach` and `trained_with`. Reading
takes a missing or null field as unknown and passes over fields it does not know, so that gold files made by hand are
read as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from graph.errors import PodiumError
from graph.model import Best, Evidence, Extraction

__all__ = ["dumps", "from_json", "to_json"]

_KIND_NAMES: Final = {
    str: "text",
    int: "an integer",
    float: "a number",
    bool: "true or false",
    date: "a date YYYY-MM-DD",
}
_ATOMS: Final = frozenset({str, int, float, bool, NoneType})


def to_json(extraction: Extraction) -> dict[str, Any]:
    """The extraction as JSON values, keys in a fixed order."""
    data = {
        "article": extraction.article,
        "title": extraction.title,
        "published": _plain(extraction.published),
        "extractor": extraction.extractor or None,
    }
    for name in _names(Extraction):
        if name in data:
            continue
        if name == "clubs":
            data[name] = [club.name for club in extraction.clubs]
            data["club_details"] = _plain(extraction.clubs)
        else:
            data[name] = _plain(getattr(extraction, name))
    if not extraction.proposers:
        del data["proposers"]
    return data


def dumps(extraction: Extraction) -> str:
    """The JSON text, the same for equal extractions; to be written as UTF-8."""
    return json.dumps(to_json(extraction), ensure_ascii=False, indent=1) + "\n"


def from_json(data: Mapping[str, Any]) -> Extraction:
    """The extraction behind JSON values; PodiumError names the field that does not fit."""
    if not isinstance(data, Mapping):
        raise PodiumError("a JSON object with the facts of one article is expected; see the evaluation guide")
    prepared = dict(data)
    prepared["extractor"] = "" if data.get("extractor") is None else data["extractor"]
    prepared["clubs"] = _club_rows(data)
    extraction: Extraction = _row(Extraction, prepared, "")
    return extraction


def _club_rows(data: Mapping[str, Any]) -> list[Any]:
    """One mapping per club: its details where there are any, else its name alone."""
    names = _list(str, [] if data.get("clubs") is None else data["clubs"], "clubs")
    details = data.get("club_details")
    if details is None:
        return [{"name": name} for name in names]
    if not isinstance(details, list | tuple):
        raise PodiumError(f"club_details: a list is expected, not {_shown(details)}")
    if [club.get("name") if isinstance(club, Mapping) else None for club in details] != list(names):
        raise PodiumError("club_details: must describe the names in 'clubs', one by one and in the same order")
    return list(details)


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind in _ATOMS:
        return value
    if kind is tuple:
        return [_plain(item) for item in value]
    if kind is date:
        return value.isoformat()
    row = {name: _plain(getattr(value, name)) for name in _names(kind)}
    if isinstance(value, Best) and not value.indoor:
        del row["indoor"]
    if isinstance(value, Evidence) and value.proposer is None:
        del row["proposer"]
    return row


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


class _Field(NamedTuple):
    """Values of the `atoms` types and the `words` fit as they are; others are looked at by the annotation."""

    name: str
    annotation: Any
    required: bool
    atoms: frozenset[type]
    words: frozenset[str]


@cache
def _fields(kind: type) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    found = []
    for field in fields(kind):
        options = _options(hints[field.name])
        atoms = frozenset(option for option in options if option in (str, int, float, bool))
        words = frozenset(word for option in options if get_origin(option) is Literal for word in get_args(option))
        found.append(_Field(field.name, hints[field.name], field.default is MISSING, atoms, words))
    return tuple(found)


def _read(kind: Any, value: Any, where: str) -> Any:
    """`value` as the annotated type `kind`; `where` is its path, such as `results[3].mark`."""
    if is_dataclass(kind):
        return _row(kind, value, where)
    if get_origin(kind) is tuple:
        return _list(get_args(kind)[0], value, where)
    for option in _options(kind):
        read = _atom(option, value)
        if read is not None:
            return read
    expected = ", ".join(word for option in _options(kind) for word in _words(option))
    raise PodiumError(f"{where}: {_shown(value)} does not fit; expected {expected}")


def _row(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise PodiumError(f"{where}: an object is expected, not {_shown(value)}")
    given = {}
    for name, annotation, required, atoms, words in _fields(kind):
        said = value.get(name)
        if type(said) in atoms or (type(said) is str and said in words):
            given[name] = said
            continue
        path = f"{where}.{name}" if where else name
        if said is not None:
            given[name] = _read(annotation, said, path)
        elif required:
            raise PodiumError(f"{path}: is missing and must be given")
    return kind(**given)


def _list(kind: Any, value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise PodiumError(f"{where}: a list is expected, not {_shown(value)}")
    return tuple(_read(kind, item, f"{where}[{index}]") for index, item in enumerate(value))


def _options(kind: Any) -> tuple[Any, ...]:
    """The atoms of a union, None aside: `int | Outcome | None` is (int, Outcome)."""
    if get_origin(kind) in (Union, UnionType):
        return tuple(option for option in get_args(kind) if option is not NoneType)
    return (kind,)


def _atom(kind: Any, value: Any) -> Any:
    """The value where it is of this kind, else None; true is no integer, and an integer is a number."""
    if get_origin(kind) is Literal:
        return value if isinstance(value, str) and value in get_args(kind) else None
    if kind is date:
        return _day(value)
    if kind is float and type(value) is int:
        return float(value)
    return value if type(value) is kind else None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _words(kind: Any) -> tuple[str, ...]:
    return get_args(kind) if get_origin(kind) is Literal else (_KIND_NAMES[kind],)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= 60 else text[:57] + "..."
