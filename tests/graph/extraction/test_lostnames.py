"""Paragraphs that lost the name they began with."""

from told import positions, tell

OPENING = "Ines Sorel won the 800m in Torrevale.\n\n"


def test_lostnames_who_is_named_later_by_surname_only() -> None:
    text = OPENING + 'took the 1500m title in 4:19.11. Brandtova had never won before. "I ran well," said Brandtova.'
    assert ("Brandtova", "1500m", 1) in positions(tell(text))


def test_lostnames_two_who_may_be_meant_are_nobody() -> None:
    text = OPENING + 'took the 1500m title in 4:19.11. Brandtova and Ferrisova had never met. "I ran well," said Sorel.'
    assert {who for who, _, _ in positions(tell(text))} == {"Ines Sorel"}


def test_lostnames_nobody_named_later_is_nobody() -> None:
    text = OPENING + "took the 1500m title in 4:19.11. The crowd went home."
    assert positions(tell(text)) == {("Ines Sorel", "800m", 1)}
