"""Keys, IRIs and literals as numbers: what the ledger's tables hold instead of the things themselves.

A key is written as JSON whose first field is its kind and whose further fields are its own, those first by which it is
looked for: all results of a race, all races of a series begin alike.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from graph.facts import (
    BestKey,
    CoachingKey,
    Entity,
    Key,
    Mark,
    MembershipKey,
    PartialRace,
    RaceKey,
    RankingKey,
    ResultKey,
    TallyKey,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from graph.facts import Value

_KINDS: Final[dict[str, tuple[type, tuple[str, ...]]]] = {
    "entity": (Entity, ("kind", "slug")),
    "race": (RaceKey, ("series", "year", "discipline", "sex", "round", "number", "category")),
    "partial": (
        PartialRace,
        (
            "who", "article", "series", "year", "discipline", "sex", "round", "number", "category", "reigning",
            "ordinal",
        ),
    ),
    "result": (ResultKey, ("race", "who", "team")),
    "coaching": (CoachingKey, ("coach", "athlete")),
    "membership": (MembershipKey, ("athlete", "club")),
    "best": (BestKey, ("record", "discipline", "athlete", "indoor", "area")),
    "ranking": (RankingKey, ("scope", "discipline", "athlete")),
    "tally": (TallyKey, ("series", "of", "athlete")),
    "mark": (Mark, ("unit", "digits")),
}  # fmt: skip
_WORDS: Final = {kind: word for word, (kind, _) in _KINDS.items()}
_CACHED: Final = 100_000


@lru_cache(maxsize=_CACHED)
def written(value: Value) -> str:
    """The value as text that `read` gives back: JSON for a key, N-Triples for an IRI or a literal."""
    if isinstance(value, ox.NamedNode | ox.Literal):
        return str(value)
    word = _WORDS[type(value)]
    parts = (_part(getattr(value, field)) for field in _KINDS[word][1])
    return f'["{word}",{",".join(parts)}]'


def _part(field: object) -> str:
    return written(field) if isinstance(field, RaceKey | PartialRace) else json.dumps(field, ensure_ascii=False)


@lru_cache(maxsize=_CACHED)
def read(text: str) -> Value:
    """The value that was `written` so."""
    if text.startswith("["):
        return _key(json.loads(text))
    subject = ox.parse(f"<urn:s> <urn:p> {text} .", ox.RdfFormat.N_TRIPLES)
    value = next(subject).object
    if not isinstance(value, ox.NamedNode | ox.Literal):
        raise TypeError(f"{text} is neither an IRI nor a literal")
    return value


def _key(parts: list[Any]) -> Key:
    kind, fields = _KINDS[parts[0]]
    values = (_key(part) if isinstance(part, list) else part for part in parts[1:])
    key: Key = kind(**dict(zip(fields, values, strict=True)))
    return key


class Terms:
    """The numbers of a ledger. Numbers are never given twice; what is no longer used keeps its own."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._numbers: dict[str, int] = {}
        self._values: dict[int, Value] = {}
        self.fresh: set[int] = set()  # given since `forget`

    def forget(self, *, rolled_back: bool = False) -> None:
        """What is fresh is so no more; after a rollback, numbers given meanwhile do not count."""
        self.fresh.clear()
        if rolled_back or len(self._numbers) > _CACHED:
            self._numbers.clear()
            self._values.clear()

    def number(self, value: Value) -> int:
        """The number of a value, which gets one where it has none."""
        return self.number_of_text(written(value))

    def number_of_text(self, text: str) -> int:
        """As `number`, of a value that is `written` already."""
        found = self._numbers.get(text)
        if found is None:
            row = self._database.execute("SELECT id FROM terms WHERE text = ?", (text,)).fetchone()
            if row is None:
                found = self._database.execute("INSERT INTO terms (text) VALUES (?)", (text,)).lastrowid
                if found is None:
                    raise RuntimeError("SQLite gave no number to a new row")
                self.fresh.add(found)
            else:
                found = int(row[0])
            self._numbers[text] = found
        return found

    def text(self, number: int) -> str:
        """The value of that number, as `written`."""
        found: tuple[str] = self._database.execute("SELECT text FROM terms WHERE id = ?", (number,)).fetchone()
        return found[0]

    def value(self, number: int) -> Value:
        """The value of that number."""
        found = self._values.get(number)
        if found is None:
            found = self._values[number] = read(self.text(number))
        return found

    def beginning(self, prefix: str) -> Iterable[int]:
        """The numbers of all values whose text begins so."""
        rows = self._database.execute(
            "SELECT id FROM terms WHERE text >= ? AND text < ?", (prefix, prefix + "\U0010ffff")
        )
        return [row[0] for row in rows]

    def holding(self, kind: str, part: str) -> Iterable[int]:
        """The numbers of all keys of a kind whose text holds that part; looks at all of them."""
        rows = self._database.execute(
            "SELECT id FROM terms WHERE text >= ?1 AND text < ?2 AND instr(text, ?3)",
            (f'["{kind}",', f'["{kind}",\U0010ffff', part),
        )
        return [row[0] for row in rows]
