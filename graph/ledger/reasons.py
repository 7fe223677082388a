"""Why a thing has the names it has: each merge with its reason, and why others of such names are kept apart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from graph.identity.clustering import against
from graph.identity.profiles import Reason, objection, profile
from graph.ledger import rulings, sums
from graph.ledger.known import CURATOR, Known
from graph.ledger.shortnames import ShortNames

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator

    from graph.identity.minting import Kind
    from graph.identity.profiles import Strand

_EXAMPLES = 3  # articles named for each spelling
_SEARCHED = 300  # articles of a name in which a sign is looked for


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name (its slug) that leads here in so many articles; `examples` are the ids of the earliest."""

    slug: str
    articles: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Two names that are one: the rule, and what articles of both say; `articles` are ids of some that say it."""

    one: str
    other: str
    rule: str
    evidence: tuple[str, ...]
    articles: tuple[str, ...]

    @property
    def reason(self) -> str:
        """The rule with its evidence, in words; of a curator, what they gave as their reason."""
        if not self.evidence:
            return self.rule
        return f"{self.rule}{': ' if self.rule == CURATOR else '; both have '}{', '.join(self.evidence)}"


@dataclass(frozen=True, slots=True)
class Apart:
    """Somebody else of this name, or of one that is like it, and why it is somebody else."""

    slug: str
    reason: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why an entity is the one it is."""

    kind: Kind
    slug: str
    spellings: tuple[Spelling, ...]
    merges: tuple[Merge, ...]
    apart: tuple[Apart, ...]


def why(database: sqlite3.Connection, kind: Kind, slug: str) -> Why:
    """What is known of the names that lead to a slug; nothing where no article has one that does."""
    return _Teller(database, kind, slug).tell()


def apart(database: sqlite3.Connection, kind: Kind, one: str, other: str) -> str:
    """Why two names are two things', in words."""
    return _Teller(database, kind, one).apart(one, other)


class _Teller:
    """Tells of one entity."""

    def __init__(self, database: sqlite3.Connection, kind: Kind, slug: str) -> None:
        self._database = database
        self._kind: Kind = kind
        self._slug = slug
        self._known = Known(database, kind, rulings.load(database))
        self._rules = sums.RULES[kind]
        self._own = self._strands_of(slug)

    def tell(self) -> Why:
        names = sorted(self._own)
        spellings = tuple(self._spelling(name) for name in names)
        merges = (*self._merges(names), *self._weak_merges(names))
        apart = dict(self._alike(names)) | dict(self._namesakes())
        return Why(
            self._kind,
            self._slug,
            tuple(sorted(spellings, key=lambda spelling: (-spelling.articles, spelling.slug))),
            merges,
            tuple(Apart(slug, reason) for slug, reason in sorted(apart.items())),
        )

    def _strands_of(self, slug: str) -> dict[str, list[Strand]]:
        """Name -> its strands whose bearer is the entity of that slug."""
        rows = self._database.execute(
            "SELECT DISTINCT slug FROM leads WHERE kind = ? AND target = ?", (self._kind, slug)
        )
        found = {}
        for name in {*(name for (name,) in rows), slug}:
            own = [strand for strand in self._known.strands(name) if self._target(strand) == slug]
            if own:
                found[name] = own
        return found

    def _target(self, strand: Strand) -> str:
        row = self._database.execute(
            "SELECT target FROM leads WHERE kind = ? AND slug = ? AND strand = ?", (self._kind, strand.slug, strand.key)
        ).fetchone()
        return strand.slug if row is None else str(row[0])

    def _spelling(self, name: str) -> Spelling:
        number, ids = 0, []
        for strand in self._own[name]:
            where = (self._kind, name, strand.key)
            condition = "kind = ? AND slug = ? AND strand = ?"
            row = self._database.execute(f"SELECT articles FROM strands WHERE {condition}", where).fetchone()  # noqa: S608
            number += row[0]
            ids += self._database.execute(
                f"SELECT since FROM bearers JOIN witnesses USING (n) WHERE {condition} ORDER BY since LIMIT ?",  # noqa: S608
                (*where, _EXAMPLES),
            ).fetchall()
        return Spelling(name, number, tuple(since.partition(" ")[2] for (since,) in sorted(ids)[:_EXAMPLES]))

    # ---- why names are one

    def _merges(self, names: Collection[str]) -> Iterator[Merge]:
        for one, other in combinations(names, 2):
            reason = self._known.linked(one).get(other)
            if reason:
                yield self._merge(one, other, reason)

    def _weak_merges(self, names: Collection[str]) -> Iterator[Merge]:
        for name in names:
            if self._rules.weak(name):
                meant = {
                    other: reason
                    for target, other, reason in ShortNames(self._known).meant(name)
                    if target == self._slug
                }
                for other, reason in sorted(meant.items()):
                    yield self._merge(name, other, reason)

    def _merge(self, one: str, other: str, reason: Reason) -> Merge:
        articles = []
        for name in (one, other):
            found = self._saying(name, reason.evidence)
            if found and found not in articles:
                articles.append(found)
        return Merge(one, other, reason.rule, tuple(map(plain, reason.evidence)), tuple(articles))

    def _saying(self, name: str, evidence: Collection[str]) -> str | None:
        """The id of the earliest article that says any of it of the bearer of the name, or the earliest of all."""
        rows = self._database.execute(
            "SELECT since, said FROM bearers JOIN witnesses USING (n) WHERE kind = ? AND slug = ?"
            " ORDER BY since LIMIT ?",
            (self._kind, name, _SEARCHED),
        ).fetchall()
        for since, said in rows:
            for kind, slug, _, country, groups, _, traits in json.loads(said):
                if (kind, slug) == (self._kind, name) and {f"country {country}", *groups, *traits} & set(evidence):
                    return str(since.partition(" ")[2])
        return str(rows[0][0].partition(" ")[2]) if rows else None

    # ---- why others are others

    def _namesakes(self) -> Iterator[tuple[str, str]]:
        """Those who bear a name of the entity, too."""
        for name in sorted(self._own):
            if self._rules.weak(name):
                continue
            component = self._known.component(name)
            found, _ = self._known.people(component)
            links = self._known.links(component)
            mine = [cluster for cluster in found if self._target(cluster.strands[0]) == self._slug]
            for cluster in found:
                target = self._target(cluster.strands[0])
                if target != self._slug and mine:
                    yield target, against(mine[0], cluster, links) or "more speaks for others"

    def _alike(self, names: Collection[str]) -> Iterator[tuple[str, str]]:
        """Those whose names are like one of the entity's."""
        for name in names:
            for other in sorted(self._known.partners(name)):
                targets = {self._target(strand) for strand in self._known.strands(other)} - {self._slug}
                if other in names or self._rules.weak(other) or self._rules.weak(name) or not targets:
                    continue
                reason = self.apart(name, other)
                for target in targets:
                    yield target, reason

    def apart(self, one: str, other: str) -> str:
        """Why two names are two things'."""
        ruled = self._known.split.get(frozenset((one, other)))
        if ruled is not None:
            return f"{CURATOR}: {ruled}"
        first, second = sorted((one, other))
        if second in sums.together(self._database, self._kind, first):
            return "both names stand in one article"
        shared = sums.shared(self._database, self._kind, one, other)
        left, right = profile(self._known.strands(one)), profile(self._known.strands(other))
        return objection(left, right, shared) or "too little speaks for one"


def plain(sign: str) -> str:
    """A sign of one thing in plain words."""
    if sign.startswith("at "):
        race, _, position = sign.removeprefix("at ").rpartition("_")
        return f"place {position} in {race}"
    if sign.startswith("also "):
        return f"an article that also says {sign.removeprefix('also ')}"
    return sign
