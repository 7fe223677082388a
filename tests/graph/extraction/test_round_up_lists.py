"""Lists of a round-up: who else won what, medals for several people, gapped verbs."""

import pytest
from told import results, tell

LUND, STRAND, VANE = "Eva Lund", "Lia Strand", "Callum Vane"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Other winners were Eva Lund (200m) and Callum Vane (shot put, 18.20m).",
         {(LUND, "200m", 1, None), (VANE, "shot put", 1, "18.20m")}),
        ("Winners included Norway's Eva Lund in the 200m and Lia Strand in the 800m.",
         {(LUND, "200m", 1, None), (STRAND, "800m", 1, None)}),
        ("Wins for Eva Lund in the 200m (23.40), Lia Strand in the 800m in 2:03.10 and Callum Vane in the shot put.",
         {(LUND, "200m", 1, "23.40"), (STRAND, "800m", 1, "2:03.10"), (VANE, "shot put", 1, None)}),
        ("In the 800m there was gold for Eva Lund and bronze for Norbridge AC's Lia Strand.",
         {(LUND, "800m", 1, None), (STRAND, "800m", 3, None)}),
        ("Sunday brought gold for Eva Lund in the triple jump and for Callum Vane in the javelin.",
         {(LUND, "triple jump", 1, None), (VANE, "javelin", 1, None)}),
        ("Callum Vane won the men's mile in 3:51.10 and Lia Strand of North Norbridge the women's in 4:20.40.",
         {(VANE, "mile", 1, "3:51.10"), (STRAND, "mile", 1, "4:20.40")}),
        ("Past winners include Eva Lund (200m) and Lia Strand (800m).", set()),
        ("Other possible winners are Eva Lund (200m) and Lia Strand (800m).", set()),
        ("Winners will include Eva Lund in the 200m.", set()),
    ],
)  # fmt: skip
def test_phrases_read_the_lists_of_a_round_up(text: str, expected: set[tuple[str, str, int, str]]) -> None:
    assert results(tell(text)) == expected


def test_discourse_a_broken_paragraph_goes_on() -> None:
    text = "Ines Sorel won the 400m.\n\ntook the men's title in 46.10, with the strong decathlete Callum Vane third."
    assert (VANE, "400m", 3, None) in results(tell(text))
    whole = text.replace("took the", "Joao Brandt took the long jump and decathlon")
    assert (VANE, "400m", 3, None) not in results(tell(whole))
