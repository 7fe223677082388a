"""Words that refer to somebody without naming: pronouns, "the Norwegian", "the Olympic champion"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from graph.extraction.chunks import PERSONS, Chunk, at, lemma_at
from graph.extraction.lexicons import cues
from graph.extraction.nounphrases import Noun

if TYPE_CHECKING:
    from graph.model import Sex

_PRONOUNS: Final[dict[str, Sex]] = {"he": "M", "she": "F", "him": "M"}
_AFTER_NATIONALITY = cues("after_nationality")
_BEARERS = cues("bearers")
_CLUB_BEARERS = {"athlete", "runner", "star", "woman", "man", "hurdler", "sprinter"}
_TEAM_WORDS = {"team", "quartet", "squad"}
_QUEENS = {"king", "queen", "prince", "princess", "star"}
_BEGINNING = {*_PRONOUNS, *_QUEENS, "her", "they", "the"}
_ENDING = ("punct", "verb", "modal", "negation", "mark", "date", "champion")


class Reference(NamedTuple):
    """Words that stand for somebody; `how` is pronoun, country, age, club, team, group, others or noun."""

    how: str
    country: str | None = None
    sex: Sex | None = None
    age: str | None = None
    noun: Noun | None = None


def mark_references(chunks: list[Chunk]) -> list[Chunk]:
    """`chunks` with pronouns and definite descriptions of people as chunks of kind "reference"."""
    out: list[Chunk] = []
    index = 0
    while index < len(chunks):
        chunk = chunks[index]
        begins = chunk.lemma in _BEGINNING or chunk.kind in ("role", "champion")
        made, end = (_reference(chunks, index, out) if begins else None) or (chunk, index + 1)
        out.append(made)
        index = end
    return out


def _reference(chunks: list[Chunk], index: int, out: list[Chunk]) -> tuple[Chunk, int] | None:
    """The reference that begins at `index`, and where it ends."""
    chunk = chunks[index]
    if chunk.lemma in _PRONOUNS and chunk.kind == "word":
        return _made(chunk, chunk, chunk, Reference("pronoun", sex=_PRONOUNS[chunk.lemma])), index + 1
    if chunk.lemma == "her" and chunk.kind == "word" and _is_object(chunks, index):
        return _made(chunk, chunk, chunk, Reference("pronoun", sex="F")), index + 1
    if chunk.lemma == "they" and chunk.kind == "word":
        return _made(chunk, chunk, chunk, Reference("group")), index + 1
    if chunk.lemma == "the":
        apposed = lemma_at(out, len(out) - 1) == "," and len(out) > 1 and out[-2].kind == "person"
        aged = (at(chunks, index + 1) or chunk).kind == "age" and lemma_at(chunks, index + 2) in ("from", "of")
        return None if apposed and (aged or lemma_at(chunks, index + 2) == "who") else _definite(chunks, index)
    if _is_clubman(chunks, index, out):
        club = chunk.value.club
        return _made(chunk, club, chunk, Reference("club"), club), index + 1
    titled = chunk.kind in ("role", "champion") or chunk.lemma in _QUEENS
    if titled and isinstance(chunk.value, Noun) and chunk.value.definite == "the":
        said = bool(out) and out[-1].lemma == "say"
        related = not out and lemma_at(chunks, index + 1) == "," and lemma_at(chunks, index + 2) in ("who", "whose")
        after = _behind_aside(chunks, index + 1)
        described = after is not None and after.lemma == after.text == "race"  # "won the junior race"
        if said or related or (_may_be_subject(out) and _acts(after) and not described):
            made = _made(chunk, chunk, chunk, Reference("noun", country=chunk.value.demonym, noun=chunk.value))
            made.lemma = chunk.lemma
            return made, index + 1
    return None


def _is_object(chunks: list[Chunk], index: int) -> bool:
    """ "which left her third behind Otiwa", not "left her third title" """
    before, place, after = at(chunks, index - 1), at(chunks, index + 1), at(chunks, index + 2)
    if before is None or before.kind != "verb" or before.lemma not in ("leave", "give", "earn", "see", "put", "bring"):
        return False
    if place is not None and place.lemma in ("in", "into", "back", "down"):
        return True
    placed = place is not None and place.kind == "ordinal"
    return placed and (
        after is None or after.kind == "punct" or after.lemma in ("behind", "in", "place", "and", "overall")
    )


def _behind_aside(chunks: list[Chunk], index: int) -> Chunk | None:
    """What stands at a place, or behind the parenthesis that does."""
    if lemma_at(chunks, index) == "(":
        index = next((i + 1 for i in range(index, len(chunks)) if chunks[i].text == ")"), index)
    return at(chunks, index)


def _is_clubman(chunks: list[Chunk], index: int, out: list[Chunk]) -> bool:
    """ "The Norbridge Harriers athlete, coached by Haugland, won": a role with a club, and nobody's name behind it."""
    chunk, after = chunks[index], at(chunks, index + 1)
    noun = chunk.value if chunk.kind == "role" and isinstance(chunk.value, Noun) else None
    if noun is None or noun.club is None or noun.definite != "the" or _is_several(chunk):
        return False
    return _may_be_subject(out) and (after is None or after.kind not in ("person", "name"))


def _is_several(chunk: Chunk) -> bool:
    return chunk.lemma.endswith("s") or chunk.lemma in ("pair", "duo")


def _definite(chunks: list[Chunk], index: int) -> tuple[Chunk, int] | None:
    """ "the Norwegian", "the 24-year-old (Kenyan)", "the Norbridge Harrier", "the Torrevale runner" """
    the, noun, following = chunks[index], at(chunks, index + 1), at(chunks, index + 2)
    if noun is None:
        return None
    if noun.kind in ("demonym", "age") and _is_alone(following):
        told = Reference("country", country=noun.value, sex=_sex(noun.lemma))
        if noun.kind == "age":
            told = Reference("age", age=str(noun.value))
        return _made(the, noun, noun, told), index + 2
    if following is not None:
        if noun.kind == "age" and following.kind == "demonym" and _is_alone(at(chunks, index + 3)):
            told = Reference("country", country=following.value, age=str(noun.value))
            return _made(the, noun, following, told), index + 3
        if noun.kind == "club" and following.lemma in _CLUB_BEARERS:
            return _made(the, noun, following, Reference("club"), noun), index + 3
        named = noun.kind in ("place", "name", "person", "word") and noun.text[0].isupper()
        if named and following.lemma in _BEARERS:
            return _made(the, noun, following, Reference("noun")), index + 3
    member = noun.kind == "club" and noun.end - noun.start < len(noun.text)
    if member and (following is None or following.kind != "person"):  # a member: the name was put in the plural
        return _made(the, noun, noun, Reference("club"), noun), index + 2
    return None


def _sex(demonym: str) -> Sex | None:
    """The sex that a nationality tells: "the Irishman", "the Dutchwoman"."""
    return "F" if demonym.endswith("woman") else "M" if demonym.endswith("man") and len(demonym) > 6 else None


def _made(first: Chunk, word: Chunk, last: Chunk, reference: Reference, *inner: Chunk) -> Chunk:
    return Chunk("reference", word.text, first.start, last.end, value=reference, inner=inner)


def _is_alone(following: Chunk | None) -> bool:
    """No noun follows, so the adjective is the noun: "the Norwegian pulled clear"."""
    if following is None or following.lemma in _AFTER_NATIONALITY:
        return True
    if following.lemma in _TEAM_WORDS:
        return False
    return following.kind in _ENDING and following.lemma != "-"


def _may_be_subject(out: list[Chunk]) -> bool:
    """No apposition to a name, and no predicate."""
    if not out:
        return True
    if out[-1].kind == "person" or out[-1].lemma == "be":
        return False
    return not (out[-1].lemma == "," and len(out) > 1 and out[-2].kind in ("person", "age", "champion"))


def _acts(after: Chunk | None) -> bool:
    if after is None:
        return False
    acting = after.kind in ("verb", "modal") or after.lemma.endswith("ly")
    return acting or after.lemma in ("who", "also", "then", "had", "has", "said", "'s")


def owner_at(chunks: list[Chunk], index: int) -> Chunk | None:
    """The possessor that ends at `index`: a person or reference with 's, or his/her."""
    chunk = chunks[index]
    if chunk.lemma in ("'s", "'") and index and chunks[index - 1].kind in PERSONS:
        return chunks[index - 1]
    return possessive(chunk) if chunk.kind == "word" and chunk.lemma in ("his", "her") else None


def possessive(chunk: Chunk) -> Chunk:
    """ "his" or "her" as the person it stands for."""
    return _made(chunk, chunk, chunk, Reference("pronoun", sex="M" if chunk.lemma == "his" else "F"))
