"""What came, what went, what altered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from graph.rdf.comparing import Alteration, compare

if TYPE_CHECKING:
    from graph.rdf.terms import Triple

ADA, BO = (ox.NamedNode(f"https://example.org/{name}") for name in ("ada", "bo"))
MARK, CHILD = "https://example.org/#mark", "https://example.org/#parentOf"
FAST, SLOW = ox.Literal("1:57.10"), ox.Literal("1:57.90")

_triples = st.frozensets(
    st.tuples(
        st.sampled_from([ADA, BO]), st.sampled_from([MARK, CHILD]), st.sampled_from([FAST, SLOW, ox.Literal("x")])
    )
)


def test_comparing_tells_another_value_from_one_that_came_or_went() -> None:
    lost: list[Triple] = [(ADA, MARK, FAST), (ADA, CHILD, BO), (BO, MARK, FAST)]
    gained: list[Triple] = [(ADA, MARK, SLOW), (ADA, CHILD, ADA)]
    found = compare(lost, gained, {MARK})
    assert found.altered == (Alteration(ADA, MARK, (FAST,), (SLOW,)),)
    assert found.lost == ((ADA, CHILD, BO), (BO, MARK, FAST))
    assert found.gained == ((ADA, CHILD, ADA),)


def test_comparing_a_dispute_that_ends_is_a_loss() -> None:
    found = compare([(ADA, MARK, FAST)], [], {MARK})
    assert (found.lost, found.altered) == (((ADA, MARK, FAST),), ())


def test_comparing_keeps_all_values_of_a_dispute_that_begins() -> None:
    third = ox.Literal("1:58.00")
    found = compare([(ADA, MARK, FAST)], [(ADA, MARK, SLOW), (ADA, MARK, third)], {MARK})
    assert found.altered == (Alteration(ADA, MARK, (FAST,), (SLOW, third)),)


@given(_triples, _triples)
def test_comparing_turns_what_was_into_what_is(lost: frozenset[Triple], gained: frozenset[Triple]) -> None:
    found = compare(lost, gained, {MARK})
    went = {*found.lost, *((item.subject, item.predicate, value) for item in found.altered for value in item.before)}
    came = {*found.gained, *((item.subject, item.predicate, value) for item in found.altered for value in item.after)}
    assert went == lost - gained
    assert came == gained - lost
    assert all(item.before and item.after and item.predicate == MARK for item in found.altered)
    assert not compare(lost, lost, {MARK})
    backwards = compare(gained, lost, {MARK})
    assert (backwards.lost, backwards.gained) == (found.gained, found.lost)
