"""Proposals against what the rules know: the rules win, and what they lack is completed."""

from __future__ import annotations

import pytest
from proposed import NAME, claim, document, judged, reason, rules

from graph.extraction import listen
from graph.proposals import Proposal, accept

RACE = "Marta Lindqvist was unstoppable in the 1500m at the Torrevale Grand Prix."
WON = "Callum Vane won the 800m in 1:45.20, and Otto Haugland finished fifth in the 800m."
LINDQVIST = {"athlete": "Marta Lindqvist", "discipline": "1500m"}


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Marta Lindqvist was timed at 0:58.41 in the 1500m.", {"mark": "0:58.41"}),
        ("Marta Lindqvist was timed at 8.41m in the 1500m.", {"mark": "8.41m"}),
        ("Marta Lindqvist was first in the 1500m with silver.", {"position": 1, "medal": "silver"}),
        ("Marta Lindqvist was timed at soon in the 1500m.", {"mark": "soon"}),
    ],
)
def test_acceptance_what_cannot_be_is_rejected(text: str, change: dict[str, object]) -> None:
    assert reason(text, claim("result", text, **LINDQVIST, **change)) == "implausible"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"athlete": "Callum Vane", "position": 1}, "known"),
        ({"athlete": "Callum Vane", "position": 5}, "whose"),
        ({"athlete": "Otto Haugland", "position": 5}, "known"),
    ],
)
def test_acceptance_what_the_rules_know_stays_theirs(change: dict[str, object], expected: str) -> None:
    found, (verdict,) = judged(WON, claim("result", WON, discipline="800m", **change))
    assert verdict.reason == expected
    assert found == rules(WON)


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        (
            "Callum Vane won the 800m. Bronze around his neck, Callum Vane left the 800m.",
            claim("result", "Bronze around his neck", athlete="Callum Vane", position=3, discipline="800m"),
        ),
        (
            "Callum Vane won the 800m. Otto Haugland was unstoppable as well.",
            claim("result", "Otto Haugland was unstoppable", athlete="Otto Haugland", position=1, discipline="800m"),
        ),
        (
            "Per Haugland coaches Ines Sorel. Ines Sorel, a coach, was with Per Haugland.",
            claim("coaching", "Ines Sorel, a coach, was with", coach="Ines Sorel", athlete="Per Haugland"),
        ),
        (
            "Norway's Ines Sorel ran. Ines Sorel waved a Kenyan flag.",
            claim("person", "Ines Sorel waved a Kenyan flag.", name="Ines Sorel", country="KEN"),
        ),
        (
            "Ines Sorel set a personal best of 2:01.10 in the 800m. The best of Ines Sorel, her best, is 2:02.20.",
            claim("best", "her best, is 2:02.20", athlete="Ines Sorel", discipline="800m", mark="2:02.20"),
        ),
    ],
)  # fmt: skip
def test_acceptance_the_rules_win_over_what_contradicts_them(text: str, proposed: dict[str, object]) -> None:
    found, (verdict,) = judged(text, proposed)
    assert verdict.reason == "conflict", verdict
    assert found == rules(text)


def test_acceptance_the_same_claim_twice_is_known_the_second_time() -> None:
    one = claim("result", RACE, position=1, **LINDQVIST)
    found, verdicts = judged(RACE, one, dict(one))
    assert [verdict.reason for verdict in verdicts] == ["accepted", "known"]
    assert len(found.results) == 1


def test_acceptance_a_proposal_completes_what_the_rules_know() -> None:
    text = "Achieng Otiwa clocked 15:01.10 in the 5000m. Bronze around her neck, Achieng Otiwa left the 5000m.\n"
    before = rules(text)
    quote = "Bronze around her neck, Achieng Otiwa"
    found, (verdict,) = judged(
        text, claim("result", quote, athlete="Achieng Otiwa", medal="bronze", discipline="5000m")
    )
    assert verdict.reason == "accepted"
    assert len(found.results) == len(before.results) == 1
    (result,) = found.results
    assert (result.mark, result.medal) == ("15:01.10", "bronze")
    assert [(e.slots, e.proposer) for e in result.evidence] == [(("mark",), None), (("medal",), NAME)]
    assert found.races == before.races


def test_acceptance_what_makes_the_graph_unsound_is_rejected() -> None:
    made = document(RACE)
    extraction, hearing = listen(made)
    proposals = [Proposal(NAME, "endpoint.claims", claim("result", RACE, position=1, **LINDQVIST))]
    found, (verdict,) = accept(made, extraction, hearing, proposals, lambda _: False)
    assert verdict.reason == "shapes"
    assert found == extraction
