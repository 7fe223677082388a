"""A sentence in segments: parentheses lifted out, the rest split where a connective or a comma begins a new clause."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from graph.extraction.chunks import PERSONS, Chunk, at
from graph.extraction.lexicons import cues
from graph.extraction.nounphrases import Noun
from graph.extraction.verbgroups import PERCEIVING, is_attributive, verb_index

_CONNECTIVES = cues("connectives")
_YEARS = cues("years")
_PRONOUNS = ("it", "they", "we", "i", "you")
_BREAKS = {",", ";", ":", "–", "—", "…"}
_LISTED = {"discipline", "year", "series", "place", "level", "competition", "ordinal", "medal", "demonym", "country"}
_LISTED_APART = {"discipline", "year", "series", "competition", "date"}
_TITLED = ("champion", "holder", "role")
_MARKED = ("mark", "record", "wind")
_OF_RECORD = ("a", "an", "also", "new", "another", "and", "his", "her", "equal", "=")
_LEAVING = ("leave", "find", "catch", "keep")
_ADVERBIAL = {"after", "before", "since", "until", "despite"}


@dataclass(slots=True)
class Segment:
    """Chunks up to the next connective, and the connective that opened them; `joined`: "and" or "but" stood before.

    `apart`: a comma stood before.
    """

    connective: str
    chunks: list[Chunk] = field(default_factory=list)
    joined: bool = False
    apart: bool = False

    def verb_index(self) -> int | None:
        """Where its first verb stands."""
        return verb_index(self.chunks)


def lifted(chunks: list[Chunk]) -> tuple[list[Chunk], list[tuple[Chunk | None, list[Chunk]]]]:
    """`chunks` without parentheses and with dashes as commas; each parenthesis with the chunk it stands behind."""
    main: list[Chunk] = []
    asides: list[tuple[Chunk | None, list[Chunk]]] = []
    index = 0
    while index < len(chunks):
        chunk = chunks[index]
        close = _closing(chunks, index) if chunk.kind == "punct" and chunk.text in "([" else None
        if close is not None:
            inside = chunks[index + 1 : close]
            if main and main[-1].kind in ("ordinal", "medal") and [c.kind for c in inside] == ["mark"]:
                main += inside  # "Vane second (3:51.10)"
            elif inside and main and main[-1].kind in _MARKED and _names_record(inside):
                main += [Chunk("punct", ",", chunk.start, chunk.end), *inside]  # "in 7.96 (a national record)"
            elif inside:
                asides.append((main[-1] if main else None, inside))
            index = close + 1
            continue
        main.append(Chunk("punct", ",", chunk.start, chunk.end) if _is_dash(chunks, index) else chunk)
        index += 1
    return main, asides


def _names_record(inside: list[Chunk]) -> bool:
    """A parenthesis that says of a mark which record it is."""
    records = any(c.kind == "record" for c in inside)
    return records and all(c.kind in ("record", "wind", "punct") or c.lemma in _OF_RECORD for c in inside)


def _closing(chunks: list[Chunk], index: int) -> int | None:
    return next((i for i in range(index + 1, len(chunks)) if chunks[i].text in (")", "]")), None)


def _is_dash(chunks: list[Chunk], index: int) -> bool:
    """A dash that stands for a comma: a hyphen only with a space before it."""
    chunk = chunks[index]
    if chunk.text == "—":
        return True
    return chunk.text in ("-", "–") and chunk.kind == "punct" and index > 0 and chunk.start > chunks[index - 1].end


def segments(chunks: list[Chunk]) -> list[Segment]:
    """The segments of a row of chunks."""
    found: list[Segment] = []
    current = Segment("")
    for index, chunk in enumerate(chunks):
        breaking = chunk.text in _BREAKS and not _inside_list(chunks, index)
        connecting = _connects(chunk) and not _keeps(chunks, index)
        if not breaking and not connecting:
            current.chunks.append(chunk)
            continue
        if current.chunks:
            found.append(current)
            current = Segment(chunk.lemma)
        elif connecting or not current.connective:
            current = Segment(chunk.lemma, joined=current.connective in ("and", "but"), apart=current.connective == ",")
        if chunk.lemma == "having":
            current.chunks.append(chunk)
    if current.chunks:
        found.append(current)
    return found


def _connects(chunk: Chunk) -> bool:
    return chunk.lemma in _CONNECTIVES and chunk.kind in ("word", "punct", "verb")


def _inside_list(chunks: list[Chunk], index: int) -> bool:
    """A comma between two disciplines, years or places belongs to a list."""
    before, after = at(chunks, index - 1), at(chunks, index + 1)
    if chunks[index].text != "," or before is None or after is None:
        return False
    if before.kind == "place":
        return after.kind in ("country", "place")
    return before.kind == after.kind and before.kind in ("discipline", "year", "mark", "ordinal")


def _keeps(chunks: list[Chunk], index: int) -> bool:
    """A connective that joins words, not clauses."""
    lemma = chunks[index].lemma
    before, after = at(chunks, index - 1), at(chunks, index + 1)
    if after is None:
        return False
    if lemma in ("and", "or") and before is not None:
        return _lists(chunks, index, before, after)
    if lemma == "with":
        return _accompanies(chunks, index, after)
    if lemma == "as":
        return _compares(chunks, index, before, after)
    if lemma == "that":
        verbal = before is not None and before.kind == "verb"
        return not verbal and not any(c.kind == "verb" for c in chunks[index : index + 3])
    if lemma in _ADVERBIAL:
        return not any(c.kind == "verb" for c in chunks[index + 1 : index + 7])
    if lemma == "so":
        return after.kind != "reference" and after.lemma not in ("we", "i", "you", "it", "they")
    return lemma in ("then", "once")


def _lists(chunks: list[Chunk], index: int, before: Chunk, after: Chunk) -> bool:
    """ "the 100m and the 200m" """
    if before.kind == after.kind and before.kind in _LISTED:
        return True
    if before.kind in _TITLED and after.kind in _TITLED:  # "the Olympic champion and world silver medallist"
        return isinstance(after.value, Noun) and not after.value.definite and after.value.owner is None
    apart = at(chunks, index + 2) if after.lemma in ("the", "in") else None
    return apart is not None and before.kind == apart.kind and before.kind in _LISTED_APART


def _accompanies(chunks: list[Chunk], index: int, after: Chunk) -> bool:
    """A "with" that adds no clause of its own; "with Otiwa third" does."""
    if at(chunks, index - 1) is not None and chunks[index - 1].lemma in _YEARS:
        return True
    row = chunks[index + 1 : index + 12]
    person = next((i for i, c in enumerate(row) if c.kind in PERSONS), None)
    if person is not None and _is_placed(row[person + 1 :]):
        return False
    if person is not None and _is_absolute(row, person):
        return False
    return (
        any(i.kind in ("coach", "role") for i in after.inner)
        or after.lemma in ("a", "an", "the", "his", "her", "its", "their")
        or after.kind in ("mark", "medal", "record", "victory", "number")
        or not any(c.kind in PERSONS for c in chunks[index : index + 6])
    )


def _is_placed(row: list[Chunk]) -> bool:
    """ "Otiwa third", "Otiwa a distant third", "Otiwa a minute back in third" """
    if any(c.kind in ("ordinal", "medal") for c in row[:2]):
        return True
    for before, chunk in itertools.pairwise(row):
        if chunk.kind in ("ordinal", "medal"):
            return before.lemma == "in"
        if before.kind not in ("word", "number", "margin", "mark") or before.lemma in ("and", "to", "who"):
            return False
    return False


def _is_absolute(row: list[Chunk], person: int) -> bool:
    """ "with the out-of-form Vane setting a record" """
    acts = at(row, person + 1)
    if acts is None or acts.kind != "verb" or acts.value != "ing":
        return False
    return not any(c.kind in ("punct", "verb") and c.lemma != "-" for c in row[:person])


def _compares(chunks: list[Chunk], index: int, before: Chunk | None, after: Chunk) -> bool:
    """ "as well as", "as captain", "as the third woman" """
    if before is not None and before.lemma in ("such", "well", "as", "good", "far", "much"):
        return True
    if isinstance(after.value, Noun) and after.value.definite != "the" and after.kind in ("role", "champion", "coach"):
        return True
    return after.lemma in ("a", "an", "the") and not any(c.kind == "verb" for c in chunks[index : index + 9])


def second_verb(verb: Chunk, after: list[Chunk], connective: str) -> tuple[list[Chunk], list[Chunk]]:
    """Split what follows a verb at the next verb that begins a clause of its own."""
    for index, chunk in enumerate(after):
        if chunk.kind == "verb" and (_acts_under(verb, after, index) or not is_attributive(after, index)):
            cut = _cut(verb, after, index, connective)
            if cut is not None:
                return after[: cut[0]], after[cut[1] :]
    return after, []


def _cut(verb: Chunk, after: list[Chunk], index: int, connective: str) -> tuple[int, int] | None:
    """Where the clause before the verb at `index` ends and the verb's own begins; None where it begins none."""
    chunk, start = after[index], index
    while start > 0 and after[start - 1].lemma.endswith("ly") and after[start - 1].kind == "word":
        start -= 1
    own = _own_subject(after, start, chunk)
    if own is not None:
        return own, own
    before = after[start - 1] if start else verb
    if before.lemma in ("to", "without"):
        return start - 1, start - 1
    if chunk.value in ("past", "s"):
        if connective in ("who", "which", "that"):
            return index, index
        if before.kind in PERSONS:
            return index - 1, index - 1
    if _acts_under(verb, after, index):
        return index - 1, index - 1
    if chunk.value in ("ing", "past", "pp"):
        if before.lemma not in ("of", "by", "for", "in", "from", "a", "the", "his", "her"):
            return index, index
        if chunk.value == "ing" and before.lemma in ("by", "for", "in"):
            return index - 1, index  # the preposition belongs to neither
    return None


def _own_subject(after: list[Chunk], start: int, verb: Chunk) -> int | None:
    """Where the subject stands that a second verb brings along: "claims she would have won", "the golds it won"."""
    helped = start
    while helped > 0 and _helps(after[helped - 1]):
        helped -= 1
    if 0 < helped < start and after[helped - 1].kind in PERSONS:
        return helped - 1
    pronoun = helped > 0 and after[helped - 1].lemma in _PRONOUNS
    return helped - 1 if pronoun and (helped < start or verb.value in ("past", "s")) else None


def _helps(chunk: Chunk) -> bool:
    return chunk.kind in ("modal", "negation") or (chunk.kind == "verb" and chunk.lemma in ("have", "be", "do"))


def _acts_under(verb: Chunk, after: list[Chunk], index: int) -> bool:
    """ "saw Vane win", "left Vane trailing": the object of the first verb acts in the second."""
    before = at(after, index - 1)
    if before is None or before.kind not in PERSONS:
        return False
    value = after[index].value
    return (value in ("base", "ing") and verb.lemma in PERCEIVING) or (value == "ing" and verb.lemma in _LEAVING)
