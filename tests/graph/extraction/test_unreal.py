"""Plans, hopes, denials and near misses are no results."""

import pytest
from told import tell

SENTENCES = [
    "Callum Vane denied that he had won the 800m.",
    "Callum Vane claims he would have won the 800m.",
    "Callum Vane came close to winning the 800m.",
    "Callum Vane said winning the 800m would be a dream.",
    "A win for Callum Vane in the 800m would be a surprise.",
    "Callum Vane has yet to win a major 800m title.",
    "Bookmakers make Callum Vane favourite to win the 800m.",
    "Callum Vane is eyeing gold in the 800m.",
    "Callum Vane is in the form to win the 800m.",
    "Callum Vane insists he can win the world 800m title.",
    "Would Callum Vane have won the 800m?",
    "If Callum Vane wins the 800m, he will take the overall crown.",
    "Callum Vane was denied victory in the 800m by a fall.",
    "Without injury Callum Vane would have finished first in the 800m.",
    "Callum Vane's bid for gold in the 800m ended in the heats.",
    "Callum Vane's goal is a sub-1:45 time in the 800m.",
    "Callum Vane allegedly won the 800m with the help of drugs.",
    "Callum Vane may be stripped of his Olympic 800m gold.",
    "Callum Vane pulled out of the London Marathon with a cold.",
    "Instead of winning the 800m, Callum Vane stopped to help.",
    "The deal begins before the Games, where Callum Vane is due to defend his 100m and 200m titles.",
    "Callum Vane returns to Torrevale to defend his 100m title.",
    "Callum Vane has the world 100m record in his sights.",
    "Callum Vane has made his peace with bronze.",
    "Callum Vane needs 1:43.90 to win the 800m.",
    "Callum Vane will lead the country in defence of the gold medals it won in the 800m.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_unreal_sentences_tell_no_result(sentence: str) -> None:
    found = tell(f"{sentence} Vane is 24.")
    assert [*found.results, *found.bests] == []


def test_unreal_what_is_said_to_have_happened_is_told() -> None:
    assert tell("Callum Vane said he had won the 800m.").results
    assert tell("Callum Vane needed 1:43.90 to win the 800m.").results
    assert tell("Callum Vane won the 800m, winning his first title, and he would smile.").results
