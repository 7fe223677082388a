"""What somebody says is not what the article says."""

import pytest
from told import asserted, document, positions, tell

from graph.extraction.chunker import Chunker
from graph.extraction.quotations import without_quotations


def split(text: str) -> tuple[str, str]:
    """The words outside and inside the quotations of a one-paragraph text."""
    doc = document(text)
    rows = [Chunker(doc.text, None).chunks(s.start, s.end) for block in doc.blocks for s in block.sentences]
    outside, inside = without_quotations(rows)
    return tuple(" ".join(c.text for row in side for c in row if c.text.isalnum()) for side in (outside, inside))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "outside", "inside"),
    [
        ('Vane said: "I ran well." He left.', "Vane said He left", "I ran well"),
        ('"I ran well," said Vane.', "said Vane", "I ran well"),
        ("“I ran well,” said Vane.", "said Vane", "I ran well"),
        (
            '"I ran well," said Vane. "It was hot. So hot." He left.',
            "said Vane He left",
            "I ran well It was hot So hot",
        ),
        ('"I ran well. Then I stopped.', "", "I ran well Then I stopped"),
        ('He (known as "Bolt") ran.', "He known as ran", "Bolt"),
        ("Vane ran well.", "Vane ran well", ""),
        ('He jumped 5" more.', "He jumped 5 more", ""),
    ],
)
def test_quotations_are_set_aside(text: str, outside: str, inside: str) -> None:
    assert split(text) == (outside, inside)


@pytest.mark.parametrize(
    "text",
    [
        '"Ines Sorel won the 1500m in 3:58.41," said Marta Lindqvist.',
        "“Ines Sorel won the 1500m in 3:58.41,” said Marta Lindqvist.",
        'Marta Lindqvist said: "Ines Sorel won the 1500m. She also took silver in the 800m."',
        '"I will win the 1500m," said Marta Lindqvist.',
        '"Per Haugland coaches Ines Sorel," said Marta Lindqvist.',
        '"Ines Sorel has joined Norbridge Harriers," Marta Lindqvist said.',
        '"Ines Sorel holds the national record of 3:57.10 in the 1500m," Marta Lindqvist said.',
    ],
)
def test_quotations_assert_nothing(text: str) -> None:
    assert asserted(tell(text)) == []


def test_quotations_do_not_hide_what_stands_around_them() -> None:
    found = tell('"Ines Sorel won the 1500m," said Marta Lindqvist, who finished third in the 800m.')
    assert positions(found) == {("Marta Lindqvist", "800m", 3)}
    found = tell('Marta Lindqvist won the 1500m. "It was hot," she said. She took bronze in the 800m.')
    assert positions(found) == {("Marta Lindqvist", "1500m", 1), ("Marta Lindqvist", "800m", 3)}


def test_quotations_end_with_their_paragraph() -> None:
    found = tell('"It was hot, said Vane.\n\nCallum Vane won the mile.')
    assert positions(found) == {("Callum Vane", "mile", 1)}


def test_quotations_no_pronoun_links_out_of_one() -> None:
    found = tell('Marta Lindqvist waved. "Ines Sorel ran well," said a fan. She won the 1500m.')
    assert positions(found) <= {("Marta Lindqvist", "1500m", 1)}
