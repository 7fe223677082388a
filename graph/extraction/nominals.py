"""Rows of chunks without a verb, or before one: who is named in them, and whether they say something of their own."""

from __future__ import annotations

from graph.extraction.chunks import PERSONS, Chunk, at, lemma_at
from graph.extraction.lexicons import cues
from graph.extraction.nounphrases import Noun

_GOVERNING = cues("governing")
_PHRASE_WORDS = cues("phrase_words")
_NO_SUBJECT = cues("no_subject")
_ADVERBIAL = cues("adverbial")
_DESCRIBING = {"person", "reference", "country", "demonym", "age", "role", "champion", "coach", "place", "number",
               "code", "club", "sex", "ordinal", "official", "discipline", "level", "kin"}  # fmt: skip
_SUBJECT_KINDS = {"word", "discipline", "series", "competition", "victory", "round", "medal", "crown", "record", "mark",
                  "kin", "official", "role", "coach", "champion", "country"}  # fmt: skip
_OPENING_ADVERBIAL = {"in", "at", "on", "after", "despite", "with", "for", "from", "over"}
_IMPERSONAL = {"it", "this", "nobody", "everybody", "everyone", "none", "others", "neither", "nothing", "everything"}
_TIMES = {"earlier", "later", "before", "afterwards", "meanwhile", "elsewhere", "then"}
_QUARTETS = {"quartet", "foursome", "team", "squad", "four"}
_NOT_GAPPED = {"of", "'s", "for", "the", "a", "from", "who"}


def heads(chunks: list[Chunk]) -> list[Chunk]:
    """Persons and references that are no object, complement of a preposition or possessor."""
    people = [(index, chunk) for index, chunk in enumerate(chunks) if chunk.kind in PERSONS and chunk.lemma != "him"]
    return [chunk for index, chunk in people if not _is_governed(chunks, index)]


def _is_governed(chunks: list[Chunk], index: int) -> bool:
    """A complement of a preposition, or a possessor: "Vane's compatriot Brandt" is Brandt."""
    after = at(chunks, index + 1)
    nouns = (i.value for i in after.inner if isinstance(i.value, Noun)) if after is not None else ()
    if any(noun.owner is chunks[index] for noun in nouns):
        return True
    if (after := at(chunks, index + 1)) is not None and after.kind in _DESCRIBING and isinstance(after.value, Noun):
        return after.value.owner is chunks[index]  # "Vane, Brandt's compatriot"
    if lemma_at(chunks, index - 1) == "of" and _is_quartet(at(chunks, index - 2)):
        return False
    if lemma_at(chunks, index - 1) == "the" and lemma_at(chunks, index - 2) == "of":
        return True  # "another of the Norbridge contingent"
    return lemma_at(chunks, index + 1) in ("'s", "'") or lemma_at(chunks, index - 1) in _GOVERNING


def _is_quartet(chunk: Chunk | None) -> bool:
    """Who runs a relay together: "the quartet of", "the British team of"."""
    return chunk is not None and (chunk.lemma in _QUARTETS or getattr(chunk.value, "how", None) == "team")


def has_other_subject(before: list[Chunk], *, absolute: bool = False) -> bool:
    """A noun phrase that is nobody: "the plan was", "the race went"; `absolute`: "with victory going to Vane"."""
    kept = [c for c in before if c.kind not in ("modal", "negation", "punct") and not _is_adverb(c)]
    if kept and kept[-1].lemma in _IMPERSONAL:
        return True
    if not any(c.kind in _SUBJECT_KINDS for c in kept[-3:]):
        return False
    if absolute:
        return True
    return not (kept[0].lemma in _OPENING_ADVERBIAL and len(kept) <= 4)


def _is_adverb(chunk: Chunk) -> bool:
    return chunk.lemma in _NO_SUBJECT or chunk.lemma.endswith("ly")


def is_noun_phrase(chunks: list[Chunk]) -> bool:
    """People and what describes them, no adverbial."""
    return all(c.kind in _DESCRIBING or c.lemma in _PHRASE_WORDS or _is_plain(c) for c in chunks)


def behind_opening(chunks: list[Chunk], first: Chunk) -> int:
    """Where people begin behind what opens a sentence: "On Sunday | Vane" (and Brandt won); 0 where nothing does."""
    begin = chunks.index(first)
    opening = chunks[:begin]
    timed = any(c.kind in ("date", "year") or c.lemma in _TIMES for c in opening[:1] + opening[-1:])
    return begin if (timed or lemma_at(opening, 0) in _OPENING_ADVERBIAL) and is_noun_phrase(chunks[begin:]) else 0


def _is_plain(chunk: Chunk) -> bool:
    if chunk.kind != "word" or not chunk.text.islower():
        return False
    return not chunk.lemma.endswith("ly") and chunk.lemma not in _ADVERBIAL


def is_gapped(chunks: list[Chunk]) -> bool:
    """ "Ferris third", "Vane in 3:30.25", "Sorel (FRA) taking silver": a person first, then what he or she achieved."""
    person = next(i for i, c in enumerate(chunks) if c.kind in PERSONS)
    told = next(i for i, c in enumerate(chunks) if c.kind in ("ordinal", "mark", "medal", "discipline", "sex"))
    if any(c.lemma in ("of", "than", "'s", "behind") for c in chunks[:person] if c.kind != "country"):
        return False
    if told > person and _ends_in_place(chunks, told):
        return not any(c.kind in PERSONS or c.lemma == "of" for c in chunks[person + 1 : person + 2])
    if told > person:
        return all(_may_stand_between(c, chunks[told]) for c in chunks[_past_origin(chunks, person + 1) : told])
    return chunks[told].kind in ("ordinal", "medal") and _goes_to(chunks[told + 1 : person])


def _ends_in_place(chunks: list[Chunk], told: int) -> bool:
    """ "Otiwa well short of her best in third" """
    rest = [c for c in chunks[told + 1 :] if c.kind != "punct"]
    return chunks[told].kind == "ordinal" and lemma_at(chunks, told - 1) == "in" and not rest


def _past_origin(chunks: list[Chunk], start: int) -> int:
    """Where "of North Norbridge" behind a name ends."""
    if lemma_at(chunks, start) not in ("of", "from"):
        return start
    end = start + 1
    while (here := at(chunks, end)) is not None and here.text[:1].isupper() and here.kind in ("word", "place", "club"):
        end += 1
    return end if end > start + 1 else start


def _may_stand_between(chunk: Chunk, told: Chunk) -> bool:
    if chunk.lemma in ("with", "in", "only", "a", "just"):
        return True
    if chunk.kind not in ("word", "punct", "setting", "place", "country"):
        return False
    return chunk.lemma not in _NOT_GAPPED or (chunk.lemma == "the" and told.kind in ("discipline", "sex"))


def _goes_to(between: list[Chunk]) -> bool:
    """ "silver to Otiwa", "bronze for Sorel" """
    if not between or between[0].lemma not in ("to", "for", "going", "went"):
        return False
    return all(c.kind in ("word", "demonym", "country", "punct", "verb") for c in between)
