"""A store against the truth of its articles: who is who, which facts were read, which contradictions noticed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from graph.identity.marks import compatible, read_mark
from ontology import vocabulary
from ontology.names import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from readback import Claimed, Conflict, Slots, Store
    from world import Said, Story


@dataclass(frozen=True, slots=True)
class Scores:
    precision: float
    recall: float
    count: int

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Mention:
    """A spelling in an article: whom it means (`true`, an id) and whom the store takes it for (`found`, a slug)."""

    article: str
    written: str
    variant: str
    true: str
    found: str


@dataclass(frozen=True, slots=True)
class Side:
    """One article's part in a contradiction: the fact, the claims that the store has of it, its truth.

    `sure`: the store knows fully which race it is.
    """

    article: str
    story: Story
    said: Said
    claims: frozenset[str] = frozenset()
    sure: bool = True


class Linked:
    """Truth and store side by side. `stories` are those that are in the store, by id, each in its last version."""

    def __init__(self, stories: Mapping[str, Story], store: Store) -> None:
        self.stories = stories
        self.store = store
        self._slugs: defaultdict[tuple[str, str], set[str]] = defaultdict(set)  # (article, true id) -> slugs
        for article, story in stories.items():
            meant: defaultdict[str, set[str]] = defaultdict(set)
            for named in story.names:
                meant[named.written].add(named.who)
            for written, kind, found in store.mentions.get(article, ()):
                for who in meant.get(written, ()):
                    if kind == "person":
                        self._slugs[article, who].add(found)

    def people(self) -> tuple[list[Mention], list[tuple[str, str, str]]]:
        """The mentions of people that the store has, and the (article, spelling, variant) that it lacks.

        Left out are spellings that mean two in one article.
        """
        there, missed = [], []
        for article, story in self.stories.items():
            found = {written: which for written, its, which in self.store.mentions.get(article, ()) if its == "person"}
            meant = Counter(named.written for named in story.names)
            for named in story.names:
                if not named.who.startswith("person/") or meant[named.written] > 1:
                    continue
                if named.written in found:
                    there.append(Mention(article, named.written, named.variant, named.who, found[named.written]))
                else:
                    missed.append((article, named.written, named.variant))
        return there, missed

    def clubs(self) -> tuple[list[Mention], list[tuple[str, str, str]]]:
        """The same for clubs, told by who is said to belong to them: the store keeps no spellings of theirs."""
        there, missed = [], []
        for article, story in self.stories.items():
            written = {named.who: named for named in story.names}
            for said in story.facts:
                if said.kind != "club":
                    continue
                named = written[said.value]
                found = {claim.value for claim in self.claims(article, said)}
                if len(found) == 1:
                    there.append(Mention(article, named.written, named.variant, said.value, found.pop()))
                else:
                    missed.append((article, named.written, named.variant))
        return there, missed

    def competitions(self) -> tuple[list[Mention], list[tuple[str, str, str]]]:
        """The same for competitions, told by the races that the article speaks of."""
        there, missed = [], []
        for article, story in self.stories.items():
            found: defaultdict[str, Counter[str]] = defaultdict(Counter)
            for said in story.facts:
                if said.race:
                    series = (claim.race.series for claim in self.claims(article, said) if claim.race)
                    found[f"series/{said.race.partition('_')[0]}"].update(filter(None, series))
            for named in story.names:
                if found.get(named.who):
                    which = found[named.who].most_common(1)[0][0]
                    there.append(Mention(article, named.written, named.variant, named.who, which))
                elif named.who in found:
                    missed.append((article, named.written, named.variant))
        return there, missed

    def claims(self, article: str, said: Said) -> list[Claimed]:
        """The claims of the article that state the fact; of a club, that the person belongs to any."""
        values = self._values(article, said)
        people = self._slugs[article, said.who] if said.who else {None}
        return [
            claim
            for claim in self.store.claims.get(article, ())
            if claim.kind == said.kind
            and (claim.value in values or said.kind == "club")
            and claim.who in people
            and (said.race is None or (claim.race is not None and _fits(claim.race, said.race)))
        ]

    def _values(self, article: str, said: Said) -> set[str]:
        if said.kind in ("coach", "kin"):
            return self._slugs[article, said.value]
        return {plain_value(said)}


def plain_value(said: Said) -> str:
    """The value as the graph names it."""
    if said.kind == "mark":
        mark = read_mark(said.value)
        return mark.slug if mark else said.value
    if said.kind == "venue":
        known = vocabulary.place(said.value)
        return known.slug if known else slug(said.value)
    return said.value


def _fits(found: Slots, true: str) -> bool:
    """Whether nothing known of the race speaks against it; a sponsor may stand before the competition."""
    series, year, discipline, *_ = true.split("_")
    return (
        (found.series is None or found.series == series or found.series.endswith(f"-{series}"))
        and found.year in (None, year)
        and found.discipline in (None, discipline)
    )


def b_cubed(mentions: Sequence[Mention]) -> dict[str, Scores]:
    """Precision and recall averaged over mentions: "all" of them and by variant, in the order of their number."""
    both = Counter((mention.true, mention.found) for mention in mentions)
    true = Counter(mention.true for mention in mentions)
    found = Counter(mention.found for mention in mentions)
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for mention in mentions:
        shared = both[mention.true, mention.found]
        for key in ("all", mention.variant):
            for at, more in enumerate((shared / found[mention.found], shared / true[mention.true], 1)):
                sums[key][at] += more
    ranked = sorted(sums.items(), key=lambda entry: (entry[0] != "all", -entry[1][2], entry[0]))
    return {key: Scores(precision / count, recall / count, int(count)) for key, (precision, recall, count) in ranked}


def worst(mentions: Sequence[Mention], number: int) -> list[tuple[str, list[tuple[str, int]]]]:
    """The people of whom most mentions are split off, and the slugs under which most others are, with their parts."""
    split, mixed, slugs, ids = (_counters() for _ in range(4))
    for mention in mentions:
        split[mention.true][f"{mention.found} ('{mention.written}')"] += 1
        mixed[mention.found][f"{mention.true} ('{mention.written}')"] += 1
        slugs[mention.true][mention.found] += 1
        ids[mention.found][mention.true] += 1
    loss = [(_cost(slugs[who]), f"split: {who}", split[who]) for who in split]
    loss += [(_cost(ids[which]), f"mixed: {which}", mixed[which]) for which in mixed]
    loss.sort(key=lambda entry: (-entry[0], entry[1]))
    return [(title, parts.most_common(12)) for cost, title, parts in loss[:number] if cost]


def _counters() -> defaultdict[str, Counter[str]]:
    return defaultdict(Counter)


def _cost(parts: Counter[str]) -> int:
    return parts.total() - max(parts.values())


def recall(linked: Linked) -> dict[str, tuple[int, int]]:
    """Kind of fact -> how many the articles assert, and how many of these the store claims of them."""
    asserted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for article, story in linked.stories.items():
        for said in story.facts:
            asserted[said.kind] += 1
            found[said.kind] += bool(linked.claims(article, said))
    return {kind: (count, found[kind]) for kind, count in asserted.most_common()}


def copies(linked: Linked) -> tuple[list[str], list[str]]:
    """The copies that the store takes for reports of their own, and the articles that it wrongly takes for copies.

    Lists of results of one service may be taken for copies of each other.
    """
    stories = linked.stories
    told = {article: story.copied or article for article, story in stories.items()}
    found = {one: other for one, other in linked.store.copies.items() if one in stories and other in stories}
    stands: defaultdict[str, set[str]] = defaultdict(set)
    for article, report in told.items():
        stands[report].add(found.get(article, article))
    missed = [article for article, report in told.items() if report in told and len(stands[report]) > 1]
    wrong = [
        one
        for one, other in found.items()
        if told[one] != told[other] and not (stories[one].service and stories[one].service == stories[other].service)
    ]
    return [article for article in missed if stories[article].copied and article not in found], wrong


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Articles that are no copies of each other give one property of one thing different values."""

    kind: str
    about: tuple[str | None, str | None]  # race, person
    sides: tuple[Side, ...]

    def noticed(self, conflicts: Iterable[Conflict]) -> bool:
        """Whether a conflict holds claims of two of its sides that contradict each other."""
        for conflict in conflicts:
            there = [side for side in self.sides if side.claims & conflict.claims]
            if any(_independent(one, other) for one, other in combinations(there, 2)):
                return True
        return False


def contradictions(linked: Linked) -> list[Contradiction]:
    """Those between facts that the articles assert and the store claims wholly, of what does not change with time."""
    groups: defaultdict[tuple[str, str | None, str | None], list[Side]] = defaultdict(list)
    for article, story in linked.stories.items():
        for said in story.facts:
            if said.kind in ("place", "mark", "date", "venue"):
                claims = [claim for claim in linked.claims(article, said) if claim.race and _whole(claim.race)]
                if claims:
                    iris = frozenset(claim.iri for claim in claims)
                    sure = any(claim.race and claim.race.sure for claim in claims)
                    side = Side(article, story, said, iris, sure)
                    groups[said.kind, said.race, said.who].append(side)
    return [
        Contradiction(kind, (race, who), tuple(sides))
        for (kind, race, who), sides in groups.items()
        if any(_independent(one, other) for one, other in combinations(sides, 2))
    ]


def injected(linked: Linked) -> int:
    """How many contradictions there are in the articles, whether or not they were read."""
    groups: defaultdict[tuple[str, str | None, str | None], list[Side]] = defaultdict(list)
    for article, story in linked.stories.items():
        for said in story.facts:
            if said.kind in ("place", "mark", "date", "venue"):
                side = Side(article, story, said)
                groups[said.kind, said.race, said.who].append(side)
    return sum(any(_independent(*pair) for pair in combinations(sides, 2)) for sides in groups.values())


def _whole(race: Slots) -> bool:
    return None not in (race.series, race.year, race.discipline)


def _independent(one: Side, other: Side) -> bool:
    """Contradicting each other, and not two prints of one list of results."""
    service = one.story.service
    return _opposed(one, other) and (service is None or service != other.story.service)


def _opposed(one: Side, other: Side) -> bool:
    witnesses = {side.story.copied or side.article for side in (one, other)}
    if len(witnesses) == 1 or one.said.value == other.said.value:
        return False
    if one.said.kind == "mark":
        left, right = read_mark(one.said.value), read_mark(other.said.value)
        return not (left and right and (compatible(left, right) or compatible(right, left)))
    return True


def false_conflicts(linked: Linked) -> dict[str, list[Conflict]]:
    """The conflicts behind which no two articles contradict each other, by what went wrong.

    `misread`: an article claims what it does not say. `mixed`: two people or two races are taken for one. `status`:
    somebody changed coach or club within the month that still counts as a contradiction. `sex`: a pronoun was misread,
    or two people of one name are taken for one.
    """
    sides: defaultdict[str, list[tuple[tuple[str, str | None, str | None], Side]]] = defaultdict(list)
    for article, story in linked.stories.items():
        for said in story.facts:
            group = (said.kind, said.race, said.who)
            side = Side(article, story, said)
            for claim in linked.claims(article, said):
                sides[claim.iri].append((group, side))
    found: dict[str, list[Conflict]] = {reason: [] for reason in ("misread", "mixed", "status", "sex", "other")}
    for conflict in linked.store.conflicts:
        members = [entry for claim in conflict.claims for entry in sides.get(claim, ())]
        if any(a[0] == b[0] and _opposed(a[1], b[1]) for a, b in combinations(members, 2)):
            continue
        if conflict.property in ("status", "sex"):
            found[conflict.property].append(conflict)
        elif any(claim not in sides for claim in conflict.claims):
            found["misread"].append(conflict)
        else:
            found["mixed" if len({group for group, _ in members}) > 1 else "other"].append(conflict)
    return found
