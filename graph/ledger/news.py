"""What a batch changed in what articles say, and of what there is something new to believe.

Most of what an article says of a thing is what others say of it, too: then nothing that the graph holds of it changes,
but for the list of claims behind what was inferred.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from graph.facts import AnyRace, Entity, Fact, Key, PartialRace, ResultKey
from graph.identity.fusion import PLACED, THRESHOLD, places_agree
from graph.identity.traits import traits
from graph.ledger.claiming import LIVE
from graph.rdf.registry import is_close, shipped_label

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Iterator

    from graph.facts import Value
    from graph.ledger.terms import Terms

_OTHER: Final = dict(zip(PLACED, reversed(PLACED), strict=True))
_ENDS: Final = """
    SELECT (SELECT value FROM claims WHERE about = ?1 AND predicate = ?2 AND confidence >= ?3 ORDER BY value LIMIT 1),
    (SELECT value FROM claims WHERE about = ?1 AND predicate = ?2 AND confidence >= ?3 ORDER BY value DESC LIMIT 1)
"""  # of the values in their order, so that those between, which may be thousands, are not looked at
_NAMES: Final = """
    WITH RECURSIVE names (name) AS (
        SELECT min(name) FROM namings WHERE entity = ?1
        UNION ALL SELECT (SELECT min(name) FROM namings WHERE entity = ?1 AND name > names.name) FROM names
        WHERE names.name IS NOT NULL
    ) SELECT name FROM names WHERE name IS NOT NULL
"""


class _Said(NamedTuple):
    """A row of `claims`."""

    subject: int
    predicate: int
    object: int
    about: int
    value: int
    race: int | None
    confidence: float
    day: int | None


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the ledger holds of what one article says."""

    claims: frozenset[_Said] = frozenset()
    uses: frozenset[tuple[int, int]] = frozenset()  # key, role
    namings: frozenset[tuple[int, str, int]] = frozenset()  # entity, name, alias


@dataclass(frozen=True, slots=True)
class Restated:
    """Claims that came and went of a fact that stands as before: by number of the key, and predicate."""

    key: int
    predicate: str
    came: Collection[tuple[str, Fact]]  # article, the fact as it says it
    went: Collection[tuple[str, Fact]]


@dataclass(slots=True)
class _Statement:
    """What changed of one property of one thing: value -> articles; the rows that came and went."""

    values: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    came: list[tuple[int, _Said]] = field(default_factory=list)
    went: list[tuple[int, _Said]] = field(default_factory=list)


class News:
    """Told of the articles before their rows change; `article` gives the id of one by its number."""

    def __init__(self, database: sqlite3.Connection, terms: Terms, article: Callable[[int], str]) -> None:
        self._database = database
        self._terms = terms
        self._article = article
        self._before: dict[int, _Rows] = {}
        self._recounted: set[int] = set()
        self._resolved: set[int] = set()
        self._said: defaultdict[tuple[int, int], _Statement] = defaultdict(_Statement)
        self._used: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        self._named: defaultdict[tuple[int, str, int], set[int]] = defaultdict(set)
        self._partial: dict[int, set[int]] = {}
        self.weights: Counter[int] = Counter()  # key -> how many articles more or fewer name it, or tell of the race

    def note(self, n: int, *, fresh: bool = False) -> None:
        """The rows of article `n` are about to change; `fresh` where it has none yet."""
        if n not in self._before:
            self._before[n] = _Rows() if fresh else self._rows(n)

    def recount(self, n: int) -> None:
        """Article `n` counts for another one than before, or for itself again."""
        self.note(n)
        self._recounted.add(n)

    def resolve(self, n: int) -> None:
        """The partly known races of article `n` may be others than before."""
        self._resolved.add(n)

    def weigh(self) -> tuple[set[int], list[Restated]]:
        """The numbers of the keys that something changes for, and what else was restated."""
        for n, before in self._before.items():
            self._compare(n, before, self._rows(n))
        found = set(self._told())
        found |= {key for (key, role), articles in self._used.items() if not self._is_used(key, role, articles)}
        found |= set(self._renamed(found))
        for n, partial in self._partial.items():  # two of one article may have one IRI
            if n in self._resolved or partial & found:
                found |= partial
        return found, list(self._restated(found))

    # ---- what changed

    def _rows(self, n: int) -> _Rows:
        claims = self._database.execute(
            "SELECT subject, predicate, object, about, value, race, confidence, day FROM claims WHERE n = ?", (n,)
        )
        uses = self._database.execute("SELECT key, role FROM uses WHERE n = ?", (n,))
        namings = self._database.execute("SELECT entity, name, alias FROM namings WHERE n = ?", (n,))
        return _Rows(frozenset(map(_Said._make, claims)), frozenset(uses), frozenset(namings))

    def _compare(self, n: int, before: _Rows, after: _Rows) -> None:
        for said in after.claims - before.claims:
            self._said[said.about, said.predicate].came.append((n, said))
        for said in before.claims - after.claims:
            self._said[said.about, said.predicate].went.append((n, said))
        for said in before.claims | after.claims if n in self._recounted else before.claims ^ after.claims:
            self._said[said.about, said.predicate].values[said.value].add(n)
        for use in before.uses ^ after.uses:
            self._used[use].add(n)
        for naming in before.namings ^ after.namings:
            self._named[naming].add(n)
        self.weights.update(self._spoken_of(after, before))
        self.weights.subtract(self._spoken_of(before, after))
        partial = {
            key
            for rows in (before, after)
            for said in rows.claims
            if said.race is not None
            for key in (said.race, said.subject)
        }
        if partial:
            keys = {key for rows in (before, after) for key, _ in rows.uses} | partial
            self._partial[n] = {key for key in keys if _is_partial(self._terms.value(key))}

    def _spoken_of(self, rows: _Rows, others: _Rows) -> Iterator[int]:
        """What is named, and the races that are told of, in these rows and not in the others."""
        yield from {naming[0] for naming in rows.namings} - {naming[0] for naming in others.namings}
        for key, role in rows.uses - others.uses:
            if role == LIVE and isinstance(self._terms.value(key), AnyRace):
                yield key

    # ---- whether it matters

    def _told(self) -> Iterator[int]:
        found: set[int] = set()
        for (about, predicate), statement in self._said.items():
            if about not in found and self._matters(about, self._terms.text(predicate), statement):
                found.add(about)
                yield about

    def _matters(self, about: int, predicate: str, statement: _Statement) -> bool:
        """Whether other values are there than before, or it is in dispute which stand."""
        if about in self._terms.fresh:
            return True
        if predicate in traits().functional and len(self._ends(about, predicate)) > 1:
            return True
        if predicate in _OTHER and isinstance(self._terms.value(about), ResultKey):
            others = self._ends(about, _OTHER[predicate])
            if len(others) > 1 or not places_agree(self._values(others), self._values(statement.values)):
                return True
        return not all(self._is_said(about, predicate, value, articles) for value, articles in statement.values.items())

    def _ends(self, about: int, predicate: str) -> set[int]:
        """The first and the last of the values."""
        row = self._database.execute(_ENDS, (about, self._terms.number_of_text(predicate), THRESHOLD)).fetchone()
        return set(row) - {None}

    def _values(self, numbers: Iterable[int]) -> set[Value]:
        return {self._terms.value(number) for number in numbers}

    def _is_said(self, about: int, predicate: str, value: int, articles: Collection[int]) -> bool:
        """Whether other articles than these say it."""
        rows = self._database.execute(
            "SELECT n FROM claims WHERE about = ? AND predicate = ? AND value = ? AND confidence >= ?",
            (about, self._terms.number_of_text(predicate), value, THRESHOLD),
        )
        return _has_other(rows, articles)

    def _is_used(self, key: int, role: int, articles: Collection[int]) -> bool:
        rows = self._database.execute("SELECT n FROM uses WHERE key = ? AND role = ?", (key, role))
        return key not in self._terms.fresh and _has_other(rows, articles)

    def _renamed(self, found: Collection[int]) -> Iterator[int]:
        """Entities that have a spelling more or fewer, or one that more articles use when that may be their label."""
        close: dict[int, bool] = {}
        for naming, articles in self._named.items():
            number = naming[0]
            entity = self._terms.value(number)
            if number in found or not isinstance(entity, Entity) or shipped_label(entity) is not None:
                continue
            if number not in close:
                names = [row[0] for row in self._database.execute(_NAMES, (number,))]
                close[number] = number in self._terms.fresh or is_close(entity, names)
            rows = self._database.execute("SELECT n FROM namings WHERE entity = ? AND name = ? AND alias = ?", naming)
            if close[number] or not _has_other(rows, articles):
                yield number

    def _restated(self, found: Collection[int]) -> Iterator[Restated]:
        """Places and medals from which others are inferred; there each claim is named."""
        for (about, predicate), statement in self._said.items():
            said = self._terms.text(predicate)
            if about not in found and said in PLACED and (statement.came or statement.went):
                came, went = (self._facts(rows) for rows in (statement.came, statement.went))
                yield Restated(about, said, came - went, went - came)

    def _facts(self, rows: Iterable[tuple[int, _Said]]) -> set[tuple[str, Fact]]:
        found = set()
        for n, said in rows:
            subject = self._terms.value(said.subject)
            if isinstance(subject, Key):
                fact = Fact(subject, self._terms.text(said.predicate), self._terms.value(said.object))
                found.add((self._article(n), fact))
        return found


def _has_other(rows: Iterable[tuple[int]], articles: Collection[int]) -> bool:
    return any(n not in articles for (n,) in rows)


def _is_partial(key: Value) -> bool:
    return isinstance(key.race if isinstance(key, ResultKey) else key, PartialRace)
