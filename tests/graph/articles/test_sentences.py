"""Where sentences of sports prose end."""

import pytest

from graph.articles import prepare
from graph.model import Article


def sentences(text: str) -> list[str]:
    doc = prepare(Article(id="a", text=text, sha256="0" * 64, origin="a.txt"))
    return [doc.text[sentence.start : sentence.end] for block in doc.blocks for sentence in block.sentences]


@pytest.mark.parametrize(
    "text",
    [
        "The race went to J. Kerr of Leith.",
        "The race went to J.-P. Sorel and D.J. Vane.",
        "N.C. State beat Yale for the U.S. Under-20 title.",
        "Otiwa of the U.S. came fourth in 4:01.10.",
        "The No. 1 seed won.",
        "It was held in St. Moritz.",
        "Harry Vane Jr. Brandt came second.",
        "It was Lindqvist vs. Otiwa again.",
        "They met in Eugene, Ore., where it rained.",
        "She won in 8.29 and 3.29.38 and 10.5.",
        "Racing began at 10.05pm and 7 p.m. on Monday.",
        "It was held on Nov. 20 in Torrevale.",
        "She slowed... but won.",
        '"Did she win?" asked Ferris.',
        '"What a race!" Lindqvist said.',
        '"What a race!" the new champion added.',
        "Mr. and Mrs. Vane watched.",
        "It finished so: 1. Vane 14:32; 2. Brandt 14:40.",
    ],
)
def test_sentences_are_not_split_inside(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["He leapt 8.29m.", "It was windy."],
        ["The race ended at 10.05pm.", "Then rain fell."],
        ['"I was tired," said Vane.', '"But I won."', "She smiled."],
        ["He ran for the U.S.", "In 2019 he stopped."],
        ["They met in Eugene, Ore.", "The final is on Sunday."],
        ["She beat Harry Vane Jr.", "He was third."],
        ["He said no.", "She left."],
        ["She said it was No. 1.", "Nobody laughed."],
        ["Did she lose?!", "Never."],
        ["(She won.)", "He lost."],
        ["She slowed...", "Then she won."],
        ["Vane was born in 1998; Brandt in 2001.", "Ferris came later."],
        ["He is 25.", "26-year-old Vane is not."],
        ["The crowd roared.", "Ferris had won."],
        ["'I want it so badly.'", "So he said."],
        ["The 100m was run in 10.21.", "Vane won it."],
        ["She runs for AC Norbridge.", '"We train hard," she said.'],
    ],
)
def test_sentences_end_at_stops(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_sentences_that_lost_their_space_are_split() -> None:
    assert sentences("It pleased the crowd.Ferris was there too.") == ["It pleased the crowd.", "Ferris was there too."]


def test_sentences_of_initials_end_before_a_function_word() -> None:
    assert sentences("It was heat B. The second was faster.") == ["It was heat B.", "The second was faster."]


def test_sentences_without_stops_are_broken_at_the_best_place() -> None:
    runner = "Marta Lindqvist of Torrevale, 3:58.41; "
    parts = sentences(runner * 1000)
    assert "".join(part + " " for part in parts) == runner * 1000
    assert max(map(len, parts)) <= 3000
    assert {part[-1] for part in parts} == {";"}
    assert sentences("x" * 7000) == ["x" * 3000, "x" * 3000, "x" * 1000]
