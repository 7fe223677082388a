"""Works out anew where names lead of which something changed, with all that hangs on them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from graph.identity.clustering import targets
from graph.identity.profiles import Reason
from graph.ledger import sums
from graph.ledger.known import CURATOR
from graph.ledger.shortnames import ShortNames

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from graph.ledger.known import Known
    from graph.ledger.sums import Dirt


class Settling:
    """One run over the names of one kind."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._short = ShortNames(known)

    def run(self, dirt: Dirt) -> set[tuple[str, str]]:
        """Settles the names; returns the strands (slug, key) that now lead elsewhere."""
        dirty = {slug for kind, slug in dirt.names if kind == self._known.kind}
        shaken = set(dirty)
        for kind, slug in sorted(dirt.went):
            if kind == self._known.kind:
                shaken |= self._forget(slug)
        for kind, slug in sorted(dirt.came):
            if kind == self._known.kind:
                self._introduce(slug)
        for (kind, slug, trait), more in sorted(dirt.traits.items()):
            if kind == self._known.kind and self._matters(slug, trait, more):
                dirty.add(slug)
                shaken.add(slug)
        for slug in sorted(dirty):
            if not self._known.rules.weak(slug) and self._known.strands(slug):
                shaken |= self._link(slug)
        return self._lead(shaken)

    # ---- names that come and go

    def _introduce(self, slug: str) -> None:
        """Writes down by what a new name is found, and the names that it is like."""
        found: set[str] = set()
        keys = self._known.rules.keys(slug)
        for key in keys:
            found.update(
                other for (other,) in self._known.rows("SELECT slug FROM name_keys WHERE kind = ? AND key = ?", key)
            )
        self._known.database.executemany(
            "INSERT OR IGNORE INTO name_keys VALUES (?, ?, ?)", [(self._known.kind, key, slug) for key in keys]
        )
        self._pair(slug, found)

    def _matters(self, slug: str, trait: str, more: int) -> bool:
        """Whether it may change anything that so many more strands of a name have a trait, or (negative) fewer.

        A place in a race is mostly one name's own. Names that share a new one are compared from now on.
        """
        if not trait.startswith("at "):
            return True
        rows = self._known.database.execute(
            "SELECT slug FROM traits WHERE trait = ? AND substr(trait, 1, 3) = 'at ' AND kind = 'person'", (trait,)
        ).fetchall()
        if max(len(rows), len(rows) - more) <= 1:  # no two have had it
            return False
        others = {other for (other,) in rows if other != slug and self._known.rules.likeness(slug, other)}
        now = sum(other == slug for (other,) in rows)
        if others and bool(now) != bool(now - more):
            if now:
                self._pair(slug, others)
            return True
        return self._is_contested(slug)

    def _is_contested(self, slug: str) -> bool:
        return bool(self._known.rows("SELECT 1 FROM contested WHERE kind = ? AND slug = ?", slug))

    def _pair(self, slug: str, others: Iterable[str]) -> None:
        pairs = [(slug, other) for other in others if other != slug and self._known.rules.likeness(slug, other)]
        self._known.database.executemany(
            "INSERT OR IGNORE INTO candidates VALUES (?, ?, ?)",
            [(self._known.kind, *pair) for one, other in pairs for pair in ((one, other), (other, one))],
        )

    def _forget(self, slug: str) -> set[str]:
        """Takes a name out that no article has; returns what hung on it."""
        partners = self._known.partners(slug)
        where = (self._known.kind, slug)
        self._known.database.executemany(
            "DELETE FROM name_keys WHERE kind = ? AND key = ? AND slug = ?",
            [(self._known.kind, key, slug) for key in self._known.rules.keys(slug)],
        )
        for table in ("candidates", "links"):
            self._known.database.execute(f"DELETE FROM {table} WHERE kind = ? AND one = ?", where)  # noqa: S608
            self._known.database.executemany(
                f"DELETE FROM {table} WHERE kind = ? AND one = ? AND other = ?",  # noqa: S608
                [(self._known.kind, other, slug) for other in partners],
            )
        self._note_renamed(slug, self._known.leads(slug))
        for table in ("leads", "contested"):
            self._known.database.execute(f"DELETE FROM {table} WHERE kind = ? AND slug = ?", where)  # noqa: S608
        return partners

    # ---- which two names are one

    def _link(self, slug: str) -> set[str]:
        """Compares a name with those that are like it; returns all that are or were linked with it."""
        old = self._known.linked(slug)
        new = {other: reason for other in sorted(self._known.partners(slug)) if (reason := self._reason(slug, other))}
        if old != new:
            self._known.database.executemany(
                "DELETE FROM links WHERE kind = ? AND one = ? AND other = ?",
                [(self._known.kind, *pair) for other in old.keys() - new for pair in ((slug, other), (other, slug))],
            )
            self._known.database.executemany(
                "INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?)",
                [
                    (self._known.kind, *pair, reason.rule, json.dumps(reason.evidence))
                    for other, reason in new.items()
                    for pair in ((slug, other), (other, slug))
                ],
            )
        return old.keys() | new.keys()

    def _reason(self, slug: str, other: str) -> Reason | None:
        pair = frozenset((slug, other))
        if pair in self._known.split or self._known.rules.weak(other) or not self._known.strands(other):
            return None
        if pair in self._known.merged:
            return Reason(CURATOR, (self._known.merged[pair],))
        few, many = sorted(
            (slug, other), key=lambda name: (sum(part.weight for part in self._known.strands(name)), name)
        )
        reason = self._known.rules.agreement(
            few,
            many,
            self._known.profile(few),
            self._known.profile(many),
            sums.shared(self._known.database, self._known.kind, few, many),
        )
        one, other = sorted((few, many))
        if reason is None or other in sums.together(self._known.database, self._known.kind, one):
            return None
        return Reason(reason.rule, reason.evidence)

    # ---- who is who

    def _lead(self, shaken: Collection[str]) -> set[tuple[str, str]]:
        moved: set[tuple[str, str]] = set()
        done: set[str] = set()
        for slug in sorted(shaken):
            if slug not in done and not self._known.rules.weak(slug) and self._known.strands(slug):
                component = self._known.component(slug)
                done |= component
                found, contested = self._known.people(component)
                self._note_contested(component, contested=contested)
                moved |= self._write(component, targets(found, self._known.standing(component), self._known.rules.rank))
        weak = {slug for slug in shaken if self._known.rules.weak(slug)}
        for slug in done | set(shaken):
            weak |= self._short.of(slug)
        for slug in sorted(weak):
            if self._known.strands(slug):
                moved |= self._write({slug}, self._short.assign(slug))
        return moved

    def _note_contested(self, component: Collection[str], *, contested: bool) -> None:
        """Remembers whether traits that are shared matter to who bears the names."""
        known = {slug for slug in component if self._is_contested(slug)}
        rows = [(self._known.kind, slug) for slug in (set(component) - known if contested else known)]
        query = (
            "INSERT INTO contested VALUES (?, ?)" if contested else "DELETE FROM contested WHERE kind = ? AND slug = ?"
        )
        self._known.database.executemany(query, rows)

    def _note_renamed(self, slug: str, leads: Mapping[str, str]) -> None:
        if leads:
            self._known.database.execute("INSERT OR IGNORE INTO renamed VALUES (?, ?)", (self._known.kind, slug))

    def _write(self, slugs: Iterable[str], assigned: Mapping[tuple[str, str], str]) -> set[tuple[str, str]]:
        """Makes the leads of the names what was worked out; returns the strands that lead elsewhere than before."""
        moved = set()
        for slug in slugs:
            old = self._known.leads(slug)
            new = {key: target for (name, key), target in assigned.items() if name == slug and target != slug}
            self._note_renamed(slug, old or new)
            if old == new:
                continue
            moved |= {(slug, key) for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
            self._known.database.execute("DELETE FROM leads WHERE kind = ? AND slug = ?", (self._known.kind, slug))
            self._known.database.executemany(
                "INSERT INTO leads VALUES (?, ?, ?, ?)", [(self._known.kind, slug, *lead) for lead in new.items()]
            )
        return moved
