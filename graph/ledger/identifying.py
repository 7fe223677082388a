"""Works out anew where names lead of which something changed, with all that hangs on them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graph.identity import likeness
from graph.identity.clustering import Cluster, Links, Pair, clusters, targets
from graph.identity.profiles import Profile, Reason, Strand, profile
from graph.ledger import sums

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graph.identity.minting import Kind
    from graph.ledger.rulings import Rulings
    from graph.ledger.sums import Dirt

CURATOR = "a curator said so"
_KIN = ("parent", "child", "sibling", "spouse")
_NAMING = ("written ", *(f"{kin} of " for kin in _KIN), *(f"has {kin} " for kin in _KIN))


class Settling:
    """One run over the names of one kind. Reads as well without `run`: for telling why."""

    def __init__(self, database: sqlite3.Connection, kind: Kind, rulings: Rulings) -> None:
        self._database = database
        self._kind = kind
        self._rules = sums.RULES[kind]
        self._merged, self._split = rulings.merged[kind], rulings.split[kind]
        self._ruled: defaultdict[str, set[str]] = defaultdict(set)
        for pair in (*self._merged, *self._split):
            for slug in pair:
                self._ruled[slug] |= pair - {slug}
        self._strands: dict[str, list[Strand]] = {}
        self._profiles: dict[str, Profile] = {}

    def run(self, dirt: Dirt) -> set[tuple[str, str]]:
        """Settles the names; returns the strands (slug, key) that now lead elsewhere."""
        dirty = {slug for kind, slug in dirt.names if kind == self._kind}
        shaken = set(dirty)
        for kind, slug in sorted(dirt.went):
            if kind == self._kind:
                shaken |= self._forget(slug)
        for kind, slug in sorted(dirt.came):
            if kind == self._kind:
                self._introduce(slug)
        for kind, slug, trait, new in sorted(dirt.traits):
            if kind == self._kind and self._matters(slug, trait, new=new):
                dirty.add(slug)
                shaken.add(slug)
        for slug in sorted(dirty):
            if not self._rules.weak(slug) and self.strands(slug):
                shaken |= self._link(slug)
        return self._lead(shaken)

    # ---- what is known of a name

    def strands(self, slug: str) -> list[Strand]:
        """The strands of a name, without traits; empty where no article has it."""
        if slug not in self._strands:
            self._strands[slug] = sums.strands(self._database, self._kind, slug)
        return self._strands[slug]

    def _profile(self, slug: str) -> Profile:
        if slug not in self._profiles:
            self._profiles[slug] = profile(self.strands(slug))
        return self._profiles[slug]

    def _rows(self, query: str, *values: str) -> list[tuple[str, ...]]:
        return self._database.execute(query, (self._kind, *values)).fetchall()

    def _partners(self, slug: str) -> set[str]:
        """Names that are alike, and those of a ruling."""
        rows = self._rows("SELECT other FROM candidates WHERE kind = ? AND one = ?", slug)
        return {other for (other,) in rows} | self._ruled[slug]

    def _linked(self, slug: str) -> dict[str, Reason]:
        rows = self._rows("SELECT other, rule, evidence FROM links WHERE kind = ? AND one = ?", slug)
        return {other: Reason(rule, tuple(json.loads(evidence))) for other, rule, evidence in rows}

    # ---- names that come and go

    def _introduce(self, slug: str) -> None:
        """Writes down by what a new name is found, and the names that it is like."""
        found: set[str] = set()
        keys = self._rules.keys(slug)
        for key in keys:
            found.update(other for (other,) in self._rows("SELECT slug FROM name_keys WHERE kind = ? AND key = ?", key))
        self._database.executemany(
            "INSERT OR IGNORE INTO name_keys VALUES (?, ?, ?)", [(self._kind, key, slug) for key in keys]
        )
        self._pair(slug, found)

    def _matters(self, slug: str, trait: str, *, new: bool) -> bool:
        """Whether it may change anything that a trait is new with a name or gone; a place in a race is mostly its own.

        Names that share a new one are compared from now on, however little else they share.
        """
        if not trait.startswith("at "):
            return True
        rows = self._database.execute(
            "SELECT slug FROM traits WHERE trait = ? AND substr(trait, 1, 3) = 'at ' AND kind = 'person'", (trait,)
        ).fetchall()
        if new:
            self._pair(slug, {other for (other,) in rows})
        if any(other != slug for (other,) in rows):
            return True
        return bool(self._rows("SELECT 1 FROM contested WHERE kind = ? AND slug = ?", slug))

    def _pair(self, slug: str, others: Iterable[str]) -> None:
        pairs = [(slug, other) for other in others if other != slug and self._rules.likeness(slug, other)]
        self._database.executemany(
            "INSERT OR IGNORE INTO candidates VALUES (?, ?, ?)",
            [(self._kind, *pair) for one, other in pairs for pair in ((one, other), (other, one))],
        )

    def _forget(self, slug: str) -> set[str]:
        """Takes a name out that no article has; returns what hung on it."""
        partners = self._partners(slug)
        where = (self._kind, slug)
        self._database.executemany(
            "DELETE FROM name_keys WHERE kind = ? AND key = ? AND slug = ?",
            [(self._kind, key, slug) for key in self._rules.keys(slug)],
        )
        for table in ("candidates", "links"):
            self._database.execute(f"DELETE FROM {table} WHERE kind = ? AND one = ?", where)  # noqa: S608
            self._database.executemany(
                f"DELETE FROM {table} WHERE kind = ? AND one = ? AND other = ?",  # noqa: S608
                [(self._kind, other, slug) for other in partners],
            )
        self._database.execute("DELETE FROM leads WHERE kind = ? AND slug = ?", where)
        return partners

    # ---- which two names are one

    def _link(self, slug: str) -> set[str]:
        """Compares a name with those that are like it; returns all that are or were linked with it."""
        old = self._linked(slug)
        new = {other: reason for other in sorted(self._partners(slug)) if (reason := self._reason(slug, other))}
        if old != new:
            self._database.executemany(
                "DELETE FROM links WHERE kind = ? AND one = ? AND other = ?",
                [(self._kind, *pair) for other in old.keys() - new for pair in ((slug, other), (other, slug))],
            )
            self._database.executemany(
                "INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?)",
                [
                    (self._kind, *pair, reason.rule, json.dumps(reason.evidence))
                    for other, reason in new.items()
                    for pair in ((slug, other), (other, slug))
                ],
            )
        return old.keys() | new.keys()

    def _reason(self, slug: str, other: str) -> Reason | None:
        pair = frozenset((slug, other))
        if pair in self._split or self._rules.weak(other) or not self.strands(other):
            return None
        if pair in self._merged:
            return Reason(CURATOR, (self._merged[pair],))
        few, many = sorted((slug, other), key=lambda name: (sum(part.weight for part in self.strands(name)), name))
        reason = self._rules.agreement(
            few, many, self._profile(few), self._profile(many), sums.shared(self._database, self._kind, few, many)
        )
        one, other = sorted((few, many))
        if reason is None or other in sums.together(self._database, self._kind, one):
            return None
        return Reason(reason.rule, reason.evidence)

    # ---- who is who

    def _lead(self, shaken: Collection[str]) -> set[tuple[str, str]]:
        moved: set[tuple[str, str]] = set()
        done: set[str] = set()
        for slug in sorted(shaken):
            if slug not in done and not self._rules.weak(slug) and self.strands(slug):
                component = self.component(slug)
                done |= component
                found, contested = self.people(component)
                self._note_contested(component, contested=contested)
                moved |= self._write(component, targets(found, self._standing(component), self._rules.rank))
        weak = {slug for slug in shaken if self._rules.weak(slug)}
        for slug in done | set(shaken):
            weak |= self._weak_partners(slug)
        for slug in sorted(weak):
            if self.strands(slug):
                moved |= self._write({slug}, self.assign_weak(slug))
        return moved

    def component(self, slug: str) -> set[str]:
        """All names that are linked with the name, directly or through others."""
        found, rest = {slug}, [slug]
        while rest:
            new = self._linked(rest.pop()).keys() - found
            found |= new
            rest += new
        return found

    def people(self, component: Collection[str]) -> tuple[list[Cluster], bool]:
        """Who bears the names, and whether anything speaks for several."""
        strands = [strand for slug in sorted(component) for strand in self.strands(slug)]
        links = self.links(component)
        contested = bool(links.apart) or not profile(strands).is_whole()
        if contested:
            traits = sums.common_traits(self._database, self._kind, sorted(component))
            strands = [strand.with_traits(traits.get((strand.slug, strand.key), frozenset())) for strand in strands]
        return clusters(strands, links), contested

    def _note_contested(self, component: Collection[str], *, contested: bool) -> None:
        """Remembers whether traits that are shared matter to who bears the names."""
        known = {slug for slug in component if self._rows("SELECT 1 FROM contested WHERE kind = ? AND slug = ?", slug)}
        rows = [(self._kind, slug) for slug in (set(component) - known if contested else known)]
        query = (
            "INSERT INTO contested VALUES (?, ?)" if contested else "DELETE FROM contested WHERE kind = ? AND slug = ?"
        )
        self._database.executemany(query, rows)

    def _standing(self, component: Collection[str]) -> dict[str, tuple[int, ...]]:
        """How well each spelling is attested: by articles that are no copies, in binary digits, then by its parts.

        More parts are better; and one speaks for a spelling if other spellings have it, articles write it here and
        there, or kin bear it.
        """
        if len(component) == 1:
            return dict.fromkeys(component, ())
        written: Counter[str] = Counter()
        weights = {}
        for slug in component:
            rows = self._rows("SELECT total(counted) FROM strands WHERE kind = ? AND slug = ?", slug)
            weights[slug] = int(rows[0][0]).bit_length()
            written.update({*slug.split("-")})
            told = self._rows("SELECT DISTINCT trait FROM traits WHERE kind = ? AND slug = ? AND trait > 'at!'", slug)
            for name in {trait.rpartition(" ")[2] for (trait,) in told if trait.startswith(_NAMING)}:
                written.update({*name.split("-")})
        found: dict[str, tuple[int, ...]] = {}
        for slug in component:
            parts = slug.split("-")
            found[slug] = weights[slug], len(parts), sum(written[part] for part in parts)
        return found

    def links(self, component: Collection[str]) -> Links:
        """What is known of pairs of these names."""
        linked: set[Pair] = set()
        apart: dict[Pair, str] = {}
        for slug in component if len(component) > 1 else ():
            linked |= {frozenset((slug, other)) for other in self._linked(slug)}
            together = sums.together(self._database, self._kind, slug) & set(component)
            apart.update({frozenset((slug, other)): "both names stand in one article" for other in together})
        apart = {pair: reason for pair, reason in apart.items() if pair not in linked}
        for pair, reason in self._split.items():
            if pair <= set(component):
                apart[pair] = f"{CURATOR}: {reason}"
        forced = frozenset(pair for pair in self._merged if pair <= set(component))
        return Links(frozenset(linked), apart, forced)

    # ---- names that are less than full

    def _weak_partners(self, slug: str) -> set[str]:
        if self._kind != "person" or self._rules.weak(slug):
            return set()
        found = {other for other in self._partners(slug) if self._rules.weak(other)}
        return found | {name for name in likeness.surnames(slug) if self.strands(name)}

    def _fuller(self, slug: str) -> set[str]:
        """The full names that may be meant."""
        found = self._partners(slug)
        if likeness.bare(slug):
            rows = self._rows(
                "SELECT DISTINCT o.slug FROM traits AS m CROSS JOIN traits AS o"
                " ON o.trait = m.trait AND substr(o.trait, 1, 3) = 'at ' AND o.kind = m.kind"
                " WHERE m.kind = ? AND m.slug = ? AND m.trait >= 'at ' AND m.trait < 'at!'",
                slug,
            )
            found |= {other for (other,) in rows if slug in likeness.surnames(other)}
        return {other for other in found if not self._rules.weak(other) and self.strands(other)}

    def assign_weak(self, slug: str) -> dict[tuple[str, str], str]:
        """Like `assign`, for a bare surname or one with initials."""
        fuller = {
            other: sums.shared_by_strand(self._database, self._kind, slug, other)
            for other in sorted(self._fuller(slug))
        }
        found, rest = {}, []
        for strand in self.strands(slug):
            target = self._meant(strand, fuller)
            if target is None:
                rest.append(strand)
            else:
                found[slug, strand.key] = target[0]
        return found | targets(clusters(rest, self.links({slug})) if rest else [], {slug: ()}, self._rules.rank)

    def _meant(
        self, strand: Strand, fuller: Mapping[str, Mapping[str, Mapping[str, frozenset[str]]]]
    ) -> tuple[str, Reason] | None:
        """The one person of a full name with whom the strand agrees best, and why; None where there is no such one."""
        best: dict[str, Reason] = {}
        for other, shared in fuller.items():
            pair = frozenset((strand.slug, other))
            for target, reason in self._agreeing(strand, other, shared.get(strand.key, {})):
                if pair in self._merged:
                    return target, Reason(CURATOR, (self._merged[pair],))
                if target not in best or reason.score > best[target].score:
                    best[target] = reason
        ranked = sorted(best.items(), key=lambda entry: (-entry[1].score, entry[0]))
        if not ranked or (len(ranked) > 1 and ranked[0][1].score == ranked[1][1].score):
            return None
        return ranked[0]

    def _agreeing(
        self, strand: Strand, other: str, shared: Mapping[str, frozenset[str]]
    ) -> Iterator[tuple[str, Reason]]:
        """(slug of a bearer of the full name, why it is meant), for those who may be; `shared` is by strand of that."""
        pair = frozenset((strand.slug, other))
        if pair in self._split:
            return
        leads = self._leads(other)
        if pair in self._merged:
            main = max(self.strands(other), key=lambda part: (part.weight, part.key))
            yield leads.get(main.key, other), Reason(CURATOR)
            return
        if self._stand_together(strand, other):
            return
        by_target: defaultdict[str, list[Strand]] = defaultdict(list)
        for part in self.strands(other):
            by_target[leads.get(part.key, other)].append(part)
        for target, parts in sorted(by_target.items()):
            both = frozenset().union(*(shared.get(part.key, ()) for part in parts))
            reason = self._rules.agreement(strand.slug, other, profile([strand]), profile(parts), both)
            if reason:
                yield target, reason

    def _leads(self, slug: str) -> dict[str, str]:
        rows = self._rows("SELECT strand, target FROM leads WHERE kind = ? AND slug = ?", slug)
        return {row[0]: row[1] for row in rows}

    def _stand_together(self, strand: Strand, other: str) -> bool:
        rows = self._rows(
            "SELECT 1 FROM bearers AS w CROSS JOIN bearers AS f ON f.n = w.n AND f.kind = w.kind AND f.slug = ?2"
            " WHERE w.kind = ?1 AND w.slug = ?3 AND w.strand = ?4 LIMIT 1",
            other,
            strand.slug,
            strand.key,
        )
        return bool(rows)

    def _write(self, slugs: Iterable[str], assigned: Mapping[tuple[str, str], str]) -> set[tuple[str, str]]:
        """Makes the leads of the names what was worked out; returns the strands that lead elsewhere than before."""
        moved = set()
        for slug in slugs:
            old = self._leads(slug)
            new = {key: target for (name, key), target in assigned.items() if name == slug and target != slug}
            if old == new:
                continue
            moved |= {(slug, key) for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
            self._database.execute("DELETE FROM leads WHERE kind = ? AND slug = ?", (self._kind, slug))
            self._database.executemany(
                "INSERT INTO leads VALUES (?, ?, ?, ?)", [(self._kind, slug, *lead) for lead in new.items()]
            )
        return moved
