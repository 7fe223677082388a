"""What the ledger knows of the names of one kind, added up: read once for each name."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graph.identity.clustering import Cluster, Links, Pair, clusters
from graph.identity.profiles import Profile, Reason, Strand, profile
from graph.ledger import sums

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from graph.identity.minting import Kind
    from graph.ledger.rulings import Rulings

CURATOR = "a curator said so"
_KIN = ("parent", "child", "sibling", "spouse")
_NAMING = ("written ", *(f"{kin} of " for kin in _KIN), *(f"has {kin} " for kin in _KIN))


class Known:
    """The names of one kind; `merged` and `split` are the rulings on pairs of them, with the reasons."""

    def __init__(self, database: sqlite3.Connection, kind: Kind, rulings: Rulings) -> None:
        self.database = database
        self.kind = kind
        self.rules = sums.RULES[kind]
        self.merged, self.split = rulings.merged[kind], rulings.split[kind]
        self._ruled: defaultdict[str, set[str]] = defaultdict(set)
        for pair in (*self.merged, *self.split):
            for slug in pair:
                self._ruled[slug] |= pair - {slug}
        self._strands: dict[str, list[Strand]] = {}
        self._profiles: dict[str, Profile] = {}

    def rows(self, query: str, *values: str) -> list[tuple[str, ...]]:
        """The rows of a query whose first parameter is the kind."""
        return self.database.execute(query, (self.kind, *values)).fetchall()

    def strands(self, slug: str) -> list[Strand]:
        """The strands of a name, without traits; empty where no article has it."""
        if slug not in self._strands:
            self._strands[slug] = sums.strands(self.database, self.kind, slug)
        return self._strands[slug]

    def profile(self, slug: str) -> Profile:
        """What all articles say of who bears the name, without traits."""
        if slug not in self._profiles:
            self._profiles[slug] = profile(self.strands(slug))
        return self._profiles[slug]

    def partners(self, slug: str) -> set[str]:
        """Names that are alike, and those of a ruling."""
        rows = self.rows("SELECT other FROM candidates WHERE kind = ? AND one = ?", slug)
        return {other for (other,) in rows} | self._ruled[slug]

    def linked(self, slug: str) -> dict[str, Reason]:
        """The names that are one with this, as far as two names tell, and why."""
        rows = self.rows("SELECT other, rule, evidence FROM links WHERE kind = ? AND one = ?", slug)
        return {other: Reason(rule, tuple(json.loads(evidence))) for other, rule, evidence in rows}

    def leads(self, slug: str) -> dict[str, str]:
        """Strand -> the slug it leads to, where that is another than the name."""
        rows = self.rows("SELECT strand, target FROM leads WHERE kind = ? AND slug = ?", slug)
        return {row[0]: row[1] for row in rows}

    def component(self, slug: str) -> set[str]:
        """All names that are linked with the name, directly or through others."""
        found, rest = {slug}, [slug]
        while rest:
            new = self.linked(rest.pop()).keys() - found
            found |= new
            rest += new
        return found

    def people(self, component: Collection[str]) -> tuple[list[Cluster], bool]:
        """Who bears the names, and whether anything speaks for several."""
        strands = [strand for slug in sorted(component) for strand in self.strands(slug)]
        links = self.links(component)
        whole = self.profile(strands[0].slug) if len(component) == 1 else profile(strands)
        contested = bool(links.apart) or not whole.is_whole()
        if not contested:
            return [Cluster(strands, whole)], False
        traits = sums.common_traits(self.database, self.kind, sorted(component))
        strands = [strand.with_traits(traits.get((strand.slug, strand.key), frozenset())) for strand in strands]
        return clusters(strands, links), True

    def standing(self, component: Collection[str]) -> dict[str, tuple[int, ...]]:
        """How well each spelling is attested: by articles that are no copies, in binary digits, then by its parts.

        More parts are better; and one speaks for a spelling if other spellings have it, articles write it here and
        there, or kin bear it.
        """
        if len(component) == 1:
            return dict.fromkeys(component, ())
        written: Counter[str] = Counter()
        weights = {}
        for slug in component:
            rows = self.rows("SELECT total(counted) FROM strands WHERE kind = ? AND slug = ?", slug)
            weights[slug] = int(rows[0][0]).bit_length()
            written.update({*slug.split("-")})
            told = self.rows("SELECT DISTINCT trait FROM traits WHERE kind = ? AND slug = ? AND trait > 'at!'", slug)
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
            linked |= {frozenset((slug, other)) for other in self.linked(slug)}
            together = sums.together(self.database, self.kind, slug) & set(component)
            apart.update({frozenset((slug, other)): "both names stand in one article" for other in together})
        apart = {pair: reason for pair, reason in apart.items() if pair not in linked}
        for pair, reason in self.split.items():
            if pair <= set(component):
                apart[pair] = f"{CURATOR}: {reason}"
        forced = frozenset(pair for pair in self.merged if pair <= set(component))
        return Links(frozenset(linked), apart, forced)
