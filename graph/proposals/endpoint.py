"""Claims as a language model behind an OpenAI-compatible endpoint sees them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from graph.errors import ProposerError
from graph.proposals.answers import Answers
from graph.proposals.asking import Asker
from graph.proposals.prompting import prompt_version, requests
from graph.proposals.proposing import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.model import Document
    from graph.proposals.opening import EndpointChoice

_RULE: Final = "endpoint.claims"
_MOST_FAILURES: Final = 3  # articles in a row, after which the endpoint is not asked any more
_MOST_CLAIMS: Final = 500  # of one answer; models that fall into a loop make thousands
_MOST_BRACES: Final = 50  # where an object may begin in an answer with text around it


class Endpoint:
    """Proposes what the model answers. Answers are kept, so that the same article is asked about once."""

    def __init__(self, choice: EndpointChoice, asker: Asker | None = None) -> None:
        self._model = choice.model
        self._answers = Answers(choice.cache)
        self._asker = asker or Asker(choice)
        self._failures = 0
        self.name = f"endpoint/{choice.model}/{prompt_version()}"

    def propose(self, document: Document) -> Iterator[Proposal]:
        """The claims of the answer; where there are none in it, the answer itself."""
        for request in requests(document, self._model):
            answer = self._answers.find(request)
            if answer is None:
                answer = self._asked(request)
                self._answers.keep(request, answer)
            for claim in claims_in(answer):
                yield Proposal(self.name, _RULE, claim)

    def _asked(self, request: dict[str, object]) -> str:
        if self._failures >= _MOST_FAILURES:
            raise ProposerError(f"{self.name} is not asked any more: it failed {self._failures} times in a row")
        try:
            answer = self._asker.ask(request)
        except ProposerError:
            self._failures += 1
            raise
        self._failures = 0
        return answer


def claims_in(answer: str) -> list[object]:
    """The claims of the first object that has any; models put words, fences and thoughts around it."""
    decoder = json.JSONDecoder()
    place = answer.find("{")
    for _ in range(_MOST_BRACES):
        if place < 0:
            break
        try:
            found, _ = decoder.raw_decode(answer, place)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and isinstance(found.get("claims"), list):
            claims = found["claims"]
            more = (
                [f"{len(claims)} claims, of which only {_MOST_CLAIMS} were read"] if len(claims) > _MOST_CLAIMS else []
            )
            return [*claims[:_MOST_CLAIMS], *more]
        place = answer.find("{", place + 1)
    return [answer]
