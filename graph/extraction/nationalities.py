"""Whose country a sentence tells without standing beside the name: "ran for Kenya", "held off his British rivals"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.chunks import Chunk, at, lemma_at
from graph.extraction.national import is_verb
from graph.extraction.nounphrases import Noun
from graph.extraction.references import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.clauses import Clause

_COMPETING = ("run", "compete", "race", "appear", "debut", "medal", "win", "jump", "throw", "strike", "star")
_CHOOSING = ("pick", "select", "name", "choose", "call")
_RIVALS = {"rival", "rivals", "team-mate", "team-mates", "teammate", "teammates", "compatriot", "compatriots"}
_BEARERS = {"man", "woman", "athlete", "competitor", "runner", "finisher", "representative", "entrant", "finalist"}
_COMPRISING = {"featuring", "including", "comprising", "containing", "fielding"}
_TELLING = ("country", "demonym", "reference", "role")
_SUPERLATIVES = {"only", "sole", "fastest", "leading", "quickest", "youngest", "oldest", "top", "first"}


def subject_nation(clause: Clause, *, winning: bool) -> str | None:
    """The country of the one subject of an asserted clause, if the clause tells it; `winning`: it tells of a place."""
    for index, chunk in enumerate(clause.after):
        country = _country(chunk) or _rivals(chunk) if chunk.kind in _TELLING else None
        if country is not None and _is_subjects(clause, index, winning=winning):
            return country
    return None


def _country(chunk: Chunk) -> str | None:
    if chunk.kind in ("country", "demonym"):
        return str(chunk.value)
    reference = chunk.value if chunk.kind == "reference" else None
    return reference.country if isinstance(reference, Reference) and reference.how == "team" else None


def _is_bound(clause: Clause) -> bool:
    """Whoever leaves for a country, or means something for it, need not be of it."""
    return clause.verb is None or is_verb(clause.verb, "bound")


def _rivals(chunk: Chunk) -> str | None:
    """ "his British rivals": of the rivals' country is he too"""
    noun = chunk.value if chunk.kind == "role" and chunk.lemma in _RIVALS else None
    owner = noun.owner.lemma if isinstance(noun, Noun) and noun.owner is not None else ""
    return noun.demonym if isinstance(noun, Noun) and owner in ("his", "her") else None


def _is_subjects(clause: Clause, index: int, *, winning: bool) -> bool:
    after, chunk = clause.after, clause.after[index]
    one, two = lemma_at(after, index - 1) if index else "", lemma_at(after, index - 2) if index > 1 else ""
    governor = two if one == "the" else one
    if chunk.kind == "country":
        if governor == "for":
            competing = clause.has_verb(*_COMPETING) if index < 3 else not _is_bound(clause)
            return winning or competing
        return clause.has_verb("represent") and index < 2
    if chunk.kind == "role":
        return True
    if chunk.kind == "reference":
        return clause.passive and clause.has_verb(*_CHOOSING) and governor in ("for", "in")
    following = lemma_at(after, index + 1)
    before = at(after, index - 1) if index else None
    if before is not None and before.kind == "ordinal":
        return clause.has_verb("be", "become")
    if clause.has_verb("be", "become") and _ranked(after, index):
        return True
    described = following in _BEARERS and one in _SUPERLATIVES and two == "the"
    third = lemma_at(after, index - 3) if index > 2 else ""
    return described and (third == "as" or (index == 2 and clause.has_verb("be", "become")))


def _ranked(after: list[Chunk], index: int) -> bool:
    """ "the second-fastest Briton", "one of the four quickest Ethiopian marathoners", "the only Norwegian" """
    before = [c.lemma for c in after[:index]]
    if "than" in before or any(c.kind == "person" for c in after[:index]):
        return False
    ranked = before[:1] == ["the"] and index < 5 and (before[-1] in _SUPERLATIVES or before[-1].endswith("est"))
    return ranked or (before[:2] == ["one", "of"] and index < 8)


def listed_nations(chunks: list[Chunk]) -> Iterator[tuple[Chunk, str]]:
    """People listed as a country's: "the British quartet of Vane, Brandt and Holt", "Kenya, for whom Vane ran"."""
    for index, chunk in enumerate(chunks):
        reference = chunk.value if chunk.kind == "reference" else None
        country = reference.country if isinstance(reference, Reference) else _country(chunk)
        if country is None:
            continue
        words = [c.lemma for c in chunks[index + 1 : index + 4]]
        start = index + 2 if chunk.kind == "reference" and words[:1] == ["of"] else 0
        start = index + 4 if chunk.kind == "country" and words == [",", "for", "whom"] else start
        if chunk.kind == "reference" and words[:1] and words[0] in _COMPRISING:
            start = next((index + 2 + i for i, c in enumerate(chunks[index + 2 : index + 5]) if c.kind == "person"), 0)
        while start and start < len(chunks) and (chunks[start].kind == "person" or chunks[start].lemma in (",", "and")):
            if chunks[start].kind == "person":
                yield chunks[start], country
            start += 1
