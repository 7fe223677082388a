"""One result told of several athletes, contests or years: an event for each."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction.careers import PERFECT
from graph.extraction.chunks import lemma_at
from graph.extraction.contests import Contest, describe
from graph.extraction.nounphrases import Noun
from graph.extraction.occasions import are_listed, occasions

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk
    from graph.extraction.clauses import Clause
    from graph.extraction.events import Event
    from graph.extraction.quantities import Mark
    from ontology.entries import Discipline

_WON = ("crown", "victory", "medal")


def nouns(chunks: list[Chunk]) -> list[Noun]:
    """What can be won, among the chunks."""
    return [c.value for c in chunks if isinstance(c.value, Noun) and c.value.head in _WON]


def varied(clause: Clause, who: list[Chunk], base: Event) -> list[Event]:
    """One event for each athlete and each contest that the object names ("the 100m and 200m", "in 2002 and 2003")."""
    if any("team" in noun.words for noun in nouns(clause.after) if noun.head != "victory"):
        return []
    if base.position == 1 and not base.contest.disciplines and _is_unnamed_double(clause.after):
        return []
    contests = [base.contest]
    won = [n for n in nouns(clause.after) if any(c.disciplines or c.competition for c in n.contests)]
    if len(won) == 2 and clause.has_verb("add") and not base.medal:  # "added the mile title to the 800m crown"
        return [_of_noun(base, noun, person) for person in who for noun in won]
    if base.position == 1 and not base.medal and (added := _title_added(clause.after)) is not None:
        shorter = replace(clause, after=clause.after[: clause.after.index(added)])
        own = _of_noun(base, added.value, base.who)
        own.contest = own.contest.over(told_behind(clause.after, added))
        rest = replace(base, contest=describe(shorter.chunks))
        return [*varied(shorter, who, rest), *(replace(own, who=person) for person in who)]
    if base.position == 1 and not base.medal and (titles := _titles(clause.after)):
        return [replace(base, who=w, contest=c, mark=base.mark if not n else None) for w in who for n, c in titles]
    several = next((noun.contests for noun in nouns(clause.after) if len(noun.contests) > 1), None)
    if several is not None:
        contests = [inner.over(base.contest) for inner in several]
    elif base.position is not None or base.medal:
        disciplines = [c for c in clause.after if c.kind == "discipline"]
        if (apart := _marked_apart(clause.after, disciplines)) is not None:
            return [
                replace(base, who=w, mark=m, contest=base.contest._replace(disciplines=d))
                for w in who
                for d, m in apart
            ]
        if are_listed(clause.after, disciplines):
            contests = [base.contest._replace(disciplines=c.value) for c in disciplines]
    if base.position is not None or base.medal:
        contests = [there for contest in contests for there in occasions(clause.after, contest)]
        perfect = not PERFECT.isdisjoint(clause.auxiliaries)
        base.career = perfect and len({c.competition for c in contests}) > 1
    # "Vane and Brandt won the 100m and 200m": each a race of his own
    if len(who) == len(contests) > 1 and len({c.disciplines for c in contests}) == len(who):
        return [replace(base, who=person, contest=c) for person, c in zip(who, contests, strict=True)]
    together = len(who) > 2 and bool(base.mark or base.medal or base.position == 1)
    return [replace(base, who=person, contest=c, together=together) for person in who for c in contests]


def medals_shared(after: list[Chunk], who: list[Chunk], base: Event) -> list[Event]:
    """Each of several people with a medal, in their order: "Vane and Brandt took gold and silver in the mile"."""
    begins = [i for i, c in enumerate(after) if c.kind == "medal"]
    if not len(begins) == len(who) > 1 or any(c.kind == "crown" for c in after):
        return []
    if any(c.kind == "person" or describe([c]) for c in after[begins[0] + 1 : begins[-1]] if c.kind != "medal"):
        return []
    told = [contest for i in begins for contest in after[i].value.contests]
    contest = told[-1].over(base.contest) if told else base.contest
    marks = [c.value for c in after if c.kind == "mark"]
    own = marks if len(marks) == len(who) else [None] * len(who)
    return [
        replace(base, who=person, medal=after[i].value.data, position=None, contest=contest, mark=mark)
        for person, i, mark in zip(who, begins, own, strict=True)
    ]


def _is_unnamed_double(chunks: list[Chunk]) -> bool:
    """ "stormed to double gold at the Games": two wins, told elsewhere."""
    return any(a.lemma == "double" and b.kind == "medal" for a, b in itertools.pairwise(chunks))


def _title_added(chunks: list[Chunk]) -> Chunk | None:
    """A title behind a competition: "won the Torrevale Mile as well as the European 1500m title"."""
    index = next((i for i, c in enumerate(chunks) if c.kind == "crown" and c.value.contests), None)
    if index is None or not any(chunks[index].value.contests):
        return None
    linked = lemma_at(chunks, index - 1) in ("and", "plus", "&") or [c.lemma for c in chunks[index - 3 : index]] == [
        "as",
        "well",
        "as",
    ]
    held = any(c.kind in ("series", "competition") for c in chunks[:index])
    other = any(c.kind in _WON for c in (*chunks[:index], *chunks[index + 1 :]))
    return chunks[index] if linked and held and not other else None


def _titles(chunks: list[Chunk]) -> list[tuple[int, Contest]]:
    """The contests of titles in a list, numbered: "won the European title in 2022 and the world title in 2023"."""
    crowns = [
        i for i, c in enumerate(chunks) if c.kind == "crown" and c.value.contests and c.value.contests[0].competition
    ]
    if len(crowns) < 2 or any(lemma_at(chunks, i - 1) not in ("and", ",", "&") for i in crowns[1:]):
        return []
    found: list[tuple[int, Contest]] = []
    shared = chunks[crowns[0]].value.contests[0].disciplines
    for number, index in enumerate(crowns):
        own = chunks[index].value.contests[0].over(told_behind(chunks, chunks[index]))
        found.append((number, own._replace(disciplines=own.disciplines or shared)))
    return found


def told_behind(chunks: list[Chunk], prize: Chunk) -> Contest:
    """What stands between a medal or title and the next one: "bronze in 2006 and silver in 2010"."""
    begin = chunks.index(prize) + 1
    end = next((i for i in range(begin, len(chunks)) if chunks[i].kind in ("medal", "crown")), len(chunks))
    return describe(chunks[begin:end])


def _of_noun(base: Event, noun: Noun, who: Chunk) -> Event:
    """The event of a title or medal of its own."""
    inner = noun.contests[0] if noun.contests else Contest()
    medal = noun.data if noun.head == "medal" else None
    return replace(base, who=who, contest=inner, position=None if medal else 1, medal=medal, mark=None)


def _marked_apart(chunks: list[Chunk], found: list[Chunk]) -> list[tuple[tuple[Discipline, ...], Mark]] | None:
    """Each discipline with its own mark: "won the 60m in 6.74 and the 200m in 21.08"."""
    if len(found) < 2:
        return None
    told = []
    for number, chunk in enumerate(found):
        end = chunks.index(found[number + 1]) if number + 1 < len(found) else len(chunks)
        marks = [c.value for c in chunks[chunks.index(chunk) : end] if c.kind == "mark"]
        if len(marks) != 1 or not chunk.value:
            return None
        told.append((chunk.value, marks[0]))
    return told
