"""The generated articles are always the same, and say what their truth says."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from measures import Linked, Mention, b_cubed, contradictions, copies, false_conflicts, plain_value, recall
from readback import Claimed, Conflict, Slots, Store
from world import Rates, Said, Story, make

from graph.articles import prepare
from graph.extraction import extract

SIZE = 300


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    return list(make(SIZE, seed=7).stories())


def test_world_of_one_seed_is_always_the_same(stories: list[Story]) -> None:
    assert list(make(SIZE, seed=7).stories()) == stories
    assert next(make(SIZE, seed=8).stories()) != stories[0]


def test_world_has_the_articles_asked_for_in_order_of_their_days(stories: list[Story]) -> None:
    assert len(stories) == SIZE
    again = [story.article.id for story in stories if story.corrects]
    assert again
    assert len({story.article.id for story in stories}) == SIZE - len(again)
    days = [story.article.published for story in stories if not story.corrects]
    assert all(one is not None and other is not None and one <= other for one, other in pairwise(days))


def test_world_names_and_marks_stand_in_the_text(stories: list[Story]) -> None:
    for story in stories:
        assert all(named.written in story.article.text for named in story.names), story.article.id
        marks = [said.value for said in story.facts if said.kind == "mark"]
        assert all(mark in story.article.text for mark in marks), story.article.id


def test_world_without_errors_tells_one_value_of_everything() -> None:
    right = Rates(wrong_mark=0, wrong_place=0, wrong_date=0, wrong_venue=0, wrong_country=0, rounded_mark=0)
    values: dict[tuple[str, str | None, str | None], set[str]] = {}
    for story in make(SIZE, seed=7, rates=right).stories():
        for said in story.facts:
            assert not said.error
            if said.kind not in ("coach", "club", "kin"):  # which change, or are several
                values.setdefault((said.kind, said.race, said.who), set()).add(said.value)
    assert {len(found) for found in values.values()} == {1}


def test_world_errs_about_as_often_as_it_says() -> None:
    rates = replace(Rates(), wrong_mark=0.2)
    marks = [said for story in make(SIZE, rates=rates).stories() for said in story.facts if said.kind == "mark"]
    assert 0.1 < sum(said.error for said in marks) / len(marks) < 0.25


def test_world_copies_repeat_their_originals(stories: list[Story]) -> None:
    texts = {story.article.id: story.article.text for story in stories if not story.corrects}
    whole = [story for story in stories if story.form == "whole copy"]
    assert whole
    for copy in whole:
        assert copy.copied
        sentences = set(copy.article.text.split())
        assert sentences == set(texts[copy.copied].split())


def test_world_is_read_by_the_extractor(stories: list[Story]) -> None:
    """Nearly every mark told is found; measuring identity would measure the extractor otherwise."""
    told, found = 0, 0
    for story in stories[:60]:
        read = Counter(result.mark for result in extract(prepare(story.article)).results)
        marks = {said.value.removesuffix(" points") for said in story.facts if said.kind == "mark"}
        told += len(marks)
        found += sum(mark in read or f"{mark} pts" in read for mark in marks)
    assert found > 0.85 * told > 0


# What is measured: an answer made of the truth, and the same spoilt.


def answer(stories: dict[str, Story]) -> Store:
    """A store that knows everything."""
    mentions = {
        article: {(named.written, "person", plain(named.who)) for named in story.names if "person/" in named.who}
        for article, story in stories.items()
    }
    claims = {
        article: [claimed(article, said) for said in story.facts if said.kind not in ("coach", "kin")]
        for article, story in stories.items()
    }
    linked = Linked(stories, Store(mentions, claims, ()))
    conflicts = tuple(
        Conflict(f"c{number}", one.kind, frozenset(iri for side in one.sides for iri in side.claims))
        for number, one in enumerate(contradictions(linked))
    )
    copied = {article: story.copied for article, story in stories.items() if story.copied}
    return Store(mentions, claims, conflicts, copied)


def plain(who: str) -> str:
    return who.replace("/", "-")


def claimed(article: str, said: Said) -> Claimed:
    race = Slots.of(said.race) if said.race else None
    value = plain(said.value) if said.kind == "club" else plain_value(said)
    who = plain(said.who) if said.who else None
    return Claimed(f"{article}:{said.kind}:{said.race}:{said.who}", article, said.kind, value, who, race)


@pytest.fixture(scope="module")
def latest(stories: list[Story]) -> dict[str, Story]:
    return {story.article.id: story for story in stories}


def test_measures_of_a_perfect_answer_are_perfect(latest: dict[str, Story]) -> None:
    linked = Linked(latest, answer(latest))
    there, missed = linked.people()
    assert not missed
    assert all(scores.f1 == pytest.approx(1) for scores in b_cubed(there).values())
    found = recall(linked)
    assert all(found[kind][0] == found[kind][1] for kind in ("place", "mark", "date", "venue", "country", "club"))
    opposed = contradictions(linked)
    assert opposed
    assert all(one.noticed(linked.store.conflicts) for one in opposed)
    assert not any(false_conflicts(linked).values())
    assert linked.store.copies
    assert copies(linked) == ([], [])


def test_measures_of_a_spoilt_answer_are_worse(latest: dict[str, Story]) -> None:
    good = answer(latest)
    someone = next(named.who for story in latest.values() for named in story.names if "person/" in named.who)
    merged = {
        article: {(written, kind, "person-0" if who == plain(someone) else who) for written, kind, who in found}
        for article, found in good.mentions.items()
    }
    merged |= {next(iter(merged)): {("Nobody", "person", "nobody")}}
    linked = Linked(latest, Store(merged, good.claims, good.conflicts[1:]))
    there, missed = linked.people()
    assert missed
    assert b_cubed(there)["all"].precision < 1
    unnoticed = [one for one in contradictions(Linked(latest, good)) if not one.noticed(linked.store.conflicts)]
    assert len(unnoticed) == 1
    (one, _), *others = good.copies.items()
    stranger = next(name for name, story in latest.items() if story.form == "profile")
    seen = Linked(latest, replace(good, copies={**dict(others), stranger: one}))
    assert copies(seen) == ([one], [stranger])
    invented = Conflict("c", "mark", frozenset(claim.iri for claim in next(iter(good.claims.values()))))
    found = false_conflicts(Linked(latest, replace(good, conflicts=(invented,))))
    assert sum(map(len, found.values())) == 1


def test_measures_b_cubed_of_a_split_person() -> None:
    two = [Mention("a", "Marta Lindqvist", "plain", "person/1", slug) for slug in ("one", "other")]
    scores = b_cubed(two)["all"]
    assert (scores.precision, scores.recall) == (1.0, 0.5)
