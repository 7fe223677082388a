"""Names that may be one thing's though they are not, and names that are taken for one on little: for curators.

Read beside the writer, from the ledger alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from graph.ledger import reasons
from graph.ledger.naming import successor
from graph.ledger.reasons import plain

if TYPE_CHECKING:
    import sqlite3

    from graph.identity.minting import Kind

_MOST: Final = 2000  # pairs that are looked at
_TRAITS: Final = 20
_ARTICLES: Final = 100
_SEXES: Final = {"M": "male", "F": "female"}

_APART: Final = """
    SELECT c.kind, c.one, c.other,
    (SELECT sum(counted) FROM strands AS s WHERE s.kind = c.kind AND s.slug = c.one) AS ones,
    (SELECT sum(counted) FROM strands AS s WHERE s.kind = c.kind AND s.slug = c.other) AS others
    FROM candidates AS c WHERE c.one < c.other
    AND NOT EXISTS (SELECT 1 FROM links AS l WHERE l.kind = c.kind AND l.one = c.one AND l.other = c.other)
    AND NOT EXISTS (SELECT 1 FROM rulings AS r WHERE r.kind = c.kind AND r.one = c.one AND r.other = c.other)
    ORDER BY min(ones, others) DESC, c.kind, c.one, c.other LIMIT ?
"""
_ONE: Final = """
    SELECT l.kind, l.one, l.other,
    (SELECT sum(counted) FROM strands AS s WHERE s.kind = l.kind AND s.slug = l.one) AS ones,
    (SELECT sum(counted) FROM strands AS s WHERE s.kind = l.kind AND s.slug = l.other) AS others,
    l.rule, l.evidence FROM links AS l WHERE l.one < l.other
    AND NOT EXISTS (SELECT 1 FROM rulings AS r WHERE r.kind = l.kind AND r.one = l.one AND r.other = l.other)
    ORDER BY json_array_length(l.evidence), min(ones, others) DESC, l.kind, l.one, l.other LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names (slugs) of one kind, each with the number of its articles, and why they are one or are not."""

    kind: Kind
    one: str
    other: str
    articles: tuple[int, int]
    why: str


@dataclass(frozen=True, slots=True)
class Portrait:
    """What articles say of who bears a name: traits in words with how many say so, and the ids of some articles."""

    slug: str
    traits: tuple[tuple[str, int], ...]
    articles: tuple[str, ...]
    total: int


def likely_one(ledger: sqlite3.Connection, limit: int, offset: int = 0) -> tuple[list[Pair], int]:
    """Names that are alike but are taken for two things', those of most articles first; and how many there are."""
    rows = ledger.execute(_APART, (_MOST,)).fetchall()
    rows = [row for row in rows if _leads(ledger, row[0], row[1]) != _leads(ledger, row[0], row[2])]
    found = [
        Pair(kind, one, other, (ones or 0, others or 0), reasons.apart(ledger, kind, one, other))
        for kind, one, other, ones, others in rows[offset : offset + limit]
    ]
    return found, len(rows)


def doubtfully_one(ledger: sqlite3.Connection, limit: int, offset: int = 0) -> tuple[list[Pair], int]:
    """Names that are taken for one thing's, those first for which least speaks; and how many there are."""
    rows = ledger.execute(_ONE, (_MOST,)).fetchall()
    found = []
    for kind, one, other, ones, others, rule, evidence in rows[offset : offset + limit]:
        signs = ", ".join(map(plain, json.loads(evidence)))
        found.append(Pair(kind, one, other, (ones or 0, others or 0), f"{rule}; both have {signs}" if signs else rule))
    return found, len(rows)


def portrait(ledger: sqlite3.Connection, kind: Kind, slug: str) -> Portrait:
    """What articles say of who bears a name; nothing where none has it."""
    bare = slug.partition("--")[0]
    rows = ledger.execute(
        "SELECT trait, sum(articles) AS n FROM traits WHERE kind = ? AND slug = ?"
        " GROUP BY trait ORDER BY n DESC, trait LIMIT ?",
        (kind, bare, _TRAITS),
    ).fetchall()
    strands = ledger.execute(
        "SELECT strand, sum(articles) FROM strands WHERE kind = ? AND slug = ? GROUP BY strand ORDER BY 2 DESC LIMIT 5",
        (kind, bare),
    ).fetchall()
    articles = ledger.execute(
        "SELECT a.id FROM bearers AS b JOIN articles AS a ON a.n = b.n WHERE b.kind = ? AND b.slug = ?"
        " ORDER BY a.published DESC, a.id LIMIT ?",
        (kind, bare, _ARTICLES),
    ).fetchall()
    (total,) = ledger.execute("SELECT count(*) FROM bearers WHERE kind = ? AND slug = ?", (kind, bare)).fetchone()
    said = [(words, n) for strand, n in strands if (words := _strand(strand))]
    return Portrait(slug, (*said, *((plain(trait), n) for trait, n in rows)), tuple(one for (one,) in articles), total)


def _strand(strand: str) -> str:
    """What tells bearers of one name apart, in words."""
    sex, country, groups, era, mark = strand.split("|")
    said = (_SEXES.get(sex, sex), country, " and ".join(groups.split(",")), f"{era}s" if era else "", mark)
    return ", ".join(part for part in said if part)


def _leads(ledger: sqlite3.Connection, kind: str, slug: str) -> str:
    return successor(ledger, cast("Kind", kind), slug) or slug
