"""Competitions that no register knows, told by the noun they end in: "Torrevale Invitational", "Vale Cross Country"."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from graph.extraction.allusions import allusion
from graph.extraction.chunks import PLAIN, Chunk, at, lemma_at
from graph.extraction.contests import Competition
from graph.extraction.lexicons import lexicon
from graph.extraction.tokens import tokenize

_LOWER_NOUNS = tuple(
    tuple(n.split())
    for n in (
        "meeting",
        "meet",
        "marathon",
        "championships",
        "trials",
        "invitational",
        "games",
        "grand prix",
        "half marathon",
        "cross country",
    )
)
_RUNS = frozenset({"run", "race", "walk", "jog"})
_OF_RUNNERS = ("role", "record", "bare_record", "mark")
_ACTS = frozenset({"in", "at", "on", "to", "and"})  # a headline's small words with capitals
_VENUES = frozenset(lexicon("names")["venues"])
_LOWER_FIRST = frozenset(noun[0] for noun in _LOWER_NOUNS)


@cache
def _nouns() -> dict[str, list[tuple[str, ...]]]:
    """Token sequences that end a competition's name where they have capitals, by their last token."""
    found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for noun in lexicon("names")["competition_nouns"]:
        tokens = tuple(t.lower for t in tokenize(noun, 0, len(noun)) if t.text != "-")
        found[tokens[-1]].append(tokens)
    return dict(found)


@cache
def _sponsors() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(s.lower().split()) for s in lexicon("names")["sponsors"])


def join_competitions(chunks: list[Chunk]) -> list[Chunk]:
    """`chunks` with each unknown competition's name as one chunk of kind "competition"."""
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        chunk = chunks[index]
        if chunk.kind in PLAIN and not chunk.text[0].isupper():
            out.append(chunk)
            index += 1
            continue
        alluded = allusion(chunks, index)
        if alluded is not None:
            out.append(alluded[0])
            index = alluded[1]
            continue
        end = _end(chunks, index)
        if end is None:
            out.append(chunks[index])
            index += 1
            continue
        headline = lemma_at(chunks, index - 1) not in ("the", "a", "an")
        out += _joined(chunks[index:end], not any(c.kind != "punct" for c in out), headline=headline)
        index = end
    return out


def _proper(chunk: Chunk) -> bool:
    return chunk.text[0].isupper() and chunk.kind not in ("series", "date", "mark", "punct", "age", "sex")


def _end(chunks: list[Chunk], start: int) -> int | None:
    """Where the longest name of a competition that begins at `start` ends."""
    if not _proper(chunks[start]):
        return None
    end, best = start, None
    while end < len(chunks) and end - start < 8:
        chunk = chunks[end]
        joining = (
            chunk.lemma in ("of", "the", "de", "&", "-")
            and end > start
            and end + 1 < len(chunks)
            and _proper(chunks[end + 1])
        )
        if not (_proper(chunk) or joining or (chunk.kind == "year" and end == start)):
            if end > start and best is None:
                best = _lower_noun(chunks, end) or _distance(chunks, start, end)
            break
        end += 1
        if end - start >= 2 and _ends_in_noun(chunks[start:end]) and not _is_venue(chunks, end):
            best = end
    return best


def _is_venue(chunks: list[Chunk], index: int) -> bool:
    """Whether a name goes on as that of a stadium: "Torrevale International Arena"."""
    return index < len(chunks) and chunks[index].text in _VENUES


def _ends_in_noun(run: list[Chunk]) -> bool:
    last = run[-1].lemma.replace("-", " ").split()
    nouns = _nouns().get(last[-1], ()) if last else ()
    if not nouns:
        return False
    lemmas = tuple(token for c in run for token in c.lemma.replace("-", " ").split())
    return any(lemmas[-len(noun) :] == noun and len(lemmas) > len(noun) for noun in nouns)


def _lower_noun(chunks: list[Chunk], index: int) -> int | None:
    if chunks[index].lemma not in _LOWER_FIRST:
        return None
    for noun in _LOWER_NOUNS:
        if tuple(c.lemma for c in chunks[index : index + len(noun)]) == noun:
            return index + len(noun)
    return None


def _distance(chunks: list[Chunk], start: int, index: int) -> int | None:
    """Where a distance on the road ends a name: "the Torrevale 10km", not "the Torrevale 10km record"."""
    chunk, after = chunks[index], at(chunks, index + 1)
    if chunk.kind != "discipline" or not chunk.text[0].isdigit() or lemma_at(chunks, start - 1) != "the":
        return None
    named = any(c.kind == "word" for c in chunks[start:index])
    road = bool(chunk.value) and all(d.group == "road-running" for d in chunk.value)
    return index + 1 if named and road and (after is None or after.kind not in _OF_RUNNERS) else None


def _is_acting(chunk: Chunk) -> bool:
    """A headline's verb or small word before the name: "Vane Wins At Torrevale Mile"; not "Run Torrevale 10k"."""
    return chunk.lemma in _ACTS or (chunk.kind in ("verb", "victory") and chunk.lemma not in _RUNS)


def _joined(run: list[Chunk], opening: bool, *, headline: bool) -> list[Chunk]:
    head: list[Chunk] = []
    common = lexicon("names")["common"]
    while opening and len(run) > 2 and run[0].lemma in common and run[0].kind == "word":
        head.append(run.pop(0))
    acting = max((i for i, c in enumerate(run[:-2]) if headline and _is_acting(c)), default=-1)
    head += run[: acting + 1]  # a headline's verb: "Vane Wins Torrevale Half Marathon"
    run = run[acting + 1 :]
    for size in (4, 3, 2, 1):
        if len(run) - size >= 2 and tuple(w for c in run[:size] for w in c.lemma.split()) in _sponsors():
            head += run[:size]
            run = run[size:]
    if run[0].kind == "year":
        head.append(run.pop(0))
    if len(run) == 1 or run[0].text.islower() or any(c.kind in ("person", "name") for c in run):
        return head + run
    if (
        all(c.kind in ("level", "word", "discipline", "demonym", "setting", "surface") for c in run)
        and run[0].kind == "demonym"
        and run[-1].kind == "discipline"
    ):
        return head + run  # "Kenyan Marathon" is a marathon by Kenyans
    if (
        run[-1].text.islower()
        and not run[-1].text[0].isdigit()
        and not any(
            c.kind in ("word", "competition")
            or (c.kind == "place" and run[-1].lemma in ("marathon", "half marathon", "games", "grand prix"))
            for c in run[:-1]
        )
    ):
        return head + run
    words = [c.text for c in run if not (c.text.islower() and c.lemma in ("meeting", "meet") and len(run) > 2)]
    text = " ".join(words).replace(" - ", "-")
    place = next((c.value.name for c in run if c.kind == "place"), None)
    indoor = any(c.kind == "setting" or "Indoor" in c.text for c in run)
    road = run[-1] if run[-1].kind == "discipline" else None
    value = Competition(
        text,
        None,
        place,
        indoor,
        discipline="cross-country" if "cross country" in text.lower().replace("-", " ") else _road(road),
    )
    return [*head, Chunk("competition", text, run[0].start, run[-1].end, value=value)]


def _road(noun: Chunk | None) -> str | None:
    """The slug of the one discipline that a name ends in."""
    return noun.value[0].slug if noun is not None and len(noun.value) == 1 else None
