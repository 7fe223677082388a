"""The one place where proposals become facts: schema, quote, names, assertion, plausibility, no contradiction."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from graph.model import Evidence, Span
from graph.proposals.changes import added
from graph.proposals.claimform import checked
from graph.proposals.guards import Guard
from graph.proposals.proposing import Rejected, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.model import Basis, Document, Extraction
    from graph.proposals.guards import Judged
    from graph.proposals.hearing import HeardSentence, Hearing
    from graph.proposals.proposing import Proposal

# Under what the rules give (0.8 and more), above the threshold under which a claim makes no fact (0.5).
_CONFIDENCE: Final[dict[Basis, float]] = {"Explicit": 0.65, "Resolved": 0.6, "Contextual": 0.55}
_MOST_PLACES: Final = 20  # a quote that stands in more places than that says nothing


def accept(
    document: Document,
    extraction: Extraction,
    hearing: Hearing,
    proposals: Iterable[Proposal],
    sound: Callable[[Extraction], bool] = lambda _: True,
) -> tuple[Extraction, tuple[Verdict, ...]]:
    """The extraction with every proposal that passes all guards, and what became of each.

    `sound` tells whether the graph may hold an extraction; a proposal that makes it unsound is rejected. Earlier
    proposals win over later ones as the rules win over all.
    """
    verdicts = []
    for proposal in proposals:
        try:
            claim = checked(proposal.claim)
            changed = _believed(document, extraction, hearing, claim, proposal)
        except Rejected as refusal:
            verdicts.append(Verdict(proposal.proposer, refusal.reason, _described(proposal.claim, refusal.detail)))
            continue
        whole = sound(changed)
        extraction = changed if whole else extraction
        verdicts.append(Verdict(proposal.proposer, "accepted" if whole else "shapes", _described(claim)))
    return extraction, tuple(verdicts)


def _believed(
    document: Document, extraction: Extraction, hearing: Hearing, claim: dict[str, Any], proposal: Proposal
) -> Extraction:
    """The extraction with the claim; raises Rejected."""
    found: dict[str, tuple[HeardSentence, Judged]] = {}
    refusals: list[Rejected] = []
    for quote in _places(document.text, claim["quote"], proposal.start):
        sentence = hearing.sentence(quote.start, quote.end)
        if sentence is None:
            refusals.append(Rejected("sentence"))
            continue
        try:
            judged = Guard(document, hearing, sentence, quote).judge(claim)
        except Rejected as refusal:
            refusals.append(refusal)
            continue
        found.setdefault(document.text[sentence.start : sentence.end], (sentence, judged))
    if not found:
        raise refusals[0]
    if len(found) > 1:
        raise Rejected("ambiguous", "the quote stands in several sentences that say so")
    ((sentence, judged),) = found.values()
    return added(extraction, judged, _evidence(document, sentence, judged, proposal))


def _places(text: str, quote: str, start: int | None) -> list[Span]:
    """Where the quote stands in the text as whole words; raises Rejected where it does not.

    White space may differ: texts have line ends within sentences, which models do not copy.
    """
    words = quote.split()
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    at = pattern.match(text, start) if start is not None else None
    matches = ([at] if at else []) if start is not None else pattern.finditer(text)
    found = [Span(*match.span()) for match in matches if words]
    found = [span for span in found if not (_joined(text, span.start) or _joined(text, span.end))]
    if not found:
        raise Rejected("quote")
    if len(found) > _MOST_PLACES:
        raise Rejected("ambiguous", f"the quote stands in {len(found)} places")
    return found


def _joined(text: str, place: int) -> bool:
    """Whether a place is inside a word."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _evidence(document: Document, sentence: HeardSentence, judged: Judged, proposal: Proposal) -> Evidence:
    """The whole sentence, as it stands in the stored text."""
    span = document.stored(sentence.start, sentence.end)
    quote = document.article.text[span.start : span.end]
    made = Evidence(quote, span.start, span.end, proposal.rule, _CONFIDENCE[judged.basis], judged.basis)
    return replace(made, proposer=proposal.proposer)


def _described(claim: object, detail: str = "") -> str:
    """A claim in a line for a user."""
    if not isinstance(claim, dict):
        return detail
    told = [
        f"{key} {value}" for key, value in claim.items() if key not in ("kind", "quote") and value not in (None, [])
    ]
    line = f"{claim.get('kind')}: {', '.join(told)}"
    quote = claim.get("quote")
    if isinstance(quote, str):
        line += f' "{quote if len(quote) <= 120 else quote[:117] + "..."}"'
    return f"{detail}; {line}" if detail else line
