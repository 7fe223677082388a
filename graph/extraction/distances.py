"""Numbers that stand for a race, as American news writes them: "the 200 final", "the women's 1,500"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from graph.extraction.lexicons import cues
from ontology import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.extraction.chunks import Chunk
    from graph.extraction.tokens import Token
    from ontology.entries import Discipline

_RUN: Final = ("60", "100", "200", "400", "800", "1500", "3000", "5000", "10000")
_BARRIERS: Final = {"hurdles": ("60", "100", "110", "400"), "hurdle": ("60", "100", "110", "400"),
                    "steeplechase": ("3000",), "steeple": ("3000",)}  # fmt: skip
_ENDS: Final = frozenset({".", ",", ";", ")", "in", "at", "on", "with", "by", "for", "but", "as", "after", "when",
                          "while", "where", "who", "and", "to", "final", "this", "last"})  # fmt: skip
_RACES: Final = cues("races")
_BEFORE: Final = frozenset({"the", "over", "'s", "open", "indoor", "both"})


@cache
def _disciplines() -> dict[str, tuple[Discipline, ...]]:
    spelt = vocabulary.discipline_spellings()
    found = {number: spelt[f"{number}m"] for number in _RUN}
    for noun, numbers in _BARRIERS.items():
        kind = "hurdles" if noun.startswith("hurdle") else "steeplechase"
        found |= {f"{number} {noun}": spelt[f"{number}m {kind}"] for number in numbers}
    return found


def distance_at(tokens: Sequence[Token], index: int, before: list[Chunk]) -> tuple[tuple[Discipline, ...], int] | None:
    """The discipline that the number at `index` stands for, and the index behind it."""
    number = tokens[index].text.replace(",", "")
    after = tokens[index + 1].lower if index + 1 < len(tokens) else "."
    barriers = _disciplines().get(f"{number} {after}")
    if barriers is not None:
        return barriers, index + 2
    disciplines = _disciplines().get(number)
    if disciplines is None or not before:
        return None
    named = after in _RACES and (_is_said(before) or before[-1].kind in ("level", "demonym", "setting", "series"))
    if named or (after in _ENDS and _is_said(before)):
        return disciplines, index + 1
    return None


def _is_said(before: list[Chunk]) -> bool:
    """Whether the words before call for a race: "the", "the men's", "the 100 and"."""
    last = before[-1]
    if last.kind == "sex" or last.lemma in _BEFORE:
        return True
    return len(before) > 1 and last.lemma in ("and", "&", "-", "/") and before[-2].kind == "discipline"
