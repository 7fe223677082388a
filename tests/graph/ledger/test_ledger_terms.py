"""Numbers for keys, IRIs and literals."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import StoreError
from graph.facts import (
    BestKey,
    CoachingKey,
    Entity,
    Key,
    Mark,
    MembershipKey,
    PartialRace,
    RaceKey,
    RankingKey,
    ResultKey,
    TallyKey,
    Value,
)
from graph.ledger.database import connect, forget_derived, transaction
from graph.ledger.terms import Terms, read, written

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

slugs = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
texts = st.text(min_size=1, max_size=12)
sexes = st.sampled_from(["M", "F", "X"])
rounds = st.sampled_from(["heat", "quarter-final", "semi-final", "final"])
numbers = st.none() | st.integers(1, 9)
years = st.integers(1896, 2100)
races = st.builds(RaceKey, slugs, years, slugs, sexes, rounds, numbers, st.none() | texts)
partial = st.builds(
    PartialRace, slugs, slugs, st.none() | slugs, st.none() | years, st.none() | slugs, st.none() | sexes,
    st.none() | rounds, numbers, st.none() | texts, st.booleans(), st.integers(1, 3),
)  # fmt: skip
values = st.one_of(
    st.builds(Entity, st.sampled_from(["person", "club", "series"]), slugs),
    races,
    partial,
    st.builds(ResultKey, races | partial, slugs, st.booleans()),
    st.builds(CoachingKey, slugs, slugs),
    st.builds(MembershipKey, slugs, slugs),
    st.builds(BestKey, st.sampled_from(["PB", "CR"]), slugs, slugs, st.booleans(), st.none() | slugs),
    st.builds(RankingKey, st.sampled_from(["all-time", "season"]), slugs, slugs),
    st.builds(TallyKey, slugs, st.sampled_from(["gold", "title"]), slugs),
    st.builds(
        Mark, st.sampled_from(["seconds", "metres", "points"]), st.from_regex(r"[0-9]{1,4}\.[0-9]{2}", fullmatch=True)
    ),
    st.builds(ox.Literal, texts),
    st.integers().map(ox.Literal),
    slugs.map(lambda name: ox.NamedNode(f"https://a.example/{name}")),
)


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    with closing(connect(":memory:")) as opened:
        yield opened


@given(values)
def test_terms_are_read_as_they_were_written(value: Value) -> None:
    assert read(written(value)) == value


@given(st.lists(values, max_size=8))
def test_terms_have_one_number_each(things: list[Value]) -> None:
    with closing(connect(":memory:")) as database:
        terms = Terms(database)
        found = {terms.number(thing): thing for thing in things}
        assert len(found) == len(set(things))
        assert terms.fresh == set(found)
        again = Terms(database)
        assert all(again.value(number) == thing for number, thing in found.items())
        assert {again.number(thing) for thing in things} == set(found)
        assert again.fresh == set()


@given(races, slugs)
def test_terms_of_a_series_and_of_a_race_are_found_by_how_they_begin(race: RaceKey, who: str) -> None:
    other = RaceKey("another-series", 2024, "100m", "F", "final")
    with closing(connect(":memory:")) as database:
        terms = Terms(database)
        number, result = terms.number(race), terms.number(ResultKey(race, who))
        apart: list[Key] = [other, ResultKey(other, who), Entity("series", race.series)]
        rest = {terms.number(key) for key in apart}
        assert set(terms.beginning(f'["race","{race.series}",')) - rest == {number}
        assert set(terms.beginning(f'["result",{terms.text(number)},')) == {result} | (
            {terms.number(ResultKey(other, who))} if race == other else set()
        )
        assert number in set(terms.holding("race", f'"{race.discipline}"'))


def test_terms_given_in_a_transaction_that_is_undone_are_forgotten(database: sqlite3.Connection) -> None:
    terms, one, other = Terms(database), Entity("person", "ada-aas"), Entity("person", "bo-berg")

    def undone() -> None:
        with transaction(database):
            terms.number(one)
            raise KeyError

    with pytest.raises(KeyError):
        undone()
    terms.forget(rolled_back=True)
    number = terms.number(other)
    assert Terms(database).value(number) == other
    assert terms.number(one) != number


def test_ledger_failures_are_failures_of_the_store(database: sqlite3.Connection) -> None:
    with pytest.raises(StoreError, match="no such table"), transaction(database):
        database.execute("SELECT * FROM missing")
    assert not database.in_transaction


def test_ledger_forgets_only_what_can_be_worked_out_again(database: sqlite3.Connection) -> None:
    database.execute("INSERT INTO articles (id, record, ended) VALUES ('one', '{}', '')")
    database.execute("INSERT INTO withdrawn VALUES ('two', '', '')")
    Terms(database).number(Entity("person", "ada-aas"))
    forget_derived(database)
    counts = {
        table: database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]  # noqa: S608
        for table in ("articles", "withdrawn", "terms")
    }
    assert counts == {"articles": 1, "withdrawn": 1, "terms": 0}
