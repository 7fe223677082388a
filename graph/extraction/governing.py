"""What a clause has from others: what makes it unreal or negated, the verb its infinitive hangs on, a prize."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.lexicons import cues, hopes

if TYPE_CHECKING:
    from graph.extraction.clauses import Clause

_HOPE_ONLY_BARE = cues("hope_only_bare")
_STEADFAST = cues("steadfast")
_THOUGHTS = {"think", "believe", "hope", "expect", "imagine", "dream", "wish", "doubt", "fear", "deny", "dispute",
             "allege", "suspect", "predict", "pretend", "suppose", "assume"}  # fmt: skip
_NEARLY = {"close", "closer", "closest", "near", "nearer", "nearest"}
_RETURNING = ("return", "come", "go", "be", "travel", "head", "arrive", "fly", "line")
_CONDITIONAL = {"if", "unless", "whether"}
_LINKING = {"to", "on", "of", "with", "for", "from", "after", "in"}


def govern(clause: Clause, last: Clause | None, *, alone: bool) -> None:
    """Mark what the clause before, `last`, makes of a clause; `alone`: it names no subject of its own."""
    connective = clause.connective
    if connective in _CONDITIONAL or (connective == "to" and _is_hoped(last)):
        clause.unreal = True
    if last is None:
        return
    infinite = clause.verb is not None and clause.verb.value in ("base", "ing")
    if alone and infinite and connective in ("to", "and", "or", ","):
        _pass_on(clause, last)
    if connective in ("that", "") and last.has_verb(*_THOUGHTS):
        clause.unreal = True
    if connective == "to" and clause.has_verb("defend") and last.has_verb(*_RETURNING):
        clause.unreal = True
    if connective == "to" and infinite and last.after and last.after[-1].lemma in _NEARLY:
        clause.unreal = True
    if connective == "" and last.unreal and last.has_verb("have") and not last.after:  # "Had she won, ..."
        clause.unreal = True


def _pass_on(clause: Clause, last: Clause) -> None:
    """Hand the polarity of a governing clause to its infinitive."""
    base = clause.verb is not None and clause.verb.value == "base"
    clause.unreal = clause.unreal or (last.unreal and (clause.connective == "to" or base))
    if base and clause.connective in ("and", ","):
        clause.negated = clause.negated or last.negated
    if clause.connective == "to":
        kept = last.has_verb("get") or last.has_verb(*_STEADFAST)
        clause.negated = clause.negated or (last.negated and not kept)
        clause.governor = clause.governor or last.verb


def _is_hoped(last: Clause | None) -> bool:
    """An infinitive under "hopes", "failed", "bid": it has not happened."""
    if last is None:
        return True
    near = [c for c in last.after[-2:] if c.kind in ("word", "verb", "role", "official")]
    if any(c.lemma in ("in", "at") for c in last.after[-4:]):  # "recovered in the second race to beat Otiwa"
        near = [c for c in near if c.lemma != "race"]
    if [c.lemma for c in last.after[-4:-2]] == ["at", "the"] and last.after[-2].kind == "ordinal":
        near = []  # "cleared 2.36m at the third attempt to win"
    if any(c.lemma in hopes() or c.text.lower() in hopes() for c in near):
        return True
    verb = last.verb
    if verb is None or not (verb.text.lower() in hopes() or verb.lemma in hopes()):
        return False
    return not (verb.lemma in _HOPE_ONLY_BARE and last.after)


def share_prize(clause: Clause, relative: Clause) -> None:
    """ "added gold to the title she won in Oslo": the prize is what the relative's verb takes, and that alone if behind
    a preposition.
    """
    prize = clause.after[-1] if clause.after else None
    if prize is None or prize.kind not in ("medal", "crown"):
        return
    relative.after = [prize, *relative.after]
    relative.connective = "which"
    if any(c.lemma in _LINKING for c in clause.after[:-1]):
        clause.after.pop()
