"""What an article that is read anew or withdrawn changes: what it says itself, and what the graph believes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from handmade import DAY, Draft, champion, coached, final, rich

from graph.browsing import in_words
from graph.browsing.values import plain
from graph.pipeline import ingest_extractions, retract

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.browsing.changes import Changed, Changes
    from graph.pipeline import Correction
    from graph.store.embedded import Store

RACE = "World Championships 2023, men's 1500m, final"


def take(store: Store, *drafts: Draft) -> list[Correction | None]:
    return [report.correction for report in ingest_extractions(store, [draft.done() for draft in drafts])]


def replaced(store: Store, draft: Draft) -> tuple[Changes, Changes]:
    """What replacing an article changed: in what it says, and in the graph."""
    (made,) = take(store, draft)
    assert made is not None
    return in_words(store, made.claims, made.known), in_words(store, made.facts, made.known)


def said(changed: Iterable[Changed]) -> list[str]:
    return sorted(plain(one.text) for one in changed)


def test_correcting_tells_what_altered_came_and_went(store: Store) -> None:
    assert take(store, final("one")) == [None]
    article, graph = replaced(store, final("one", mark="3:31.83"))
    assert graph == article
    (altered,) = graph.altered
    assert plain(altered.text) == f"Tor Vale recorded 3:31.83 in {RACE} (was 3:31.38)"
    assert [value.rpartition("/")[2] for value in (*altered.before, *altered.after)] == ["t-211.38", "t-211.83"]
    assert (graph.lost, graph.gained) == ((), ())
    assert take(store, final("one", mark="3:31.83")) == [None]


def test_correcting_another_article_may_keep_the_graph_as_it_is(store: Store) -> None:
    take(store, final("one"), final("two"), final("three"))
    article, graph = replaced(store, final("one", mark="3:31.83"))
    assert said(article.altered) == [f"Tor Vale recorded 3:31.83 in {RACE} (was 3:31.38)"]
    assert (graph.altered, graph.lost, graph.gained) == ((), (), ())


def test_correcting_shows_that_a_dispute_begins_and_ends(store: Store) -> None:
    take(store, final("one"), final("two"))
    _, begun = replaced(store, final("one", mark="3:31.83"))
    assert said(begun.gained) == [f"Tor Vale recorded 3:31.83 in {RACE}"]
    _, ended = replaced(store, final("one"))
    assert said(ended.lost) == [f"Tor Vale recorded 3:31.83 in {RACE}"]


def test_correcting_names_what_is_in_the_graph_no_more(store: Store) -> None:
    take(store, rich())
    short = Draft("rich")
    short.says("Nothing more is said.")
    article, graph = replaced(store, short)
    assert said(graph.lost) == said(article.lost)
    assert set(said(graph.lost)) >= {
        "Fjord Harriers is based in Bergen",
        "Norway finished 3rd in World Championships 2023, men's 4x400m, final",
        "Per Lie did not reach " + RACE,
        "Tor Vale is a current member of Fjord Harriers",
        "Tor Vale is 9th on the all-time list over 1500m",
        "Tor Vale: personal best, 1500m, 3:30.10",
        f"Tor Vale recorded 3:31.38 in {RACE}",
        f"Tor Vale won gold in {RACE}",
    }


def test_correcting_names_races_that_are_known_in_part(store: Store) -> None:
    take(store, champion("passing", reigning=True))
    empty = Draft("passing")
    empty.says("Nothing more is said.")
    article, graph = replaced(store, empty)
    known_in_part = "Olympic Games, year unknown, men's 1500m, final (Tor Vale)"
    assert f"Tor Vale won gold in {known_in_part}" in said(article.lost)
    assert "Tor Vale won gold in Olympic Games 2020, men's 1500m, final" in said(graph.lost)


@pytest.mark.parametrize("more", [(), ("two",)])
def test_correcting_withdrawal_lists_what_had_no_other_article(store: Store, more: tuple[str, ...]) -> None:
    take(store, final("one"), coached("coach", DAY), *(final(name) for name in more))
    done = retract(store, "one", "a mistake")
    changes = in_words(store, done.facts, done.known)
    assert (f"Tor Vale finished 1st in {RACE}" in said(changes.lost)) is not bool(more)
    assert bool(changes.lost) is not bool(more)
    assert not any("Nils Moe" in line for line in said(changes.lost))


def test_correcting_withdrawal_tells_what_stands_instead(store: Store) -> None:
    take(store, final("one"), final("two"), final("three", mark="3:31.83"))
    retract(store, "one", "a mistake")
    done = retract(store, "two", "a mistake")
    changes = in_words(store, done.facts, done.known)
    assert said(changes.lost) == [f"Tor Vale recorded 3:31.38 in {RACE}"]
    assert (changes.altered, changes.gained) == ((), ())
