"""What a batch has a bearing on: of this, and of nothing else, the quads are made anew."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.ledger.news import Restated
    from graph.ledger.terms import Terms


@dataclass(slots=True)
class Touched:
    """`articles` by id; `keys` by their numbers; `extractors` by name; `choices` by subject (plain) and predicate.

    Of `copies` (ids) only changes whose copies they are; `restated` is what has other claims behind it than before, and
    stands as it did. The claims of articles in `reread` (by number) are to be worked out anew.
    `weights` says by how many more or fewer articles a key is spoken of.
    """

    articles: set[str] = field(default_factory=set)
    copies: set[str] = field(default_factory=set)
    keys: set[int] = field(default_factory=set)
    extractors: set[str] = field(default_factory=set)
    choices: set[tuple[str, str]] = field(default_factory=set)
    restated: list[Restated] = field(default_factory=list)
    reread: set[int] = field(default_factory=set)
    weights: Mapping[int, int] = field(default_factory=dict)

    def dumps(self, terms: Terms) -> str:
        """As a line that does not depend on numbers, which a transaction that is undone takes back."""
        data = {
            "articles": sorted(self.articles | self.copies),
            "keys": sorted(terms.text(key) for key in {*self.keys, *(one.key for one in self.restated)}),
            "extractors": sorted(self.extractors),
            "choices": sorted(self.choices),
        }
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    def add(self, line: str, terms: Terms) -> None:
        """Adds what `dumps` wrote; a line that was cut off says nothing, as nothing was done after it."""
        try:
            data = json.loads(line)
        except ValueError:
            return
        self.articles.update(data["articles"])
        self.keys.update(terms.number_of_text(text) for text in data["keys"])
        self.extractors.update(data["extractors"])
        self.choices.update((subject, predicate) for subject, predicate in data["choices"])
