"""Strands of names that are linked -> those that are one person, and the slug each leads to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from graph.identity.profiles import objection, profile

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from graph.identity.profiles import Profile, Strand

Pair: TypeAlias = frozenset[str]  # of two slugs

# What makes two strands likelier to be one person: the likeliest are joined first, before others can stand in the way.
_TIE, _COUNTRY, _GROUP, _SEX, _ERA, _NAME = 8, 4, 3, 1, 1, 1


@dataclass(frozen=True, slots=True)
class Links:
    """What is known of pairs of slugs: `linked` are likely one, `apart` never, `forced` always, as a curator said.

    `forced` may hold a single slug, too: whatever the articles say, one person bears it.
    """

    linked: frozenset[Pair] = frozenset()
    apart: Mapping[Pair, str] = field(default_factory=dict)
    forced: frozenset[Pair] = frozenset()


@dataclass(slots=True)
class Cluster:
    """Strands that are one person."""

    strands: list[Strand]
    profile: Profile

    @property
    def slugs(self) -> set[str]:
        return {strand.slug for strand in self.strands}

    @property
    def since(self) -> str:
        return min(strand.since for strand in self.strands)


def clusters(strands: Collection[Strand], links: Links) -> list[Cluster]:
    """Who is who: all strands are one person's unless something says otherwise. The result depends on no order."""
    every = sorted(strands, key=lambda strand: (strand.slug, strand.key))
    return _agglomerated(_forced(_atoms(every), links), links)


def _agglomerated(found: list[Cluster], links: Links) -> list[Cluster]:
    """Joins the likeliest two again and again until something speaks against every pair that is left."""
    scores = {pair: _score(*pair, found, links) for pair in combinations(range(len(found)), 2)}
    alive = dict(enumerate(found))
    while scores:
        (at, to), best = min(
            scores.items(), key=lambda entry: (-entry[1], _order(found[entry[0][0]]), _order(found[entry[0][1]]))
        )
        if not best:
            break
        alive[at] = found[at] = _joined(alive[at], alive.pop(to))
        scores = {pair: score for pair, score in scores.items() if at not in pair and to not in pair}
        for other in alive:
            if other != at:
                pair = (min(at, other), max(at, other))
                scores[pair] = _score(*pair, found, links)
    return sorted(alive.values(), key=_order)


def _score(at: int, to: int, found: Sequence[Cluster], links: Links) -> int:
    likelihood = _likelihood(found[at], found[to], links)
    return likelihood if likelihood and against(found[at], found[to], links) is None else 0


def _order(cluster: Cluster) -> tuple[int, str, str]:
    return -max(strand.weight for strand in cluster.strands), cluster.strands[0].slug, cluster.strands[0].key


def _joined(one: Cluster, other: Cluster) -> Cluster:
    strands = sorted((*one.strands, *other.strands), key=lambda strand: (strand.slug, strand.key))
    return Cluster(strands, one.profile | other.profile)


def _atoms(strands: Sequence[Strand]) -> list[Cluster]:
    """Strands between which no choice need be made: what is not in question over all of them tells none apart."""
    everything = profile(strands)
    sexes, eras, kinds = len(everything.sexes) > 1, everything.is_too_long(), everything.is_too_wide()
    atoms: defaultdict[tuple[object, ...], list[Strand]] = defaultdict(list)
    for strand in strands:
        sex, era = strand.sex if sexes else "", strand.era if eras else None
        groups = strand.groups if kinds or not strand.country else frozenset()
        atoms[strand.slug, strand.mark, strand.country, sex, era, groups].append(strand)
    return sorted((Cluster(part, profile(part)) for part in atoms.values()), key=_order)


def _forced(atoms: list[Cluster], links: Links) -> list[Cluster]:
    """The atoms, joined where a curator said so, except those of which a curator said that they are another person."""
    found = atoms
    for pair in sorted(links.forced, key=sorted):
        wanted = [cluster for cluster in found if _unmarked(cluster, pair)]
        if len(wanted) > 1:
            joined = wanted[0]
            for cluster in wanted[1:]:
                joined = _joined(joined, cluster)
            found = [cluster for cluster in found if cluster not in wanted] + [joined]
    return sorted(found, key=_order)


def _unmarked(cluster: Cluster, pair: Pair) -> bool:
    return bool(cluster.slugs & pair) and all(not strand.mark for strand in cluster.strands if strand.slug in pair)


def against(one: Cluster, other: Cluster, links: Links) -> str | None:
    """Why the two are not one person, in plain words; None where nothing says so."""
    for left in one.slugs:
        for right in other.slugs:
            reason = links.apart.get(frozenset((left, right))) if left != right else None
            if reason is not None:
                return reason
    return objection(one.profile, other.profile, one.profile.traits & other.profile.traits)


def _likelihood(one: Cluster, other: Cluster, links: Links) -> int:
    """How likely the two are one person; 0 where their names have nothing to do with each other."""
    same = bool(one.slugs & other.slugs)
    if not same and not any(frozenset((a, b)) in links.linked for a in one.slugs for b in other.slugs):
        return 0
    left, right = one.profile, other.profile
    return (
        1
        + _NAME * same
        + _TIE * min(2, len(left.traits & right.traits))
        + _COUNTRY * bool(left.countries & right.countries)
        + _GROUP * bool(left.groups.keys() & right.groups)
        + _SEX * bool(left.sexes & right.sexes)
        + _ERA * bool(left.eras & right.eras)
    )


def targets(
    found: Sequence[Cluster], standing: Mapping[str, tuple[int, ...]], rank: Callable[[str], int]
) -> dict[tuple[str, str], str]:
    """(slug, key of a strand) -> the slug of who bears the name there.

    Of several spellings that of the highest standing stands for a person, then the shortest, then the earliest. Of
    several people of one name the one written of first has the bare slug; the others have `--` and a country, sex or
    number.
    """
    by_name: defaultdict[str, list[Cluster]] = defaultdict(list)
    for cluster in found:
        by_name[_name(cluster, standing, rank)].append(cluster)
    result = {}
    for name, bearers in by_name.items():
        bearers.sort(key=lambda cluster: (cluster.since, _order(cluster)))
        taken: set[str] = set()
        for cluster in bearers:
            target = name if not taken else _qualified(name, cluster, taken)
            taken.add(target)
            result.update({(strand.slug, strand.key): target for strand in cluster.strands})
    return result


def _name(cluster: Cluster, standing: Mapping[str, tuple[int, ...]], rank: Callable[[str], int]) -> str:
    since: dict[str, str] = {}
    for strand in cluster.strands:
        since[strand.slug] = min(strand.since, since.get(strand.slug, strand.since))
    return min(since, key=lambda name: (rank(name), [-value for value in standing[name]], len(name), since[name], name))


def _qualified(name: str, cluster: Cluster, taken: Collection[str]) -> str:
    known = sorted(cluster.profile.countries) or sorted(cluster.profile.sexes)
    base = f"{name}--{known[0].lower()}" if known else name
    if known and base not in taken:
        return base
    number = 2
    while (numbered := f"{base}-{number}" if known else f"{base}--{number}") in taken:
        number += 1
    return numbered
