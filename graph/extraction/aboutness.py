"""What an article is about as a whole: its discipline, and its competition where it names only one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph.extraction.attributes import flat
from graph.extraction.chunks import at
from graph.extraction.contests import Contest, describe, identity
from graph.extraction.nounphrases import Noun

if TYPE_CHECKING:
    from graph.extraction.sentences import Sentence
    from ontology.entries import Discipline


def dominant_discipline(sentences: list[Sentence]) -> tuple[Discipline, ...]:
    """The discipline that the article is about, where one is named more often than all others together."""
    counts: Counter[tuple[Discipline, ...]] = Counter()
    for sentence in sentences:
        for chunk in (inner for c in sentence.chunks for inner in ((c, *flat(c.inner)) if c.inner else (c,))):
            if chunk.kind == "discipline" and chunk.value:
                counts[chunk.value] += 2 if sentence.title else 1
            elif isinstance(chunk.value, Noun):
                counts.update(c.disciplines for c in chunk.value.contests if c.disciplines)
    if not counts:
        return ()
    best, count = counts.most_common(1)[0]
    return best if 2 * count > counts.total() else ()


def only_competition(sentences: list[Sentence]) -> Contest | None:
    """The one competition that the article names at all, if a year stands beside its name."""
    found: dict[str | None, Contest] = {}
    for sentence in sentences:
        for index, chunk in enumerate(sentence.chunks):
            if chunk.kind in ("series", "competition"):
                before = at(sentence.chunks, index - 1)
                dated = [before] if before is not None and before.kind == "year" else []
                contest = describe([*dated, chunk])
                if contest.competition is not None:
                    contest = contest._replace(place=contest.place or contest.competition.place)
                found.setdefault(identity(contest.competition), contest)
                if len(found) > 1:
                    return None
    only = next(iter(found.values()), None)
    return only if only is not None and only.year else None
