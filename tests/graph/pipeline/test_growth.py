"""The work for one article does not grow with a store of articles on other people.

It is counted, not timed: steps of SQLite's machine, and quads read. Whatever looks at all articles, claims or names
takes four times as many in the larger store. In which order the members of sets are asked for, which differs from run
to run, changes the steps by up to a tenth.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from handmade import WORLD, Draft, person

from graph.model import Race, Result
from graph.pipeline import ingest_extractions, retract, shipped
from graph.store.embedded import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pyoxigraph as ox

    from graph.model import Article, Extraction

FEW, MANY = 60, 240
EVENTS = ("100m", "200m", "400m", "800m", "1500m", "5000m", "10000m")


class Work(NamedTuple):
    steps: int
    quads: int


class Counting(Store):
    """A store that counts the quads read from it."""

    read = 0

    def quads(self, *pattern: Any, **named: Any) -> Iterator[ox.Quad]:
        for quad in super().quads(*pattern, **named):
            self.read += 1
            yield quad


def word(random: Random) -> str:
    return "".join(random.choice(letters) for letters in ("bdfglmnprstv", "aeiou") * 4)


def told(number: int) -> tuple[Article, Extraction]:
    """An article of fifty words on a final that no other tells of, and on three athletes of whom no other tells."""
    random = Random(f"a final, {number}")  # noqa: S311  # no secret
    draft = Draft(f"article-{number:04}")
    athletes = [f"{word(random)} {word(random)}".title() for _ in range(3)]
    evidence = draft.says(f"{athletes[0]} won the final before {athletes[1]} and {athletes[2]}.")
    draft.says(" ".join(word(random) for _ in range(40)))
    year, event = 1983 + number % 40, EVENTS[number // 40 % len(EVENTS)]
    day = f"heat {number}"
    draft.add(
        "races", Race("r", year=year, discipline=event, place="Norbridge", category=day, evidence=evidence, **WORLD)
    )
    for place, name in enumerate(athletes, 1):
        draft.add("results", Result("r", name, place, f"{170 + number % 60}.{place}{number % 10}", evidence=evidence))
        draft.add("people", person(draft, name, "NOR", evidence))
    return draft.done()


def counted(store: Counting, do: Callable[[], object]) -> Work:
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1

    store.read = 0
    store.ledger.set_progress_handler(step, 1)
    do()
    store.ledger.set_progress_handler(None, 0)
    return Work(steps, store.read)


def put(store: Store, numbers: Iterable[int]) -> None:
    assert {report.outcome for report in ingest_extractions(store, map(told, numbers))} == {"added"}


def work(others: int) -> tuple[Work, Work]:
    """Of putting one article into a store with that many others, and of withdrawing it."""
    with Counting.memory() as store:
        shipped.write(store)
        put(store, range(others))
        one, extraction = told(MANY)
        coming = counted(store, lambda: list(ingest_extractions(store, [(one, extraction)])))
        return coming, counted(store, lambda: retract(store, one.id, "a test"))


def test_growth_the_work_for_an_article_is_the_same_in_a_larger_store() -> None:
    for few, many in zip(work(FEW), work(MANY), strict=True):
        assert few.steps > 1000
        assert many.steps < 1.2 * few.steps
        assert few.quads > 10
        assert many.quads <= few.quads
