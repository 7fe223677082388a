"""Names without a model: capitalised runs, minus what the gazetteers know."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from graph.extraction.chunks import Chunk
from graph.extraction.lexicons import cues, lexicon
from ontology import vocabulary
from ontology.names import fold

if TYPE_CHECKING:
    from graph.model import Sex

_PLACE_ENDINGS = cues("place_endings")

_INITIAL = re.compile(r"[A-Z]\.?$")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in lexicon("names")[name])


@cache
def _given() -> dict[str, Sex]:
    given = lexicon("given")
    return dict.fromkeys(given["M"], "M") | dict.fromkeys(given["F"], "F")


def given_sex(word: str) -> Sex | None:
    """The sex that a folded given name suggests."""
    return _given().get(word)


def is_given(word: str) -> bool:
    """Whether a folded word is a given name."""
    return word in _given() or word in _either()


@cache
def _either() -> frozenset[str]:
    return frozenset(str(name) for name in lexicon("given")["either"])


def name_runs(chunks: list[Chunk], sentence_start: bool = True) -> list[Chunk]:
    """`chunks` with each capitalised run that may be a person's name joined into one chunk of kind "name"."""
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        end = _run_end(chunks, index, out) if chunks[index].text[0].isupper() else None
        if end is None:
            out.append(chunks[index])
            index += 1
            continue
        run = chunks[index:end]
        index = end
        opening = sentence_start and not any(c.kind != "punct" for c in out)
        out += _joined(run, opening and not _is_named_so(run, chunks[index] if index < len(chunks) else None))
    return out


def _is_named_so(run: list[Chunk], after: Chunk | None) -> bool:
    """ "Will Vane won", "May Falk, 24": no question and no wish follows the given name."""
    if run[0].text not in ("Will", "May") or len(run) < 2 or after is None:
        return False
    return after.text in (",", "'s") or (after.kind == "verb" and after.value in ("past", "s"))


def _capital(chunk: Chunk) -> bool:
    kinds = ("word", "verb", "modal") if chunk.text in ("Will", "May") else ("word", "verb")
    return chunk.kind in kinds and chunk.text[0].isupper() and (len(chunk.text) > 1 or chunk.text == "O")


def _run_end(chunks: list[Chunk], start: int, before: list[Chunk]) -> int | None:
    """Where the run that starts here ends; None where no name starts."""
    first = chunks[start]
    if not (
        _capital(first)
        or _given_place(chunks, start, before)
        or (_INITIAL.match(first.text) and start + 1 < len(chunks) and _capital(chunks[start + 1]))
    ):
        return None
    end = start + 1
    while end < len(chunks):
        here = chunks[end]
        glued = here.start == chunks[end - 1].end
        if _capital(here) or (
            _INITIAL.fullmatch(here.text) and end + 1 < len(chunks) and _capital(chunks[end + 1]) and here.text != "I"
        ):
            end += 1
        elif (
            here.text in "-‑"
            and glued
            and end + 1 < len(chunks)
            and chunks[end + 1].start == here.end
            and (chunks[end + 1].text[0].isupper() or _is_syllable(chunks, start, end + 1))
        ):
            end += 2
        elif (
            (
                here.text == "."
                and glued
                and len(chunks[end - 1].text) == 1
                and end + 1 < len(chunks)
                and _capital(chunks[end + 1])
            )
            or (
                here.kind in ("word", "verb")
                and here.lemma in _words("particles")
                and here.text.islower()
                and end + 1 < len(chunks)
                and _particle_tail(chunks, end)
            )
            or (
                here.kind in ("place", "country", "demonym", "code")
                and end - start == 1
                and _surname_like(chunks, start, before)
            )
            or (
                here.kind in ("champion", "medal", "crown", "role", "kin", "official")
                and here.text[0].isupper()
                and end - start == 1
                and here.lemma
                in ("king", "prince", "victor", "head", "star", "miler", "walker", "runner", "judge", "mayor", "champ")
            )
        ):
            end += 1
        else:
            break
    return end


def _is_syllable(chunks: list[Chunk], start: int, index: int) -> bool:
    """The second half of a given name behind the surname: "Lee Bong-ju", not "Vane-led" nor "Callum Vane-style"."""
    word = chunks[index].text
    return index - start == 3 and word.islower() and 1 < len(word) <= 5 and word not in _words("tails")


def _surname_like(chunks: list[Chunk], start: int, before: list[Chunk]) -> bool:
    """A given name and a place's name make a person: "Callum Denmark"; not "Team Norway", "in Port Elizabeth"."""
    given, place = chunks[start], chunks[start + 1]
    previous = before[-1].lemma if before else ""
    if (
        given.text in _words("not_person")
        or given.text.lower() in _words("common")
        or " " in place.text
        or not place.text.isalpha()
        or place.text.isupper()
    ):
        return False
    return (
        place.start == given.end + 1
        and previous not in ("in", "at", "from", "near", "to", "the", "of")
        and not (given.kind == "verb" and not before and given.text.lower() not in _given())
    )


def _particle_tail(chunks: list[Chunk], index: int) -> bool:
    following = chunks[index + 1]
    if _capital(following):
        return True
    return following.lemma in _words("particles") and index + 2 < len(chunks) and _capital(chunks[index + 2])


def _given_place(chunks: list[Chunk], index: int, before: list[Chunk]) -> bool:
    """Sydney McLaughlin, Chelsea Hayes: a place's name as a given name."""
    chunk = chunks[index]
    if chunk.kind not in ("place", "country") or chunk.text not in _words("given_name_places"):
        return False
    previous = before[-1].lemma if before else ""
    following = chunks[index + 1] if index + 1 < len(chunks) else None
    return (
        following is not None
        and _capital(following)
        and previous not in ("in", "at", "from", "near", "to", "the")
        and following.text not in _words("not_person")
    )


def _is_epithet(run: list[Chunk]) -> bool:
    """A first word that calls somebody something: "Londoners Greta Lund", "USC Trojan Greta Lund"."""
    first, second = run[0].text, fold(run[1].text)
    if is_given(fold(first)) or run[1].start != run[0].end + 1:
        return False
    if len(run) > 2 and first.isupper() and len(first) > 2:
        return True
    if first.endswith("ers") and vocabulary.place(first.removesuffix("ers")) is not None:
        return True
    if not is_given(second):
        return False
    return first.endswith(("s", "ian") if len(run) > 2 else "ers")  # "Cumbrians Greta Lund", "Northumbrian Greta Lund"


def _is_prefixed(run: list[Chunk]) -> bool:
    """A title or a townsman's name before the name: "Sir Callum Vane", "Queenslander Ida Vane"."""
    first = run[0].text
    return first in _words("honorifics") or (first in _words("inhabitants") and len(run) > 1)


def _is_loud(parts: list[Chunk]) -> bool:
    """Capitals throughout, as headings have; not the first words of a report: "CALLUM Vane won", "GRETA LUND won"."""
    loud = [c.text.isupper() and len(c.text) > 3 for c in parts]
    if len(parts) > 1 and loud[0] and is_given(fold(parts[0].text)):
        return False
    return any(loud) or all(c.text.isupper() for c in parts)


def _joined(run: list[Chunk], opening: bool) -> list[Chunk]:
    """The run as a name, less leading words that are no name; unchanged where no name is left."""
    head: list[Chunk] = []
    while run and ((opening and run[0].text.lower() in _words("common")) or _is_prefixed(run)):
        head.append(run.pop(0))
    while len(run) > 1 and _is_epithet(run):
        head.append(run.pop(0))
    parts = [c for c in run if c.kind != "punct"]
    lowers = [c.text.lower() for c in parts[1 if parts and parts[0].text == "Will" else 0 :]]
    if not _words("function").isdisjoint(lowers):
        return head + run
    start, end = (run[0].start, run[-1].end) if run else (0, 0)
    text = "".join((" " if i and c.start > run[i - 1].end else "") + c.text for i, c in enumerate(run))
    whole = text.split()  # the halves of a double-barrelled name stay together
    foreign = whole[:-1] if len(whole) == 2 and whole[-1] in _PLACE_ENDINGS else whole
    if not parts or any(word in _words("not_person") for word in foreign) or all(_INITIAL.match(c.text) for c in parts):
        return head + run
    if len(parts) > 5 or _is_loud(parts):
        return head + run
    if len(parts) == 1 and parts[0].text.lower() in _words("common"):
        return head + run
    text = " ".join(word.title() if word.isupper() and len(word) > 3 else word for word in text.split())
    key = name_key(text)
    return [*head, Chunk("name", text, start, end, value=key)] if key else head + run


@lru_cache(maxsize=8192)  # a name stands in an article a dozen times
def name_key(text: str) -> tuple[str, ...]:
    """The folded parts of a name; a double-barrelled surname is one part."""
    return tuple(part.strip(".") for part in fold(text).split())
