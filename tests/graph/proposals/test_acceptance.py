"""Which proposals become facts: each guard with what it lets through and what it stops."""

from __future__ import annotations

import pytest
from proposed import NAME, claim, judged, reason, rules

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
            "Callum Vane grew up as the brother that Otto Vane raced to school.",
            claim("family", "grew up as the brother", person="Callum Vane", relation="sibling", of="Otto Vane"),
        ),
        (
            "Never has Ines Sorel cleared so much: her best now stands at 1.92m in the high jump.",
            claim("best", "her best now stands at 1.92m", athlete="Ines Sorel", discipline="high jump", mark="1.92m"),
        ),
        (
            "Bronze around her neck, Marta Lindqvist smiled in the rain after the 5000m.",
            claim("result", "Bronze around her neck", athlete="Marta Lindqvist", medal="bronze", discipline="5000m"),
        ),
        ("It was cold. LINDQVIST MARTA ran.", claim("person", "LINDQVIST MARTA ran", name="LINDQVIST MARTA")),
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


def test_acceptance_a_quote_may_have_other_white_space() -> None:
    text = (
        "It rained all day in Torrevale, and the track was under water. Marta Lindqvist was\n"
        "unstoppable in  the 1500m, and nobody who had come to Torrevale for the day minded the\n"
        "rain any more.\n"
    )
    quote = " Marta Lindqvist was unstoppable in the 1500m"
    found, (verdict,) = judged(text, claim("result", quote, position=1, **LINDQVIST))
    assert verdict.reason == "accepted"
    (evidence,) = found.results[-1].evidence
    assert evidence.quote == text[evidence.start : evidence.end]
    assert "was\nunstoppable" in evidence.quote


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
        ({"medal": "gold", "position": None}, "argument"),
        ({"discipline": "5000m"}, "argument"),
        ({"discipline": "sack race"}, "argument"),
        ({"competition": "Olympic Games"}, "argument"),
        ({"year": 1999}, "argument"),
        ({"place": "Norbridge"}, "argument"),
        ({"round": "heat"}, "argument"),
        ({"date": "last Saturday"}, "schema"),
        ({"position": None}, "incomplete"),
        ({"discipline": None}, "incomplete"),
    ],
)
def test_acceptance_arguments_must_stand_in_the_text(change: dict[str, object], expected: str) -> None:
    text = f"{RACE}\n\nAchieng Otiwa went home."
    assert reason(text, {**claim("result", RACE, position=1, **LINDQVIST), **change}) == expected


def test_acceptance_what_follows_or_is_worked_out_is_left_out() -> None:
    proposed = claim("result", RACE, position=1, medal="gold", date="2024-06-08", **LINDQVIST)
    found, (verdict,) = judged(RACE, proposed)
    assert verdict.reason == "accepted"
    assert found.results[-1].medal is None
    assert found.races[-1].date is None


@pytest.mark.parametrize("change", [{"discipline": "800m"}, {"year": 2024}])
def test_acceptance_a_sentence_that_names_another_race_is_not_completed(change: dict[str, object]) -> None:
    text = "The 800m was held in 2023.\n\nMarta Lindqvist was unstoppable in the 1500m in 2019. The 800m was late.\n"
    quote = "Marta Lindqvist was unstoppable in the 1500m in 2019."
    assert reason(text, claim("result", quote, position=1, **{**LINDQVIST, "year": 2019})) == "accepted"
    assert reason(text, claim("result", quote, position=1, **{**LINDQVIST, **change})) == "argument"


def test_acceptance_kin_of_another_kind_is_not_that_kin() -> None:
    text = "Per Haugland watched as his sons Otto and Joao Haugland, brothers and rivals, ran in Torrevale."
    one = {"person": "Per Haugland", "of": "Otto Haugland"}
    assert reason(text, claim("family", text, relation="sibling", **one)) == "whose"
    assert reason(text, claim("family", text, relation="spouse", **one)) == "argument"
    assert reason("Per Haugland met Otto Vane.", claim("family", "Per Haugland met Otto Vane.", person="Per Haugland",
                  relation="sibling", of="Otto Vane")) == "argument"  # fmt: skip


def test_acceptance_coach_and_athlete_are_not_named_side_by_side() -> None:
    text = "Per Haugland and Otto Vane coach Ines Sorel, who is guided by Per Haugland most of all."
    assert reason(text, claim("coaching", text, coach="Per Haugland", athlete="Otto Vane")) == "whose"
    text = "Nobody was so well guided by Per Haugland as Ines Sorel."
    assert reason(text, claim("coaching", text, coach="Per Haugland", athlete="Ines Sorel")) == "whose"


def test_acceptance_whoever_coaches_a_sister_does_not_coach_the_brother() -> None:
    text = "Per Haugland guides Otto Vane's younger sister in Torrevale."
    assert reason(text, claim("coaching", text, coach="Per Haugland", athlete="Otto Vane")) == "whose"


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
