"""People as an installed spaCy pipeline sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graph.errors import ProposerError
from graph.proposals.proposing import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.model import Document

_LABELS: Final = frozenset({"PERSON", "PER"})
_POSSESSIVES: Final = ("'s", "’s", "'", "’")


class SpacyPeople:
    """Proposes every name that the pipeline takes for a person's, as an athlete."""

    def __init__(self, model: str) -> None:
        self._pipeline = _loaded(model)
        meta = self._pipeline.meta
        self.name = f"spacy/{meta['lang']}_{meta['name']}-{meta['version']}"

    def propose(self, document: Document) -> Iterator[Proposal]:
        """One proposal for each person named in a sentence."""
        try:
            entities = [
                (entity.text, entity.start_char)
                for entity in self._pipeline(document.text).ents
                if entity.label_ in _LABELS
            ]
        except Exception as error:  # the pipeline is anybody's code
            raise ProposerError(f"{self.name} failed ({error!r})") from error
        spans = [span for block in document.blocks for span in block.sentences]
        for text, start in entities:
            span = next((span for span in spans if span.start <= start and start + len(text) <= span.end), None)
            if span is None:
                continue
            name = next((text.removesuffix(end) for end in _POSSESSIVES if text.endswith(end)), text).strip()
            quote = document.text[span.start : span.end]
            claim = {"kind": "person", "quote": quote, "name": name, "roles": ["athlete"], "country": None}
            yield Proposal(self.name, "spacy.people", claim, span.start)


def _loaded(model: str) -> Any:
    try:
        import spacy
    except ImportError as error:
        raise ProposerError("spaCy is not installed; install it with: pip install 'podium[spacy]'") from error
    try:
        return spacy.load(model)
    except Exception as error:  # what can go wrong in loading depends on the pipeline's components
        raise ProposerError(
            f"the spaCy pipeline {model} cannot be loaded ({' '.join(str(error).split())[:200]}); install it with: "
            f"python -m spacy download {model}, or give the folder of one"
        ) from error
