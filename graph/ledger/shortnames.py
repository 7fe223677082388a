"""Whom a bare surname means, or one with initials: each strand of articles by itself."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.identity import likeness
from graph.identity.clustering import clusters, targets
from graph.identity.profiles import Reason, Strand, profile
from graph.ledger import sums
from graph.ledger.known import CURATOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.ledger.known import Known


class ShortNames:
    """Names of people that are less than full."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def of(self, slug: str) -> set[str]:
        """The short names that may mean who bears a full name."""
        if self._known.kind != "person" or self._known.rules.weak(slug):
            return set()
        found = {other for other in self._known.partners(slug) if self._known.rules.weak(other)}
        return found | {name for name in likeness.surnames(slug) if self._known.strands(name)}

    def _fuller(self, slug: str) -> set[str]:
        """The full names that may be meant."""
        found = self._known.partners(slug)
        if likeness.bare(slug):
            rows = self._known.rows(
                "SELECT DISTINCT o.slug FROM traits AS m CROSS JOIN traits AS o"
                " ON o.trait = m.trait AND substr(o.trait, 1, 3) = 'at ' AND o.kind = m.kind"
                " WHERE m.kind = ? AND m.slug = ? AND m.trait >= 'at ' AND m.trait < 'at!'",
                slug,
            )
            found |= {other for (other,) in rows if slug in likeness.surnames(other)}
        return {other for other in found if not self._known.rules.weak(other) and self._known.strands(other)}

    def meant(self, slug: str) -> Iterator[tuple[str, str, Reason]]:
        """(slug of a person, the full name that is meant, why), for the strands of a name that is less than full."""
        fuller = self._compared(slug)
        for strand in self._known.strands(slug):
            found = self._meant(strand, fuller)
            if found is not None:
                yield found

    def _compared(self, slug: str) -> dict[str, dict[str, dict[str, frozenset[str]]]]:
        """Full name -> strand of this one -> strand of the full one -> what both have in common."""
        return {
            other: sums.shared_by_strand(self._known.database, self._known.kind, slug, other)
            for other in sorted(self._fuller(slug))
        }

    def assign(self, slug: str) -> dict[tuple[str, str], str]:
        """(slug, key of a strand) -> whom it means, for a bare surname or one with initials."""
        fuller = self._compared(slug)
        found, rest = {}, []
        for strand in self._known.strands(slug):
            meant = self._meant(strand, fuller)
            if meant is None:
                rest.append(strand)
            else:
                found[slug, strand.key] = meant[0]
        return found | targets(
            clusters(rest, self._known.links({slug})) if rest else [], {slug: ()}, self._known.rules.rank
        )

    def _meant(
        self, strand: Strand, fuller: Mapping[str, Mapping[str, Mapping[str, frozenset[str]]]]
    ) -> tuple[str, str, Reason] | None:
        """The one person with whom the strand agrees best, the full name by which, and why; None: nobody does."""
        best: dict[str, tuple[str, Reason]] = {}
        for other, shared in fuller.items():
            pair = frozenset((strand.slug, other))
            for target, reason in self._agreeing(strand, other, shared.get(strand.key, {})):
                if pair in self._known.merged:
                    return target, other, Reason(CURATOR, (self._known.merged[pair],))
                if target not in best or reason.score > best[target][1].score:
                    best[target] = other, reason
        ranked = sorted(best.items(), key=lambda entry: (-entry[1][1].score, entry[0]))
        if not ranked or (len(ranked) > 1 and ranked[0][1][1].score == ranked[1][1][1].score):
            return None
        target, (other, reason) = ranked[0]
        return target, other, reason

    def _agreeing(
        self, strand: Strand, other: str, shared: Mapping[str, frozenset[str]]
    ) -> Iterator[tuple[str, Reason]]:
        """(slug of a bearer of the full name, why it is meant), for those who may be; `shared` is by strand of that."""
        pair = frozenset((strand.slug, other))
        if pair in self._known.split:
            return
        leads = self._known.leads(other)
        if pair in self._known.merged:
            main = max(self._known.strands(other), key=lambda part: (part.weight, part.key))
            yield leads.get(main.key, other), Reason(CURATOR)
            return
        if self._stand_together(strand, other):
            return
        by_target: defaultdict[str, list[Strand]] = defaultdict(list)
        for part in self._known.strands(other):
            by_target[leads.get(part.key, other)].append(part)
        for target, parts in sorted(by_target.items()):
            both = frozenset().union(*(shared.get(part.key, ()) for part in parts))
            reason = self._known.rules.agreement(strand.slug, other, profile([strand]), profile(parts), both)
            if reason:
                yield target, reason

    def _stand_together(self, strand: Strand, other: str) -> bool:
        rows = self._known.rows(
            "SELECT 1 FROM bearers AS w CROSS JOIN bearers AS f ON f.n = w.n AND f.kind = w.kind AND f.slug = ?2"
            " WHERE w.kind = ?1 AND w.slug = ?3 AND w.strand = ?4 LIMIT 1",
            other,
            strand.slug,
            strand.key,
        )
        return bool(rows)
