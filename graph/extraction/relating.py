"""Relations to drafts: whom "his coach" or "the pair" means, and the surname that kin share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.drafts import RelationDraft
from graph.extraction.references import Reference
from ontology.names import fold

if TYPE_CHECKING:
    from graph.extraction.chunks import Chunk
    from graph.extraction.drafts import Drafts
    from graph.extraction.people import Entity
    from graph.extraction.relations import Relation
    from graph.model import Basis


def relate(drafts: Drafts, relation: Relation, sentence: int) -> None:
    """Draft a relation that a sentence asserts; nothing where somebody in it is not known."""
    if relation.kind == "membership":
        for member in _meant(drafts, relation.first, sentence):
            if member.roles != {"coach"} or member.licences & {"result", "title", "record"}:
                proof = drafts.proof(sentence, relation.rule, 0.9, "Explicit")
                drafts.membership(member, relation.second.value, relation.value, proof)
        return
    seconds = _meant(drafts, relation.second, sentence) if relation.kind == "coaching" else []
    first = drafts.bearer(relation.first, sentence)
    if first is None or (relation.known and "coach" not in first.roles):
        return
    if len(seconds) > 1 or _is_collective(relation.second):
        for athlete in seconds:
            drafts.coaching(first, athlete, relation.value, drafts.proof(sentence, relation.rule, 0.85, "Resolved"))
    else:
        _relate_two(drafts, relation, first, sentence)


def _meant(drafts: Drafts, chunk: Chunk, sentence: int) -> list[Entity]:
    """Everybody whom a word stands for: one or, for "both" and "the pair", several."""
    several = drafts.salience.group(chunk, sentence)
    one = drafts.bearer(chunk, sentence) if not several and not _is_collective(chunk) else None
    return [one] if one is not None else several


def _is_collective(chunk: Chunk) -> bool:
    return isinstance(chunk.value, Reference) and chunk.value.how in ("group", "others")


def _relate_two(drafts: Drafts, relation: Relation, first: Entity, sentence: int) -> None:
    sieve = drafts.salience.sieve
    second = drafts.bearer(relation.second, sentence)
    if second is first and relation.rule == "family.predicate":  # "Greta Brandt, who is also her mother"
        second = drafts.salience.besides(first, relation.second, sentence)
    if second is None or second is first:
        return
    if relation.first.kind != "person":
        drafts.salience.sieve = sieve  # whom a word means is less sure than whom a name does
    basis: Basis = "Explicit" if relation.first.kind == relation.second.kind == "person" else "Resolved"
    proof = drafts.proof(sentence, relation.rule, 0.9, basis)
    if relation.kind == "coaching":
        drafts.coaching(first, second, relation.value, proof)
        return
    if first.team or second.team:
        return
    if not first.full and second.full and relation.value != "spouse":
        _lend_surname(first, second)
    drafts.relations.append(RelationDraft("family", first, second, relation.value, proof))


def _lend_surname(given: Entity, kin: Entity) -> None:
    """ "Marta Lindqvist's father Sven" is Sven Lindqvist."""
    surname = kin.name.split()[-1]
    given.name = f"{given.name} {surname}"
    given.key = (*given.key, fold(surname))
