"""Which proposals become facts: each guard with what it lets through and what it stops."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proposed import NAME, claim, document, judged, reason, rules

from graph.extraction import listen
from graph.model import Extraction, Span
from graph.proposals import Proposal, accept

RACE = "Marta Lindqvist was unstoppable in the 1500m at the Torrevale Grand Prix."
GUIDED = "Nobody has guided Ines Sorel through more winters than Per Haugland."
VEST = "The Norbridge Harriers vest of Ines Sorel was seen in Torrevale."
WON = "Callum Vane won the 800m in 1:45.20, and Otto Haugland finished fifth in the 800m."
SOREL = {"athlete": "Ines Sorel", "discipline": "800m"}
LINDQVIST = {"athlete": "Marta Lindqvist", "discipline": "1500m"}


def test_acceptance_a_result_that_no_rule_reads_becomes_a_fact() -> None:
    text = f"{RACE} Achieng Otiwa clocked 4:01.10.\n"
    assert all(result.athlete != "Marta Lindqvist" for result in rules(text).results)
    found, (verdict,) = judged(text, claim("result", "unstoppable in the 1500m", position=1, **LINDQVIST))
    assert (verdict.reason, verdict.proposer, verdict.rejected) == ("accepted", NAME, False)
    (result,) = [result for result in found.results if result.athlete == "Marta Lindqvist"]
    assert (result.position, result.mark, result.medal) == (1, None, None)
    (evidence,) = result.evidence
    assert evidence.quote == RACE
    assert (evidence.rule, evidence.proposer, evidence.slots) == ("endpoint.claims", NAME, ("position",))
    assert 0.5 < evidence.confidence < 0.8


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        (GUIDED, claim("coaching", GUIDED, coach="Per Haugland", athlete="Ines Sorel")),
        (VEST, claim("membership", VEST, athlete="Ines Sorel", club="Norbridge Harriers")),
        (
            "The brothers Callum and Otto Vane ran the relay.",
            claim("family", "The brothers Callum and", person="Callum Vane", relation="sibling", of="Otto Vane"),
        ),
        (
            "Never has Ines Sorel cleared so much: her best now stands at 1.92m in the high jump.",
            claim("best", "her best now stands at 1.92m", athlete="Ines Sorel", discipline="high jump", mark="1.92m"),
        ),
        (
            "Bronze around her neck, Marta Lindqvist smiled in the rain after the 5000m.",
            claim("result", "Bronze around her neck", athlete="Marta Lindqvist", medal="bronze", discipline="5000m"),
        ),
        ("MARTA LINDQVIST took the 800m.", claim("person", "MARTA LINDQVIST took", name="MARTA LINDQVIST")),
    ],
)  # fmt: skip
def test_acceptance_every_kind_of_claim_can_become_a_fact(text: str, proposed: dict[str, object]) -> None:
    found, (verdict,) = judged(text + "\n", proposed)
    assert verdict.reason == "accepted", verdict
    assert found != rules(text + "\n")
    names = {person.name for person in found.people}
    assert {value for key, value in proposed.items() if key in ("athlete", "coach", "person", "of", "name")} <= names


# Form and quote


@pytest.mark.parametrize("value", ["no JSON at all", None, 3, ["kind"], True])
def test_acceptance_what_is_no_object_is_malformed(value: object) -> None:
    assert reason(RACE, value) == "malformed"


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "triumph"}, {"kind": None}, {"position": "first"}, {"position": True}, {"medal": "golden"},
        {"quote": 5}, {"athlete": ["Marta Lindqvist"]}, {"comment": "sure"}, {"year": 2024.5},
    ],
)  # fmt: skip
def test_acceptance_what_the_schema_does_not_have_is_rejected(change: dict[str, object]) -> None:
    assert reason(RACE, {**claim("result", RACE, position=1, **LINDQVIST), **change}) == "schema"


def test_acceptance_a_claim_without_its_fields_is_rejected() -> None:
    assert reason(RACE, {"kind": "result", "quote": RACE, "athlete": "Marta Lindqvist", "position": 1}) == "schema"


@pytest.mark.parametrize(
    "quote",
    ["", "  ", "Marta Lindqvist was the winner of the 1500m.", "marta lindqvist was", "unstop", "stoppable in the"],
)  # fmt: skip
def test_acceptance_a_quote_must_be_in_the_text_letter_by_letter(quote: str) -> None:
    assert reason(RACE, claim("result", quote, position=1, **LINDQVIST)) == "quote"


def test_acceptance_a_quote_of_two_sentences_is_rejected() -> None:
    text = f"{RACE} Achieng Otiwa was there."
    assert reason(text, claim("result", text, position=1, **LINDQVIST)) == "sentence"


def test_acceptance_a_quote_in_several_places_counts_where_it_says_the_fact() -> None:
    second = "That day Ines Sorel was unstoppable in the 800m."
    text = f"Ines Sorel has lived near Torrevale since the 800m. {second}\n"
    found, (verdict,) = judged(text, claim("result", "Ines Sorel", position=1, **SOREL))
    assert verdict.reason == "argument"  # neither of the two words is a place
    found, (verdict,) = judged(text, claim("result", second, position=1, **SOREL))
    assert verdict.reason == "accepted"
    assert found.results[-1].evidence[0].start == text.index(second)


def test_acceptance_a_quote_that_two_sentences_have_is_ambiguous() -> None:
    quote = "Ines Sorel was unstoppable in the 800m"
    text = f"One day, {quote}.\n\nAnother day, {quote}.\n"
    assert reason(text, claim("result", quote, position=1, **SOREL)) == "ambiguous"
    assert reason(f"{quote}.\n\n{quote}.", claim("result", quote, position=1, **SOREL)) == "accepted"


# Arguments


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"athlete": "Achieng Otiwa"}, "name"),  # not in this sentence
        ({"athlete": "Greta Nobody"}, "name"),
        ({"athlete": "Torrevale Grand Prix"}, "name"),
        ({"athlete": ""}, "name"),
        ({"position": 2}, "argument"),
        ({"mark": "3:58.41"}, "argument"),
        ({"medal": "gold"}, "argument"),
        ({"discipline": "5000m"}, "argument"),
        ({"discipline": "sack race"}, "argument"),
        ({"competition": "Olympic Games"}, "argument"),
        ({"year": 1999}, "argument"),
        ({"place": "Norbridge"}, "argument"),
        ({"round": "heat"}, "argument"),
        ({"date": "2024-06-08"}, "argument"),
        ({"date": "last Saturday"}, "schema"),
        ({"position": None}, "incomplete"),
        ({"discipline": None}, "incomplete"),
    ],
)
def test_acceptance_arguments_must_stand_in_the_text(change: dict[str, object], expected: str) -> None:
    text = f"{RACE}\n\nAchieng Otiwa went home."
    assert reason(text, {**claim("result", RACE, position=1, **LINDQVIST), **change}) == expected


def test_acceptance_what_stands_elsewhere_in_the_article_is_contextual() -> None:
    text = "The 1500m was the last race.\n\nMarta Lindqvist was unstoppable. Her race had no other story.\n"
    found, (verdict,) = judged(text, claim("result", "Marta Lindqvist was unstoppable.", position=1, **LINDQVIST))
    assert verdict.reason == "accepted"
    assert found.results[-1].evidence[0].basis == "Contextual"


def test_acceptance_a_pronoun_stands_for_whom_the_rules_say() -> None:
    text = "Marta Lindqvist ran in Torrevale. She was unstoppable in the 1500m, said the judges.\n"
    quote = "She was unstoppable in the 1500m"
    found, (verdict,) = judged(text, claim("result", quote, position=1, **LINDQVIST))
    assert verdict.reason == "accepted"
    assert found.results[-1].evidence[0].basis == "Resolved"
    other = {**LINDQVIST, "athlete": "Ines Sorel"}
    assert reason(f"{text} Ines Sorel ran too.", claim("result", quote, position=1, **other)) == "name"


@pytest.mark.parametrize(
    ("text", "proposed", "expected"),
    [
        ("Per Haugland beat Otto Vane.", {"coach": "Per Haugland", "athlete": "Otto Vane"}, "argument"),
        (GUIDED, {"coach": "Per Haugland", "athlete": "Ines Sorel", "status": "former"}, "argument"),
        (GUIDED, {"coach": "Per Haugland", "athlete": "Per Haugland"}, "implausible"),
    ],
)
def test_acceptance_coaching_must_be_told(text: str, proposed: dict[str, str], expected: str) -> None:
    assert reason(text, claim("coaching", text, **proposed)) == expected


def test_acceptance_a_club_is_that_of_whoever_stands_next_to_it() -> None:
    text = "Ines Sorel was there as the Norbridge Harriers vest of Achieng Otiwa went by."
    assert reason(text, claim("membership", text, athlete="Achieng Otiwa", club="Norbridge Harriers")) == "accepted"
    assert reason(text, claim("membership", text, athlete="Ines Sorel", club="Norbridge Harriers")) == "whose"
    assert reason(text, claim("membership", text, athlete="Achieng Otiwa", club="Torrevale Harriers")) == "argument"


# Assertion


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marta Lindqvist hopes to be unstoppable in the 1500m.", "unreal"),
        ("Marta Lindqvist will be unstoppable in the 1500m.", "unreal"),
        ("Marta Lindqvist could have won the 1500m.", "unreal"),
        ("Had Marta Lindqvist won the 1500m, all would be well.", "unreal"),
        ("If Marta Lindqvist was unstoppable in the 1500m, nobody saw it.", "unreal"),
        ("Marta Lindqvist was the favourite to be first in the 1500m.", "unreal"),
        ("Marta Lindqvist failed to win the 1500m.", "unreal"),
        ("Marta Lindqvist was not unstoppable in the 1500m.", "negated"),
        ("Marta Lindqvist never won the 1500m.", "negated"),
        ("Marta Lindqvist was denied victory in the 1500m.", "negated"),
        ("Was Marta Lindqvist unstoppable in the 1500m?", "question"),
    ],
)
def test_acceptance_what_is_not_asserted_is_no_fact(text: str, expected: str) -> None:
    found, (verdict,) = judged(text, claim("result", text, position=1, **LINDQVIST))
    assert verdict.reason == expected
    assert not found.results


def test_acceptance_what_somebody_says_is_no_fact() -> None:
    text = 'Marta Lindqvist ran in the 1500m. "Marta Lindqvist was unstoppable in the 1500m," said Per Haugland.\n'
    quote = "Marta Lindqvist was unstoppable in the 1500m"
    found, (verdict,) = judged(text, claim("result", quote, position=1, **LINDQVIST))
    assert verdict.rejected
    assert not found.results


def test_acceptance_one_clause_does_not_vouch_for_another() -> None:
    text = "Marta Lindqvist was unstoppable in the 1500m but could not win the 5000m."
    assert reason(text, claim("result", text, position=1, **LINDQVIST)) == "accepted"
    assert reason(text, claim("result", text, position=1, athlete="Marta Lindqvist", discipline="5000m")) == "negated"


def test_acceptance_what_is_said_of_another_is_not_said_of_everybody() -> None:
    assert reason(WON, claim("result", WON, athlete="Otto Haugland", position=1, discipline="800m")) != "accepted"


# Plausibility and contradictions


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


def test_acceptance_offsets_count_in_the_stored_text() -> None:
    text = "Marta NordÃ¥s was unstoppable in the 1500m. Marta NordÃ¥s went home.\n"
    quote = "Marta Nordås was unstoppable in the 1500m."
    found, (verdict,) = judged(text, claim("result", quote, athlete="Marta Nordås", position=1, discipline="1500m"))
    assert verdict.reason == "accepted"
    check_evidence(found, text)


# Any claim


NAMES = ["Marta Lindqvist", "Lindqvist", "Achieng Otiwa", "Callum Vane", "Per Haugland", "Torrevale", "Nobody Else", ""]
LAST = f"“{RACE}” said Per Haugland, who hopes to win the mile."
TEXT = f"{RACE} {GUIDED}\n\n{WON} She was unstoppable. {RACE}\n\n{VEST} {LAST}\n"
QUOTES = st.one_of(
    st.sampled_from([RACE, GUIDED, WON, VEST, "She was unstoppable.", "who hopes to win the mile"]),
    st.builds(lambda start, length: TEXT[start : start + length], st.integers(0, len(TEXT) - 1), st.integers(0, 120)),
    st.text(max_size=30),
)
ONE = st.builds(
    lambda kind, quote, names, values: claim(
        kind, quote, **dict(zip(ROLES[kind], names, strict=False)) | values[kind]
    ),
    st.sampled_from(["person", "coaching", "membership", "family", "result", "best"]),
    QUOTES,
    st.tuples(st.sampled_from(NAMES), st.sampled_from([*NAMES, "Norbridge Harriers"])),
    st.fixed_dictionaries({
        "person": st.fixed_dictionaries({"country": st.sampled_from([None, "NOR", "ZZZ"])}),
        "coaching": st.fixed_dictionaries({"status": st.sampled_from(["current", "former"])}),
        "membership": st.just({}),
        "family": st.fixed_dictionaries({"relation": st.sampled_from(["parent", "sibling"])}),
        "result": st.fixed_dictionaries({
            "position": st.sampled_from([None, 1, 2, 5, -1]), "mark": st.sampled_from([None, "1:45.20", "x"]),
            "discipline": st.sampled_from([None, "1500m", "800m", "mile"]), "year": st.sampled_from([None, 2024, 1066]),
        }),
        "best": st.fixed_dictionaries({"discipline": st.sampled_from(["800m", ""]), "mark": st.just("1:45.20")}),
    }),
)  # fmt: skip
ROLES = {
    "person": ("name",), "coaching": ("coach", "athlete"), "membership": ("athlete", "club"),
    "family": ("person", "of"), "result": ("athlete",), "best": ("athlete",),
}  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(st.one_of(ONE, st.text(), st.none()), max_size=6))
def test_acceptance_no_fact_has_a_quote_that_is_not_the_text_at_its_offsets(proposed: list[object]) -> None:
    found, verdicts = judged(TEXT, *proposed)
    assert len(verdicts) == len(proposed)
    check_evidence(found, TEXT)
    before = rules(TEXT)
    if any(verdict.reason == "accepted" for verdict in verdicts):
        assert found != before
    else:
        assert found == before
    for kind in ("coaching", "memberships", "family"):
        assert set(getattr(before, kind)) <= set(getattr(found, kind))


def check_evidence(found: Extraction, text: str) -> None:
    """Every quote and spelling is the text at its offsets, and nothing proposed stands without one."""
    sentences = {Span(s.start, s.end) for block in document(text).blocks for s in block.sentences}
    for field in fields(Extraction):
        rows = getattr(found, field.name)
        for row in rows if isinstance(rows, tuple) else ():
            if isinstance(row, str):
                continue
            assert row.evidence
            for evidence in row.evidence:
                assert text[evidence.start : evidence.end] == evidence.quote
                if evidence.proposer is not None and document(text).text == text:
                    assert Span(evidence.start, evidence.end) in sentences
            for mention in getattr(row, "mentions", ()):
                assert text[mention.start : mention.end] == mention.written
