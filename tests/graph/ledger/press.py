"""A ledger to which articles come and go that say no more than who bears a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.identity.minting import Bearer, Kind, Names, Witness
from graph.ledger import naming, rulings
from graph.ledger.database import connect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PLACE = "at vale-games_2021_1500m_m_final_1"


def bearer(
    slug: str, country: str = "", sex: str = "", group: str = "", era: int | None = None, *traits: str
) -> Bearer:
    return Bearer(slug, sex, country, frozenset({group} if group else ()), era, frozenset(traits))


def at(slug: str, place: str = PLACE, country: str = "") -> Bearer:
    return bearer(slug, country, "", "", None, place)


class Press:
    def __init__(self, **articles: Bearer | Iterable[Bearer]) -> None:
        self.database = connect(":memory:")
        self._numbers: dict[str, int] = {}
        self.publish(**articles)

    def publish(self, **articles: Bearer | Iterable[Bearer]) -> set[str]:
        """Puts articles on people, settles, and returns those under whose names something led elsewhere."""
        for article, people in articles.items():
            bearers = (people,) if isinstance(people, Bearer) else tuple(people)
            self.put(article, Witness(people=bearers))
        return self.settle(articles)

    def put(
        self, article: str, witness: Witness | None, published: str | None = None, original: str | None = None
    ) -> None:
        n = self._number(article)
        if witness is None:
            self.database.execute("DELETE FROM articles WHERE n = ?", (n,))
        else:
            row = (n, article, published, None if original is None else self._number(original), "", "")
            self.database.execute(
                "INSERT OR REPLACE INTO articles (n, id, published, original, record, ended) VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )
        naming.put(self.database, n, witness)

    def _number(self, article: str) -> int:
        return self._numbers.setdefault(article, len(self._numbers) + 1)

    def settle(self, articles: Iterable[str]) -> set[str]:
        touched = naming.settle(self.database, [self._numbers[article] for article in articles])
        return {article for article, n in self._numbers.items() if n in touched}

    def names(self, article: str) -> Names:
        return naming.names_of(self.database, self._numbers[article])

    def known(self) -> list[str]:
        return list(self._numbers)

    def person(self, article: str, name: str) -> str:
        return self.names(article).person(name)

    def leads(self, kind: Kind = "person") -> Mapping[str, dict[str, str]]:
        """Article -> slug -> slug, for names that lead elsewhere."""
        found = {article: dict(self.names(article).elsewhere.get(kind, {})) for article in self._numbers}
        return {article: leads for article, leads in found.items() if leads}

    def merge(self, one: str, other: str) -> set[str]:
        return self._ruled(rulings.merge(self.database, "person", one, other, "seen", "2024-01-01T00:00:00"))

    def split(self, one: str, other: str) -> set[str]:
        return self._ruled(rulings.split(self.database, "person", one, other, "seen", "2024-01-02T00:00:00"))

    def separate(self, slug: str, *articles: str) -> set[str]:
        return self._ruled(rulings.separate(self.database, "person", slug, articles, "seen", "2024-01-03T00:00:00"))

    def _ruled(self, touched: set[int]) -> set[str]:
        return self.settle(article for article, n in self._numbers.items() if n in touched)
