"""People of a spaCy pipeline; without spaCy only that its absence is told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from proposed import document

from graph.errors import ProposerError
from graph.extraction import listen
from graph.proposals import SpacyChoice, accept, open_proposer

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """LINDQVIST MARTA took the 800m ahead of Ines Sorel's sister.

“LINDQVIST MARTA will win again,” said Torrevale Grand Prix director Otto Vane.
"""


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blank English pipeline that knows some words for people, on disk."""
    spacy = pytest.importorskip("spacy")
    made = spacy.blank("en")
    ruler = made.add_pipe("entity_ruler")
    names = ["LINDQVIST MARTA", "Ines Sorel's", "Torrevale Grand Prix", "Otto Vane"]
    ruler.add_patterns([{"label": "PERSON", "pattern": name} for name in names])
    ruler.add_patterns([{"label": "ORG", "pattern": "sister"}])
    folder = tmp_path_factory.mktemp("pipeline") / "tiny"
    made.to_disk(folder)
    return folder


def test_spacy_people_are_proposed_with_their_sentences(pipeline: Path) -> None:
    proposer = open_proposer(SpacyChoice(str(pipeline)))
    assert proposer.name == "spacy/en_pipeline-0.0.0"
    made = document(TEXT)
    found = list(proposer.propose(made))
    claims = [proposal.claim for proposal in found]
    assert [claim["name"] for claim in claims if isinstance(claim, dict)] == [
        "LINDQVIST MARTA", "Ines Sorel", "LINDQVIST MARTA", "Torrevale Grand Prix", "Otto Vane",
    ]  # fmt: skip
    for proposal in found:
        assert isinstance(proposal.claim, dict)
        assert proposal.start is not None
        assert made.text.startswith(proposal.claim["quote"], proposal.start)


def test_spacy_people_pass_the_same_guards(pipeline: Path) -> None:
    made = document(TEXT)
    extraction, hearing = listen(made)
    proposals = open_proposer(SpacyChoice(str(pipeline))).propose(made)
    found, verdicts = accept(made, extraction, hearing, proposals)
    assert [verdict.reason for verdict in verdicts] == ["accepted", "known", "name", "name", "name"]
    new = {person.name for person in found.people} - {person.name for person in extraction.people}
    assert new == {"LINDQVIST MARTA"}
    (person,) = [person for person in found.people if person.name == "LINDQVIST MARTA"]
    assert (person.evidence[0].rule, person.evidence[0].proposer) == ("spacy.people", "spacy/en_pipeline-0.0.0")
    assert [mention.written for mention in person.mentions] == ["LINDQVIST MARTA"]


def test_spacy_pipeline_that_fails_is_told(pipeline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proposer = open_proposer(SpacyChoice(str(pipeline)))

    def fail(_: str) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr(proposer, "_pipeline", fail)
    with pytest.raises(ProposerError, match="no room"):
        list(proposer.propose(document(TEXT)))


def test_spacy_pipeline_that_is_not_installed_is_told() -> None:
    pytest.importorskip("spacy")
    with pytest.raises(ProposerError, match="python -m spacy download en_no_such_model"):
        open_proposer(SpacyChoice("en_no_such_model"))


def test_spacy_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ProposerError, match=r"podium\[spacy\]"):
        open_proposer(SpacyChoice("en_core_web_sm"))
