"""Whatever is proposed: no fact has a quote that is not the text at its offsets."""

from __future__ import annotations

from dataclasses import fields

from hypothesis import given, settings
from hypothesis import strategies as st
from proposed import claim, document, judged, rules

from graph.model import Extraction, Span

RACE = "Marta Lindqvist was unstoppable in the 1500m at the Torrevale Grand Prix."
GUIDED = "Nobody has guided Ines Sorel through more winters than Per Haugland."
VEST = "The Norbridge Harriers vest of Ines Sorel was seen in Torrevale."
WON = "Callum Vane won the 800m in 1:45.20, and Otto Haugland finished fifth in the 800m."
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


def test_acceptance_offsets_count_in_the_stored_text() -> None:
    text = "Marta NordÃ¥s was unstoppable in the 1500m. Marta NordÃ¥s went home.\n"
    quote = "Marta Nordås was unstoppable in the 1500m."
    found, (verdict,) = judged(text, claim("result", quote, athlete="Marta Nordås", position=1, discipline="1500m"))
    assert verdict.reason == "accepted"
    check_evidence(found, text)
