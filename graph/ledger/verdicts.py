"""What a curator said of single claims: one that is rejected makes no fact, one that is confirmed needs no second look.

A verdict is on what one article claims. It outlives the article, should that be withdrawn and come again or be read
anew, and follows the names in the claim where these lead elsewhere by now.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from graph.facts import Key, plain
from graph.ledger import choosing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from graph.facts import Fact, Value

Ruling: TypeAlias = Literal["rejected", "confirmed"]
_Triple: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`article` is an id, `subject` and `object` are as `graph.facts.plain` writes them, `decided` is ISO in UTC."""

    article: str
    subject: str
    predicate: str
    object: str
    verdict: Ruling
    reason: str
    decided: str


def put(database: sqlite3.Connection, verdict: Verdict) -> None:
    """Keeps a verdict in the place of an earlier one on the same claim."""
    database.execute("INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?)", astuple(verdict))


def drop(database: sqlite3.Connection, verdict: Verdict) -> None:
    """Takes back what was said of a claim."""
    database.execute(
        "DELETE FROM verdicts WHERE article = ? AND subject = ? AND predicate = ? AND object = ?",
        (verdict.article, verdict.subject, verdict.predicate, verdict.object),
    )


def every(database: sqlite3.Connection) -> tuple[Verdict, ...]:
    """All verdicts, by article and claim."""
    rows = database.execute("SELECT * FROM verdicts ORDER BY article, subject, predicate, object")
    return tuple(Verdict(*row) for row in rows)


class Judged:
    """The verdicts on what one article claims."""

    def __init__(self, database: sqlite3.Connection, article: str) -> None:
        self._database = database
        rows = database.execute("SELECT * FROM verdicts WHERE article = ?", (article,)).fetchall()
        self._said: dict[_Triple, Verdict] = {row[1:4]: Verdict(*row) for row in rows}

    def __bool__(self) -> bool:
        return bool(self._said)

    def on(self, fact: Fact) -> Verdict | None:
        """The verdict on a claim, also where it was given when a name in that was another."""
        if not self._said:
            return None
        exact = self._said.get((plain(fact.subject), fact.predicate, plain(fact.object)))
        return exact or next((self._said[said] for said in self._called(fact) if said in self._said), None)

    def _called(self, fact: Fact) -> Iterator[_Triple]:
        objects = [plain(value) for value in self._names(fact.object)]
        for subject in self._names(fact.subject):
            yield from ((plain(subject), fact.predicate, value) for value in objects)

    def _names(self, value: Value) -> Iterable[Value]:
        return choosing.called(self._database, value) if isinstance(value, Key) else (value,)


def of_article(database: sqlite3.Connection, n: int) -> Judged | None:
    """The verdicts on what article number `n` claims; None where there are none."""
    if database.execute("SELECT 1 FROM verdicts LIMIT 1").fetchone() is None:
        return None
    row = database.execute("SELECT id FROM articles WHERE n = ?", (n,)).fetchone()
    return (Judged(database, row[0]) or None) if row else None
