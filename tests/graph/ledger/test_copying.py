"""Copies in a ledger: found one by one, the same as if all texts were compared with each other."""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.identity.copies import FEWEST, age, alike, runs_of
from graph.ledger.copying import put, settle
from graph.ledger.database import connect, transaction

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable

WORDS = [
    f"{start}{end}" for start in "bcdfghklmnprstvw" for end in ("alo", "erin", "ust", "ond", "ima", "ek", "ory", "int")
]
DAYS = ["2024-08-09", "2024-08-10", None]


def story(seed: int, words: int = 120) -> list[str]:
    random = Random(seed)  # noqa: S311
    return [random.choice(WORDS) for _ in range(words)]


def versions() -> list[array[int]]:
    """Texts of 40 to 400 words: unrelated ones that close with one paragraph, copies cut and retouched in chains."""
    paragraph = story(0, 40)
    texts = [[*story(seed), *paragraph] for seed in range(1, 41)]
    for seed in (1, 2, 50):
        long = story(seed, 400)
        texts += [long, long[:200], [*long[:110], *story(seed + 100, 30)], long[60:180], [*long[100:220], *paragraph]]
        touched = long[:]
        touched[::15] = ["other"] * len(touched[::15])
        texts += [touched, touched[200:300], story(seed + 200, 60), long[:20]]
    return [runs_of(" ".join(text)) for text in texts]


TEXTS = versions()


class Ledger:
    """Articles by id, in a ledger and beside it."""

    def __init__(self) -> None:
        self.database = connect(":memory:")
        self.known: dict[str, tuple[str | None, array[int]]] = {}

    def bring(self, articles: Iterable[tuple[str, str | None, array[int] | None]]) -> None:
        """Puts, replaces or (None) withdraws articles in one batch; what `settle` says changed is what did."""
        before, new = self.originals(), set[str]()
        with transaction(self.database):
            touched = []
            for article, published, runs in articles:
                number = self.number(article)
                if number is None:
                    insert = "INSERT INTO articles (id, published, record, ended) VALUES (?, ?, '', '')"
                    number = self.database.execute(insert, (article, published)).lastrowid
                    new.add(article)
                assert number is not None
                put(self.database, number, runs)
                self.database.execute("UPDATE articles SET published = ? WHERE n = ?", (published, number))
                self.known[article] = (published, runs_of("")) if runs is None else (published, runs)
                if runs is None:
                    self.database.execute("DELETE FROM articles WHERE n = ?", (number,))
                    del self.known[article]
                touched.append(number)
            changed = settle(self.database, touched)
            names = dict(self.database.execute("SELECT n, id FROM articles"))
        after = self.originals()
        moved = {article for article in after if after[article] != before.get(article)}
        told = {names[n] for n in changed if n in names} - new
        assert moved - new <= told  # also those whose original came back under another number

    def number(self, article: str) -> int | None:
        row = self.database.execute("SELECT n FROM articles WHERE id = ?", (article,)).fetchone()
        return row[0] if row else None

    def originals(self) -> dict[str, str | None]:
        query = "SELECT one.id, other.id FROM articles one LEFT JOIN articles other ON other.n = one.original"
        return dict(self.database.execute(query))

    def compared(self) -> dict[str, str | None]:
        """What comparing each text with each other gives."""
        groups = {article: {article} for article in self.known}
        long = [article for article, (_, runs) in self.known.items() if len(runs) >= FEWEST]
        for one, other in combinations(long, 2):
            if alike(self.known[one][1], self.known[other][1]) and groups[one] is not groups[other]:
                groups[one] |= groups[other]
                groups |= dict.fromkeys(groups[other], groups[one])
        firsts = {
            article: min(group, key=lambda member: age(self.known[member][0], member))
            for article, group in groups.items()
        }
        return {article: None if first == article else first for article, first in firsts.items()}


def entries(texts: Iterable[int]) -> list[tuple[str, str | None, array[int] | None]]:
    return [(f"a{text:02}", DAYS[text % 3], TEXTS[text]) for text in texts]


WHOLE = Ledger()
WHOLE.bring(entries(range(len(TEXTS))))


def test_copying_finds_what_comparing_all_finds() -> None:
    assert WHOLE.originals() == WHOLE.compared()
    assert sum(original is not None for original in WHOLE.originals().values()) >= 12


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(len(TEXTS))), st.lists(st.integers(1, 20)), st.sets(st.integers(0, len(TEXTS) - 1)))
def test_copying_depends_on_neither_order_nor_batches_nor_withdrawals(
    order: list[int], sizes: list[int], back: set[int]
) -> None:
    ledger = Ledger()
    for size in [*sizes, len(order)]:
        ledger.bring(entries(order[:size]))
        order = order[size:]
    ledger.bring([(article, published, None) for article, published, _ in entries(back)])
    assert ledger.originals() == ledger.compared()
    ledger.bring(entries(back))
    assert ledger.originals() == WHOLE.originals()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(DAYS), st.none() | st.integers(40, 66)))))
def test_copying_follows_articles_that_change(
    batches: list[list[tuple[int, str | None, int | None]]],
) -> None:
    ledger = Ledger()
    for batch in batches:
        ledger.bring(
            (f"a{name}", day, None if text is None else TEXTS[text])
            for name, day, text in batch
            if text is not None or f"a{name}" in ledger.known
        )
        assert ledger.originals() == ledger.compared()


def test_copying_settles_anew_when_a_day_changes() -> None:
    ledger = Ledger()
    ledger.bring([("one", "2024-08-09", TEXTS[0]), ("two", "2024-08-10", TEXTS[0])])
    assert ledger.originals() == {"one": None, "two": "one"}
    ledger.database.execute("UPDATE articles SET published = '2024-08-08' WHERE id = 'two'")
    one, two = ledger.number("one"), ledger.number("two")
    assert two is not None
    assert settle(ledger.database, [two]) == {one, two}
    assert ledger.originals() == {"one": "two", "two": None}


def test_copying_forgets_a_text_whose_article_stays() -> None:
    ledger = Ledger()
    ledger.bring([("one", "2024-08-09", TEXTS[0]), ("two", "2024-08-10", TEXTS[0]), ("three", None, TEXTS[0])])
    two = ledger.number("two")
    assert two is not None
    put(ledger.database, two, None)
    assert settle(ledger.database, [two]) == {two}
    assert ledger.originals() == {"one": None, "two": None, "three": "one"}


def test_copying_leaves_nothing_of_what_was_withdrawn() -> None:
    ledger = Ledger()
    ledger.bring(entries(range(len(TEXTS))))
    ledger.bring([(article, published, None) for article, published, _ in entries(range(len(TEXTS)))])
    left = "SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM threes)"
    assert ledger.database.execute(left).fetchone() == (0, 0)


@pytest.mark.parametrize("paragraph", [0, 60])
def test_copying_costs_no_more_where_all_share_a_paragraph(paragraph: int) -> None:
    random = Random(1)  # noqa: S311
    words = [f"{one}{other}" for one in WORDS for other in WORDS]
    shared = random.choices(words, k=paragraph)
    texts = [runs_of(" ".join([*random.choices(words, k=240 - paragraph), *shared])) for _ in range(3000)]
    database = connect(":memory:")
    steps: list[None] = []  # one for each thousand of SQLite's, which are the same on any machine
    database.set_progress_handler(lambda: steps.append(None), 1000)
    costs = []
    for start in range(0, len(texts), 500):
        before = len(steps)
        for n in range(start + 1, start + 501):
            database.execute("INSERT INTO articles (n, id, record, ended) VALUES (?1, ?1, '', '')", (n,))
            put(database, n, texts[n - 1])
        assert settle(database, range(start + 1, start + 501)) == set()
        costs.append(len(steps) - before)
    assert max(costs) < 500 * 50  # 50,000 steps for each article: a tenth of what it took
    assert costs[-1] < 5 * costs[0]
    assert costs[-1] - costs[-2] < costs[0] / 2  # it grows no more
