"""What the parts of an article are."""

import pytest

from graph.articles import prepare
from graph.model import Article


def blocks(text: str, title: str | None = None) -> list[tuple[str, str]]:
    doc = prepare(Article(id="a", text=text, sha256="0" * 64, origin="a.txt", title=title))
    return [(block.kind, doc.text[block.start : block.end]) for block in doc.blocks]


PROSE = "Marta Lindqvist won the 1500m in Torrevale on Sunday, well clear of Achieng Otiwa."


def kind(line: str) -> str:
    """The kind of one block in the middle of an article."""
    return blocks(f"Lindqvist wins\n\n{PROSE}\n\n{line}\n\n{PROSE}")[2][0]


@pytest.mark.parametrize(
    "line",
    [
        "1. M. Lindqvist (NOR) 3:58.41; 2. A. Otiwa (KEN) 3:58.68; 3. I. Sorel (FRA) 3:59.02",
        "Men's 1500m: 1. M. Lindqvist (NOR) 3:58.41, 2. A. Otiwa (KEN) 3:58.68",
        "1 Marta Lindqvist NOR 3:58.41",
        "1. Marta Lindqvist (NOR) 3:58.41",
        "Callum Ferris (Norbridge Harriers) 10.21",
        "Callum Ferris (Norbridge Harriers), Ida Vane (Torrevale AC)",
        "1\tLindqvist\tNOR\t3:58.41",
        "1   Lindqvist   NOR   3:58.41",
        "| 1 | Lindqvist | 3:58.41 |",
        "High jump: Marta Lindqvist 1.98m, Ines Sorel 1.95m",
        "4x400m: 1. Norway (Lindqvist, Vane, Ferris, Sorel) 3:20.11; 2. Kenya 3:21.00",
    ],
)
def test_blocks_know_rows_of_results(line: str) -> None:
    assert kind(line) == "row"


@pytest.mark.parametrize(
    "line",
    [
        "Home > Sport > Athletics",
        "Photo: Kevin Somebody",
        "Ida Vane on the track Photo by: Kevin Somebody",
        "Ida Vane wins in Torrevale. (Photo: K. Somebody/Getty Images)",
        "K. Somebody/Getty Images",
        "Photograph by Kevin Somebody",
        "RELATED: What is a steeplechase?",
        "Read more: ten things we learnt",
        "Sign up to our newsletter for more athletics news.",
        "Reading on a train? Try our app today. Download the app.",
        "norbridge harriers",
        "* * *",
    ],
)
def test_blocks_know_what_asserts_nothing(line: str) -> None:
    assert kind(line) == "caption"


@pytest.mark.parametrize(
    "line",
    [
        "Ida Vane (Torrevale AC; coach: John Vane) improved her best by six seconds to take bronze in 9:31.20.",
        'Lindqvist, who ran 3:58.41, said: "I\'m tired."',
        "More than 2,000 people watched Vane win in 10.21; it was her third title.",
        "Photographs of the finish showed that Vane had won by 0.01 seconds.",
        "Women's 1500m",
        "Watch out for Vane: she ran 10.21 in June.",
    ],
)
def test_blocks_know_prose(line: str) -> None:
    assert kind(line) == "paragraph"


def test_blocks_know_list_items() -> None:
    assert kind("- Callum Ferris won the sprint at the trials.") == "list"
    assert kind("2. Callum Ferris, who won the trials") == "list"


def test_blocks_take_a_short_first_line_without_a_stop_for_the_title() -> None:
    assert blocks(f"Home > Sport\n\nLindqvist storms to gold\n\n{PROSE}")[1] == ("title", "Lindqvist storms to gold")
    assert blocks(f"Can anyone stop Lindqvist?\n{PROSE}")[0][0] == "title"
    assert [name for name, _ in blocks(f"{PROSE}\n\n{PROSE}")] == ["paragraph", "paragraph"]
    assert blocks("Lindqvist won the mile")[0][0] == "paragraph"


def test_blocks_take_the_given_title_for_the_title() -> None:
    found = blocks(f"Athletics\n\nKerr’s\u00a0 gold.\n\n{PROSE}", title="Kerr's gold.")
    assert [name for name, _ in found] == ["paragraph", "title", "paragraph"]


def test_blocks_claim_the_description_above_a_credit() -> None:
    text = f"Lindqvist wins\n\nA runner in blue falls over\nPhoto: Kevin Somebody\n\n{PROSE}"
    assert [name for name, _ in blocks(text)] == ["title", "caption", "caption", "paragraph"]


def test_blocks_keep_headings_above_rows() -> None:
    text = f"Lindqvist wins\n\n{PROSE}\n\nhigh jump\n1. Ida Vane (NOR) 1.98m\n800m\n1. Ines Sorel (FRA) 1:59.02"
    assert [name for name, _ in blocks(text)][2:] == ["paragraph", "row", "paragraph", "row"]


def test_blocks_join_hard_wrapped_lines() -> None:
    text = (
        "Lindqvist wins\r\n\r\n"
        "Marta Lindqvist won the 1500m in Torrevale on Sunday, pulling clear of\r\n"
        "the field in the last two hundred metres and holding on as Achieng\r\n"
        "Otiwa of Kenya closed in. She ran 3:58.41.\r\n\r\n"
        "1. Marta Lindqvist (NOR) 3:58.41\r\n2. Achieng Otiwa (KEN) 3:58.68\r\n"
    )
    found = blocks(text)
    assert [name for name, _ in found] == ["title", "paragraph", "row", "row"]
    assert "pulling clear of the field" in found[1][1]
    assert "Achieng Otiwa of Kenya" in found[1][1]


def test_blocks_keep_short_paragraphs_on_lines_of_their_own() -> None:
    text = (
        "Lindqvist wins\nMarta Lindqvist won the mile in Torrevale.\nIt was her third title.\n"
        "Achieng Otiwa was second and Ines Sorel third.\nThey will meet again in Norbridge.\n"
    )
    assert len(blocks(text)) == 5
