"""Verbs among chunks: which of them is one, and a verb with its auxiliaries, polarity, modality and voice."""

from __future__ import annotations

import itertools
from typing import Final, NamedTuple

from graph.extraction.chunks import PERSONS, Chunk, at, lemma_at
from graph.extraction.lexicons import cues, hopes
from graph.extraction.quantities import SPELT

_PLURALS = cues("plurals")
_BEFORE_BASE = cues("before_base")
_ALIKE = {"set", "put", "cut", "run", "come", "beat", "split", "hit", "quit", "be"}  # base and past are spelt alike
_PAST_ALIKE = {"set", "put", "run", "come", "beat", "cut", "hit"}
_BEFORE_MODAL_BASE = {"to", "who", "they", "we", "did", "longer", "both", "still", "all", "now", "only"}
PERCEIVING: Final = cues("perceiving")
"""Verbs that a person and a base form may follow: "saw Vane win"."""
_ROUGHLY = {"just", "over", "almost", "nearly", "about", "only", "exactly", "half", "more", "less", "around", "some"}
_ADVERBS = {"still", "now", "also", "already", "currently"}
_HEARSAY = {"reportedly", "allegedly"}
_DETERMINERS = {"a", "an", "the", "his", "her", "their"}
_BEFORE_NOUN = ("ordinal", "discipline", "number", "mark", "sex", "level")
_ORDERLY = ("in", "order", "turn", "succession", "home", "across", "over", "the", "line")
_BETWEEN_KINDS = ("word", "negation", "number", "round", "ordinal", "setting")
_NOT_BETWEEN = {"to", "a", "the", "by", "in", "at", "for", "of", "with", "on"}


class VerbGroup(NamedTuple):
    """A verb, the chunks on either side of it and its auxiliaries (`governor` is the last of them)."""

    before: list[Chunk]
    verb: Chunk
    after: list[Chunk]
    negated: bool
    unreal: bool
    passive: bool
    governor: Chunk | None
    auxiliaries: tuple[str, ...]


def verb_index(chunks: list[Chunk]) -> int | None:
    """Where the first verb stands."""
    for index, chunk in enumerate(chunks):
        if chunk.kind == "verb" and not is_attributive(chunks, index):
            return index
    return None


def is_attributive(chunks: list[Chunk], index: int) -> bool:
    """A form that is no verb here: "the defending champion", "a winning time", "race times"."""
    chunk = chunks[index]
    before = at(chunks, index - 1)
    if chunk.value == "s" and chunk.lemma in _PLURALS:
        before = next((c for c in reversed(chunks[:index]) if c.lemma not in _ADVERBS), None)
        return before is not None and before.lemma not in ("who", "which", "that") and before.kind not in PERSONS
    if chunk.value == "base":
        if chunk.lemma == "coach" and before is None and index + 1 < len(chunks) and chunks[1].kind in PERSONS:
            return False  # "Vane and Otiwa, who are husband and wife, coach both women"
        if [c.lemma for c in chunks[max(0, index - 3) : index]] == ["from", "start", "to"]:
            return True
        return not _is_perceived(chunks, index) and _is_base_noun(chunk, _past_adverbs(chunks, index))
    if before is None or not (before.lemma in _DETERMINERS or before.lemma == "'s" or _is_compound(chunks, index)):
        return False
    after = at(chunks, index + 1)
    return (
        chunk.value in ("ing", "pp", "past")
        and after is not None
        and after.kind != "punct"
        and after.lemma not in ("by", "to", "in", "the", "a", "at")
    )


def _is_compound(chunks: list[Chunk], index: int) -> bool:
    """The end of an adjective behind an article: "the much-travelled Vane"."""
    hyphened = lemma_at(chunks, index - 1) == "-" and chunks[index - 1].end == chunks[index].start
    return hyphened and lemma_at(chunks, index - 3) in _DETERMINERS


def agrees(verb: Chunk, subjects: list[Chunk]) -> bool:
    """Whether the form of a verb may stand behind its subjects without help: "wins", "won", two who "coach"."""
    return verb.value in ("past", "s") or (verb.value == "base" and len(subjects) > 1)


def _past_adverbs(chunks: list[Chunk], index: int) -> Chunk | None:
    """What stands before a verb and its adverbs: the modal of "could only finish"."""
    before = at(chunks, index - 1)
    if before is not None and (before.lemma in ("only", "just", "even") or before.lemma.endswith("ly")):
        helper = at(chunks, index - 2)
        return helper if helper is not None and (helper.kind == "modal" or helper.lemma == "to") else before
    return before


def _is_perceived(chunks: list[Chunk], index: int) -> bool:
    """The base form in "saw Vane win", "helped her set a record"."""
    before = at(chunks, index - 1)
    if before is None or (before.kind not in PERSONS and before.lemma != "her"):
        return False
    return any(c.kind == "verb" and c.lemma in PERCEIVING for c in chunks[max(0, index - 6) : index - 1])


def _is_base_noun(chunk: Chunk, before: Chunk | None) -> bool:
    """A base form without "to", a modal or a subject is a noun, unless it may be a past: "set", "ran and put"."""
    if before is not None and (before.kind in ("modal", "negation") or before.lemma in _BEFORE_BASE):
        return False
    if chunk.lemma not in _ALIKE or not chunk.text.islower():
        return True
    return before is not None and (before.lemma in _DETERMINERS or before.kind in _BEFORE_NOUN)


def verb_group(chunks: list[Chunk], index: int) -> VerbGroup:
    """The group of the verb at `index`: auxiliaries are folded into the verb they help."""
    before, verb, after = chunks[:index], chunks[index], chunks[index + 1 :]
    kinds, lemmas = [c.kind for c in before[-5:]], [c.lemma for c in before[-4:]]
    negated = "negation" in kinds[-4:] or [lemma for lemma in lemmas if lemma.endswith("n't")] != []
    unreal = "modal" in kinds and not _is_limited(before, after)
    unreal = unreal or not _HEARSAY.isdisjoint(lemmas[-3:])
    passive, governor, auxiliaries = False, None, []
    while (step := _helped(verb, after)) is not None:
        between, main = after[:step], after[step]
        negated = negated or any(c.kind == "negation" for c in between)
        passive = passive or (verb.lemma in ("be", "get") and main.value in ("past", "pp"))
        unreal = unreal or (verb.lemma == "be" and main.value == "ing" and main.text.lower() in hopes())
        governor = verb
        auxiliaries.append(verb.text.lower())
        before, verb, after = before + between, main, after[step + 1 :]
    if verb.lemma in ("be", "have") and any(c.kind == "negation" for c in after[:2]):
        negated = True
    if (
        verb.value in ("past", "pp")
        and governor is None
        and _is_agent(_past_order(after) if verb.lemma == "follow" else after)
    ):
        passive = True
    unreal = unreal or (governor is None and _is_bare(before, verb)) or _is_missed(before, verb)
    unreal = unreal or (verb.lemma == "need" and verb.value != "past")  # "needs 9.96 to win", not "needed 9.96 to win"
    unreal = unreal or _is_inverted(chunks) or _is_to_come(before) or _is_wished(before, verb, after)
    return VerbGroup(before, verb, after, negated, unreal, passive, governor, tuple(auxiliaries))


def _is_limited(before: list[Chunk], after: list[Chunk]) -> bool:
    """What somebody could do and did: "could only finish fifth", "could manage only 16.53m"."""
    if any(c.lemma == "only" for c in before[-2:]):
        return True
    able = any(c.lemma in ("could", "can") for c in before[-2:])
    only = lemma_at(after, 0) == "only" or [c.lemma for c in after[:1]] + [lemma_at(after, 2)] == ["no", "than"]
    return able and only


def _is_wished(before: list[Chunk], verb: Chunk, after: list[Chunk]) -> bool:
    """ "made her favourite to win", "winning would be a dream" """
    if verb.value == "ing":
        return any(c.kind == "modal" for c in after)
    to = verb.value == "base" and lemma_at(before, len(before) - 1) == "to"
    return to and any(c.lemma in hopes() and c.lemma != "able" for c in before[-3:-1])


def _past_order(after: list[Chunk]) -> list[Chunk]:
    """What stands behind the words for how somebody was followed: "followed home in order by Vane"."""
    start = next((i for i, c in enumerate(after[:4]) if c.lemma not in _ORDERLY and not c.lemma.endswith("ly")), 0)
    return after[start:]


def _is_agent(after: list[Chunk]) -> bool:
    """ "by Vane" behind a verb; not "won by 22 seconds"."""
    if lemma_at(after, 0) != "by":
        return False
    first = at(after, 1)
    measured = first is not None and (
        first.kind in ("margin", "mark", "number", "stretch", "distance") or first.lemma in SPELT
    )
    return not measured and lemma_at(after, 1) not in _ROUGHLY


def _is_missed(before: list[Chunk], verb: Chunk) -> bool:
    """Something that did not quite happen, or is only thought of: "almost won", "dreams of winning"."""
    near = lemma_at(before, len(before) - 1)
    return near in ("almost", "nearly") or (
        verb.value == "ing" and near in ("of", "about", "for", "towards", "without")
    )


def _is_to_come(before: list[Chunk]) -> bool:
    """ "with the third place still to be decided" """
    lemmas = [c.lemma for c in before[-3:]]
    return "to" in lemmas and any(a in ("still", "yet") and b == "to" for a, b in itertools.pairwise(lemmas))


def _is_inverted(chunks: list[Chunk]) -> bool:
    """ "Had she won the 1500m, ..." """
    first, second = at(chunks, 0), at(chunks, 1)
    return first is not None and first.text.lower() == "had" and second is not None and second.kind in PERSONS


def _helped(verb: Chunk, after: list[Chunk]) -> int | None:
    """Where in `after` the verb stands that `verb` helps; None where it helps none."""
    if verb.lemma not in ("be", "have", "do", "get") and not verb.lemma.endswith("n't"):
        return None
    for step, chunk in enumerate(after[:4]):
        if chunk.kind == "verb" and chunk.value in ("past", "pp", "ing", "base"):
            return step
        if chunk.kind not in _BETWEEN_KINDS or chunk.lemma in _NOT_BETWEEN:
            return None
    return None


def _is_bare(before: list[Chunk], verb: Chunk) -> bool:
    """A base form that nothing makes finite: an order, a heading, a plan."""
    if verb.value != "base" or not before or verb.lemma in _PAST_ALIKE:
        return False
    if before[-1].lemma.endswith("ly") and lemma_at(before, len(before) - 2) == "to":
        return False
    if before[-1].kind == "modal" or before[-1].lemma in _BEFORE_MODAL_BASE:
        return False
    return not any(c.lemma == "also" for c in before)
