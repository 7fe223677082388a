"""What all articles say of each name, added up, so that the work for one article does not grow with their number."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeAlias

from graph.identity import clubs, competitions, people
from graph.identity.likeness import near
from graph.identity.minting import Bearer, Kind, Witness
from graph.identity.profiles import strand, strand_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping

    from graph.identity.profiles import Profile, Reason, Strand
    from graph.ledger.rulings import Rulings

Name: TypeAlias = tuple[Kind, str]

UNDATED = "9999-99-99"


class Rules(Protocol):
    """How names of one kind are compared."""

    def keys(self, name: str, /) -> frozenset[str]: ...
    def weak(self, name: str, /) -> bool: ...
    def rank(self, name: str, /) -> int: ...
    def likeness(self, one: str, other: str, /) -> str | None: ...
    def agreement(
        self, one: str, other: str, left: Profile, right: Profile, shared: frozenset[str], /
    ) -> Reason | None: ...


RULES: Final[Mapping[Kind, Rules]] = {"person": people, "club": clubs, "series": competitions}


class Said(NamedTuple):
    """What one article says of names, as it is added up."""

    since: str
    counted: int
    rows: tuple[tuple[Kind, str, str, frozenset[str]], ...]  # kind, slug, strand, traits


@dataclass(slots=True)
class Dirt:
    """The names of which something changed that may matter, those of them that came and went, and changes of traits."""

    names: set[Name] = field(default_factory=set)
    came: set[Name] = field(default_factory=set)
    went: set[Name] = field(default_factory=set)
    traits: Counter[tuple[Kind, str, str]] = field(default_factory=Counter)  # kind, name, trait: strands more


def dumps(witness: Witness) -> str:
    """The witness as JSON."""
    rows = [
        [kind, said.slug, said.sex, said.country, sorted(said.groups), said.era, sorted(said.traits)]
        for kind, said in witness.bearers()
    ]
    return json.dumps(rows, separators=(",", ":"))


def load(said: str, since: str, counted: int, article: str, rulings: Rulings) -> Said:
    """What is to be added up for a witness that `dumps` wrote, under the rulings."""
    rows: list[tuple[Kind, str, str, frozenset[str]]] = []
    for kind, slug, sex, country, groups, era, traits in json.loads(said):
        bearer = Bearer(slug, sex, country, frozenset(groups), era)
        rows.append((kind, slug, strand_key(bearer, rulings.mark(kind, slug, article)), frozenset(traits)))
    return Said(since, counted, tuple(rows))


def reload(said: str, since: str, counted: int, strands: Mapping[Name, str]) -> Said:
    """What was added up for a witness that `dumps` wrote, in these strands."""
    rows = tuple((kind, slug, strands[kind, slug], frozenset(traits)) for kind, slug, *_, traits in json.loads(said))
    return Said(since, counted, rows)


def strands(database: sqlite3.Connection, kind: Kind, slug: str) -> list[Strand]:
    """The strands of a name, without traits."""
    rows = database.execute(
        "SELECT strand, articles, since FROM strands WHERE kind = ? AND slug = ?", (kind, slug)
    ).fetchall()
    return [strand(slug, key, articles, since) for key, articles, since in rows]


def common_traits(
    database: sqlite3.Connection, kind: Kind, slugs: Collection[str]
) -> dict[tuple[str, str], frozenset[str]]:
    """(name, strand) -> those of its traits that other strands of these names have, too; a way of spelling is none."""
    places = ", ".join("?" * len(slugs))
    rows = database.execute(
        "SELECT trait, json_group_array(slug), json_group_array(strand) FROM traits"  # noqa: S608  # question marks
        f" WHERE kind = ? AND slug IN ({places}) AND trait < 'written' GROUP BY trait HAVING count(*) > 1",
        (kind, *slugs),
    )
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for trait, names, keys in rows:
        for where in zip(json.loads(names), json.loads(keys), strict=True):
            found[where].add(trait)
    return {where: frozenset(traits) for where, traits in found.items()}


def shared_by_strand(
    database: sqlite3.Connection, kind: Kind, few: str, many: str
) -> dict[str, dict[str, frozenset[str]]]:
    """Strand of the one name -> strand of the other -> the traits of both; `few` has the fewer."""
    rows = database.execute(
        "SELECT f.strand, m.strand, f.trait FROM traits AS f CROSS JOIN traits AS m"
        " ON m.kind = f.kind AND m.slug = ? AND m.trait = f.trait WHERE f.kind = ? AND f.slug = ?"
        " AND f.trait < 'written'",
        (many, kind, few),
    )
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one, other, trait in rows:
        found[one][other].add(trait)
    return {one: {other: frozenset(traits) for other, traits in others.items()} for one, others in found.items()}


def shared(database: sqlite3.Connection, kind: Kind, few: str, many: str) -> frozenset[str]:
    """The traits of both names, and `also` where articles call the bearer of one by the other; `few` has the fewer."""
    rows = database.execute(
        "SELECT DISTINCT f.trait FROM traits AS f CROSS JOIN traits AS m"
        " ON m.kind = f.kind AND m.slug = ? AND m.trait = f.trait WHERE f.kind = ? AND f.slug = ?"
        " AND f.trait < 'written'"
        " UNION SELECT trait FROM traits WHERE kind = ? AND slug = ? AND trait = ?"
        " UNION SELECT trait FROM traits WHERE kind = ? AND slug = ? AND trait = ?",
        (many, kind, few, kind, few, f"also {many}", kind, many, f"also {few}"),
    )
    return frozenset(trait for (trait,) in rows)


def together(database: sqlite3.Connection, kind: Kind, slug: str) -> set[str]:
    """Names that may be taken for this one, of those after it in the alphabet, and stand in one article with it."""
    rows = database.execute("SELECT other FROM together WHERE kind = ? AND one = ?", (kind, slug))
    return {other for (other,) in rows}


def apply(database: sqlite3.Connection, changes: Iterable[tuple[int, Said | None, Said | None]]) -> Dirt:
    """Takes what articles said before out of the sums, and puts in what they say now: (n, before, now)."""
    changed = [(n, old, new) for n, old, new in changes if old != new]
    dirt = Dirt()
    _apply_bearers(database, changed)
    _apply_strands(database, changed, dirt)
    _apply_traits(database, changed, dirt)
    _apply_together(database, changed, dirt)
    return dirt


def _apply_bearers(database: sqlite3.Connection, changes: list[tuple[int, Said | None, Said | None]]) -> None:
    database.executemany("DELETE FROM bearers WHERE n = ?", [(n,) for n, old, _ in changes if old])
    database.executemany(
        "INSERT INTO bearers VALUES (?, ?, ?, ?)",
        [(n, kind, slug, key) for n, _, new in changes if new for kind, slug, key, _ in new.rows],
    )


class _Sum(NamedTuple):
    articles: int
    counted: int
    since: str


def _apply_strands(
    database: sqlite3.Connection, changes: list[tuple[int, Said | None, Said | None]], dirt: Dirt
) -> None:
    articles: Counter[tuple[Kind, str, str]] = Counter()
    counted: Counter[tuple[Kind, str, str]] = Counter()
    came: dict[tuple[Kind, str, str], str] = {}
    left: defaultdict[tuple[Kind, str, str], set[str]] = defaultdict(set)
    for _, old, new in changes:
        for kind, slug, key, _ in old.rows if old else ():
            articles[kind, slug, key] -= 1
            counted[kind, slug, key] -= old.counted if old else 0
            left[kind, slug, key].add(old.since if old else "")
        for kind, slug, key, _ in new.rows if new else ():
            where = (kind, slug, key)
            articles[where] += 1
            counted[where] += new.counted if new else 0
            came[where] = min(came.get(where, new.since), new.since) if new else ""
    by_name: defaultdict[Name, list[str]] = defaultdict(list)
    for kind, slug, key in articles:
        by_name[kind, slug].append(key)
    for (kind, slug), keys in by_name.items():
        before = _sums(database, kind, slug)
        after = dict(before)
        for key in keys:
            where = (kind, slug, key)
            was = before.get(key)
            number = (was.articles if was else 0) + articles[where]
            if not number:
                after.pop(key, None)
                continue
            since = min(filter(None, (was.since if was else None, came.get(where))))
            if was and was.since in left[where]:
                since = _earliest(database, where)
            after[key] = _Sum(number, (was.counted if was else 0) + counted[where], since)
        _write_sums(database, (kind, slug), before, after)
        _note(dirt, (kind, slug), before, after)


def _sums(database: sqlite3.Connection, kind: Kind, slug: str) -> dict[str, _Sum]:
    rows = database.execute(
        "SELECT strand, articles, counted, since FROM strands WHERE kind = ? AND slug = ?", (kind, slug)
    )
    return {key: _Sum(articles, counted, since) for key, articles, counted, since in rows}


def _earliest(database: sqlite3.Connection, where: tuple[Kind, str, str]) -> str:
    row = database.execute(
        "SELECT min(since) FROM bearers JOIN witnesses USING (n) WHERE kind = ? AND slug = ? AND strand = ?", where
    )
    return str(row.fetchone()[0])


def _write_sums(
    database: sqlite3.Connection, name: Name, before: Mapping[str, _Sum], after: Mapping[str, _Sum]
) -> None:
    database.executemany(
        "DELETE FROM strands WHERE kind = ? AND slug = ? AND strand = ?",
        [(*name, key) for key in before.keys() - after.keys()],
    )
    database.executemany(
        "INSERT OR REPLACE INTO strands VALUES (?, ?, ?, ?, ?, ?)",
        [(*name, key, *now) for key, now in after.items() if before.get(key) != now],
    )


def _note(dirt: Dirt, name: Name, before: Mapping[str, _Sum], after: Mapping[str, _Sum]) -> None:
    """What settling looks at: binary digits of the numbers of articles, and the earliest."""
    if not before:
        dirt.came.add(name)
    if not after:
        dirt.went.add(name)
    if _seen(before) != _seen(after):
        dirt.names.add(name)


def _seen(sums: Mapping[str, _Sum]) -> tuple[int, dict[str, tuple[int, str]]]:
    total = sum(entry.counted for entry in sums.values())
    return total.bit_length(), {key: (entry.articles.bit_length(), entry.since) for key, entry in sums.items()}


def _apply_traits(
    database: sqlite3.Connection, changes: list[tuple[int, Said | None, Said | None]], dirt: Dirt
) -> None:
    numbers: Counter[tuple[Kind, str, str, str]] = Counter()
    for _, old, new in changes:
        for said, sign in ((old, -1), (new, 1)):
            for kind, slug, key, traits_of in said.rows if said else ():
                for trait in traits_of:
                    numbers[kind, slug, trait, key] += sign
    for where, number in numbers.items():
        if not number:
            continue
        left = _add(database, "traits", where, number)
        if left in (0, number):
            kind, slug, trait, _ = where
            dirt.traits[kind, slug, trait] += 1 if left else -1


def _apply_together(
    database: sqlite3.Connection, changes: list[tuple[int, Said | None, Said | None]], dirt: Dirt
) -> None:
    numbers: Counter[tuple[Kind, str, str]] = Counter()
    for _, old, new in changes:
        for said, sign in ((old, -1), (new, 1)):
            for pair in _pairs(said) if said else ():
                numbers[pair] += sign
                kind, one, other = pair
                if RULES[kind].weak(one) or RULES[kind].weak(other):  # there it matters in which articles
                    dirt.names |= {(kind, one), (kind, other)}
    for where, number in numbers.items():
        if number and _add(database, "together", where, number) in (0, number):
            kind, one, other = where
            dirt.names |= {(kind, one), (kind, other)}


def _add(database: sqlite3.Connection, table: str, where: tuple[str, ...], number: int) -> int:
    """Adds to the number of articles of a row, which is not there where it is 0; returns the sum."""
    (left,) = database.execute(
        f"INSERT INTO {table} VALUES ({'?, ' * len(where)}?)"  # noqa: S608  # one of the tables above
        " ON CONFLICT DO UPDATE SET articles = articles + excluded.articles RETURNING articles",
        (*where, number),
    ).fetchone()
    if left == 0:
        columns = ("kind", "slug", "trait", "strand") if table == "traits" else ("kind", "one", "other")
        condition = " AND ".join(f"{column} = ?" for column in columns)
        database.execute(f"DELETE FROM {table} WHERE {condition}", where)  # noqa: S608
    return int(left)


def _pairs(said: Said) -> set[tuple[Kind, str, str]]:
    """Names of one article that may be taken for one, the lesser first."""
    by_key: defaultdict[tuple[Kind, str], list[str]] = defaultdict(list)
    for kind, slug, _, _ in said.rows:
        for key in RULES[kind].keys(slug):
            by_key[kind, key].append(slug)
    found = {(kind, one, other) for (kind, _), slugs in by_key.items() for one, other in combinations(sorted(slugs), 2)}
    names = sorted(slug for kind, slug, _, _ in said.rows if kind == "person")
    found.update(("person", one, other) for one, other in combinations(names, 2) if near(one, other))
    return found
