"""Single slots judged against gold: what was right, wrong or missed, and which sentences and rules stand behind it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from graph.model import Best, Coaching, Evidence, Family, Membership, Outcome, Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Kind = Literal[
    "person", "country", "coaching", "membership", "family", "position", "mark", "medal", "discipline",
    "competition", "year", "best",
]  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
How = Literal["right", "wrong", "missed"]

_BEYOND_GUIDE: Final = ("evidence", "mentions")
_WHOLE_ROWS: Final = frozenset(("person", "coaching", "membership", "family", "best"))
_OF_RACE: Final = frozenset(("discipline", "competition", "year"))


@dataclass(frozen=True, slots=True)
class JoinedResult:
    """A result with the slots of its race."""

    athlete: str
    position: int | Outcome | None
    mark: str | None
    medal: str | None
    discipline: str | None
    competition: str | None
    year: int | None
    place: str | None
    round: str | None
    evidence: tuple[Evidence, ...] = ()


Row: TypeAlias = Person | Coaching | Membership | Family | Best | JoinedResult


@dataclass(frozen=True, slots=True)
class Judgement:
    """One slot: right, wrong (found, not gold) or missed (gold, not found).

    `gold` and `found` are the rows it stands in. Both are there where rows were matched; `gold` is None where gold has
    no such row, `found` where nothing like it was found.
    """

    article: str
    how: How
    kind: Kind
    gold: Row | None
    found: Row | None

    @property
    def row(self) -> Row:
        """The row that has the slot: gold's where it was missed, else the found one."""
        row = self.gold if self.how == "missed" else self.found
        assert row is not None  # noqa: S101 - whoever judges gives it
        return row

    @property
    def fact(self) -> Mapping[str, Any]:
        """That row in the fields of the guide."""
        return fields_of(self.row)

    @property
    def value(self) -> str:
        """What the slot says; of a kind that is a whole row, the row's values."""
        return value_of(self.row, self.kind)

    @property
    def other(self) -> str:
        """What the matched row of the other side says in the slot; "" where there is none, or it says nothing."""
        row = self.found if self.how == "missed" else self.gold
        return "" if row is None else value_of(row, self.kind)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences behind the slot, none where it was missed.

        These are the sentences that name the slot as theirs. Where none does, those that support the whole fact; where
        there are none of these either (a medal that only follows from the place), all. What a result has of its race
        is told or settled with each sentence of the result, so all of them stand behind it.
        """
        given = self.found.evidence if self.how != "missed" and self.found is not None else ()
        if self.kind in _OF_RACE:
            return given
        naming = tuple(item for item in given if self.kind in item.slots)
        return naming or tuple(item for item in given if not item.slots) or given

    def to_json(self) -> dict[str, Any]:
        """The slot with its row, the gold row that it should have agreed with, and its sentences."""
        gold = self.gold if self.how == "wrong" else None
        return {
            "article": self.article,
            "how": self.how,
            "kind": self.kind,
            "fact": dict(self.fact),
            "gold": None if gold is None else dict(fields_of(gold)),
            "evidence": [asdict(item) for item in self.evidence],
        }


def fields_of(row: Row) -> Mapping[str, Any]:
    """A row in the fields of the guide."""
    return {name: value for name, value in asdict(row).items() if name not in _BEYOND_GUIDE}


def value_of(row: Row, kind: Kind) -> str:
    """What a row says in a slot, "" where nothing; for a kind that is a whole row, its values."""
    if isinstance(row, Person):
        return row.name if kind == "person" else row.country or ""
    if kind in _WHOLE_ROWS:
        return ", ".join(str(value) for value in fields_of(row).values() if value not in (None, False, True))
    value = getattr(row, kind)
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """The judged slots of one row: of a found row the right and wrong ones, or of a gold row the missed ones."""

    row: Row
    slots: tuple[Judgement, ...]

    @property
    def subject(self) -> str:
        """Whom the row is about: the first of its names; "" where the slots' values begin with it."""
        name = str(next(iter(fields_of(self.row).values())))
        return "" if self.slots[0].value.startswith(name) else name

    @property
    def rest(self) -> Mapping[str, Any]:
        """What else a result says, which tells it from others of the same athlete."""
        if not isinstance(self.row, JoinedResult):
            return {}
        told = {"athlete", *(slot.kind for slot in self.slots)}
        return {name: value for name, value in fields_of(self.row).items() if name not in told and value is not None}

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences behind its slots, each once, in the order of the text."""
        found = {(item.start, item.end, item.rule): item for slot in self.slots for item in slot.evidence}
        return tuple(found[place] for place in sorted(found))


def by_row(judgements: Iterable[Judgement]) -> tuple[JudgedRow, ...]:
    """Judgements gathered by the rows they stand in, in the order of first appearance."""
    rows: dict[tuple[bool, int], list[Judgement]] = {}
    for judgement in judgements:
        rows.setdefault((judgement.how == "missed", id(judgement.row)), []).append(judgement)
    return tuple(JudgedRow(slots[0].row, tuple(slots)) for slots in rows.values())
