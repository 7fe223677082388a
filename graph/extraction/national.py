"""A country spoken of as what is its own people's: its teams and vests, its bodies, its trials and records."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, NamedTuple

from graph.extraction.chunks import PLAIN, Chunk, at, lemma_at
from graph.extraction.gazetteer import inflected
from graph.extraction.lexicons import lexicon
from graph.extraction.nounphrases import Noun
from graph.extraction.records import record_kind
from graph.extraction.references import Reference

HOME: Final = "home"
"""In place of a code: the nation that "national" means."""

Kind = Literal["team", "body", "contest"]
_REACH = 7


@cache
def words(name: str) -> frozenset[str]:
    """The words of one list of `nations.yaml`."""
    return frozenset(lexicon("nations")[name])


@cache
def _forms(name: str) -> frozenset[str]:
    """The verbs of one list in all their forms; those that the chunker does not know bear their form as lemma."""
    return frozenset(form for verb in words(name) for form, _ in inflected(verb)) | words(name)


def is_verb(chunk: Chunk, name: str) -> bool:
    """Whether a verb is one of a list of `nations.yaml`."""
    return chunk.lemma in _forms(name)


class National(NamedTuple):
    """`country` spoken of as a team, body or contest, from `start` to `end` in a row of chunks."""

    kind: Kind
    country: str
    start: int
    end: int


def nationals(chunks: list[Chunk]) -> list[National]:
    """What a row of chunks names of nations, in order."""
    found: list[National] = []
    for index, chunk in enumerate(chunks):
        if (chunk.kind in PLAIN and chunk.text != "Athletics") or (found and index < found[-1].end):
            continue
        one = _national(chunks, index)
        if one is not None:
            found.append(one)
    return found


def nation_of(chunk: Chunk) -> str | None:
    """The country that a chunk names, as a place or a people."""
    if chunk.kind in ("country", "demonym"):
        return str(chunk.value)
    return HOME if chunk.kind == "level" and chunk.lemma == "national" else None


def _national(chunks: list[Chunk], index: int) -> National | None:
    chunk = chunks[index]
    if chunk.kind == "federation":
        return National("body", chunk.value, index, index + 1)
    if isinstance(chunk.value, Reference):
        team = chunk.value.how == "team" and chunk.value.country
        return National("team", chunk.value.country, index, index + 1) if team and chunk.value.country else None
    if isinstance(chunk.value, Noun):
        return _held(chunk.value, index)
    if chunk.text in ("Athletics", "Team"):
        after = at(chunks, index + 1)
        kind: Kind = "body" if chunk.text == "Athletics" else "team"
        return National(kind, after.value, index, index + 2) if after and after.kind == "country" else None
    code = nation_of(chunk)
    if code is None:
        return None
    if chunk.kind == "country" and chunk.text.startswith("Team "):
        return National("team", code, index, index + 1)
    if chunk.kind in ("country", "demonym") and getattr(at(chunks, index + 1), "text", "") == "Athletics":
        end = index + 3 if lemma_at(chunks, index + 2) in words("body") else index + 2
        return National("body", code, index, end)
    return _described(chunks, index, code)


def _described(chunks: list[Chunk], index: int, code: str) -> National | None:
    """ "the British U23 cross country squad", "Kenya's athletics body" """
    for place in range(index + 1, min(index + _REACH, len(chunks))):
        chunk = chunks[place]
        if chunk.kind in ("series", "competition") and chunk.lemma.split()[-1] in words("contest"):
            return National("contest", code, index, place + 1)
        if chunk.kind in ("word", "verb", "official", "role", "victory"):
            for kind in ("body", "team", "contest"):
                if chunk.lemma in words(kind) or chunk.text.lower() in words(kind):
                    return National(kind, code, index, place + 1)
        if chunk.kind not in ("sex", "discipline", "category", "setting", "surface", "level", "number") and (
            chunk.lemma not in words("between")
        ):
            break
    after = at(chunks, index + 1)
    if after is not None and after.kind == "sex" and lemma_at(chunks, index + 2) != "'s":
        return National("team", code, index, index + 2)  # "gave Dutch women relay gold"
    return None


def _held(noun: Noun, index: int) -> National | None:
    """ "the British record", "her third Kenyan title" """
    code = None
    if noun.head == "crown":
        code = noun.demonym or (HOME if "national" in noun.words else None)
    elif noun.head in ("medal", "victory"):
        code = noun.demonym
    elif noun.head in ("record", "bare_record") and noun.words.isdisjoint(("all-comers", "comers")):
        code = noun.demonym or (HOME if record_kind(noun)[0] == "NR" else None)
    return National("contest", code, index, index + 1) if code else None
