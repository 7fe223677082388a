"""Records, personal bests and leads: whose they are, at what, and which words assert none."""

from typing import Any

import pytest
from told import tell


def bests(text: str) -> set[tuple[Any, ...]]:
    """(athlete, kind, discipline, mark) of each best."""
    return {(b.athlete, b.kind, b.discipline, b.mark) for b in tell(text).bests}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Marta Lindqvist improved her national 400m record to 50.25.",
            {("Marta Lindqvist", "NR", "400m", "50.25")},
        ),
        (
            "Marta Lindqvist broke Ines Sorel's long-standing Irish 60m record by clocking 7.37.",
            {("Marta Lindqvist", "NR", "60m", "7.37"), ("Ines Sorel", "NR", "60m", None)},
        ),
        (
            "Marta Lindqvist ran a best of 14:09.20 but the 5000m world record of 14:05.20 that Ines Sorel set stands.",
            {("Ines Sorel", "WR", "5000m", "14:05.20")},
        ),
        (
            "Marta Lindqvist won the 5000m in 14:01.10, beating the world record of 14:05.20 which Ines Sorel set.",
            {("Marta Lindqvist", "WR", "5000m", "14:01.10"), ("Ines Sorel", "WR", "5000m", "14:05.20")},
        ),
        (
            "Callum Ferris was second in the mile. A Scot, Joao Vane, beat him. He has a personal best of 3:51.14.",
            {("Callum Ferris", "PB", "mile", "3:51.14")},
        ),
        (
            "Ines Sorel won the mile. Marta Lindqvist came fourth, and 4:21.67 was an Irish record.",
            {("Marta Lindqvist", "NR", "mile", "4:21.67")},
        ),
        (
            "Marta Lindqvist was third in the mile. Her 4:21.67 earned bronze and was a personal best.",
            {("Marta Lindqvist", "PB", "mile", "4:21.67")},
        ),
        (
            "Marta Lindqvist's 4:21.67 in the mile was a national record.",
            {("Marta Lindqvist", "NR", "mile", "4:21.67")},
        ),
        (
            "Callum Ferris set a national 800m record of 1:43.20. The old one, 1:43.79, had been held by Joao Vane.",
            {("Callum Ferris", "NR", "800m", "1:43.20"), ("Joao Vane", "NR", "800m", "1:43.79")},
        ),
        (
            "Callum Ferris set a 800m world record of 1:40.20. That had belonged to Italy's Joao Vane, who ran 1:40.7.",
            {("Callum Ferris", "WR", "800m", "1:40.20"), ("Joao Vane", "WR", "800m", "1:40.7")},
        ),
        (
            "Marta Lindqvist ran an 800m national record of 1:54.61. Her old record, 1:55.19, had stood for a year.",
            {("Marta Lindqvist", "NR", "800m", "1:54.61"), ("Marta Lindqvist", "NR", "800m", "1:55.19")},
        ),
        (
            "The 800m world record had stood at 1:53.28, run in Rome in 1983 by Ines Sorel.",
            {("Ines Sorel", "WR", "800m", "1:53.28")},
        ),
        (
            "Callum Ferris set an 800m world record of 1:40.20. The day belonged to Joao Vane, who ran 1:42.79.",
            {("Callum Ferris", "WR", "800m", "1:40.20")},
        ),
        (
            "The 800m world record of 1:40.20 is held by Joao Vane's brother.",
            set(),
        ),
        (
            "Callum Ferris knocked two seconds off Joao Vane's national mile record of 3:51.20 with 3:49.20.",
            {("Callum Ferris", "NR", "mile", "3:49.20"), ("Joao Vane", "NR", "mile", "3:51.20")},
        ),
        (
            "Callum Ferris was rewarded for his pursuit with silver in the mile and a European record of 3:51.20.",
            {("Callum Ferris", "AR", "mile", "3:51.20")},
        ),
        ("Callum Ferris was two seconds off the world mile record.", set()),
        (
            (
                "Callum Ferris ran a national mile record of 3:51.20. It rained. It blew. It froze. It was late. "
                "Ferris's old record, 3:52.20, had stood."
            ),
            {("Callum Ferris", "NR", "mile", "3:51.20"), ("Callum Ferris", "NR", "mile", "3:52.20")},
        ),
        (
            "Callum Ferris won the mile in 3:48.20, breaking the Norwegian and European records.",
            {("Callum Ferris", "NR", "mile", "3:48.20"), ("Callum Ferris", "AR", "mile", "3:48.20")},
        ),
        (
            "Callum Ferris won the mile in 3:48.20, a Norwegian and European record.",
            {("Callum Ferris", "NR", "mile", "3:48.20"), ("Callum Ferris", "AR", "mile", "3:48.20")},
        ),
        (
            "Callum Ferris beat the Norwegian and set a European record of 3:48.20 in the mile.",
            {("Callum Ferris", "AR", "mile", "3:48.20")},
        ),
        (
            "Callum Ferris won the mile in 3:48.20, which made him the fastest man in the world this year.",
            {("Callum Ferris", "WL", "mile", "3:48.20")},
        ),
        ("Callum Ferris is the fastest man in the mile this year.", set()),
        (
            "Callum Ferris soared to a season's best of 2.21m in the high jump.",
            {("Callum Ferris", "SB", "high jump", "2.21m")},
        ),
        (
            "Callum Ferris settled for a season's best leap of 8.04m in the long jump.",
            {("Callum Ferris", "SB", "long jump", "8.04m")},
        ),
        (
            "Callum Ferris jumped 2.20m in the high jump for a national record.",
            {("Callum Ferris", "NR", "high jump", "2.20m")},
        ),
        (
            "Marta Lindqvist won the 200m in 22.41, which was a personal best.",
            {("Marta Lindqvist", "PB", "200m", "22.41")},
        ),
        (
            "Marta Lindqvist won the 200m in 22.41. It was a national record.",
            {("Marta Lindqvist", "NR", "200m", "22.41")},
        ),
        (
            "Marta Lindqvist ran the fastest 200m in the world this year.",
            {("Marta Lindqvist", "WL", "200m", None)},
        ),
        (
            "Marta Lindqvist won the 200m in 22.41, the quickest time of her life.",
            {("Marta Lindqvist", "PB", "200m", "22.41")},
        ),
        (
            "Marta Lindqvist won the 200m in 22.41, her fastest time of the season.",
            {("Marta Lindqvist", "SB", "200m", "22.41")},
        ),
        (
            "The times were short of Ines Sorel's 60m world record of 7.02secs from 1998.",
            {("Ines Sorel", "WR", "60m", "7.02")},
        ),
        (
            "Marta Lindqvist and Ines Sorel, who set a lifetime best of 2:01.32 in the 800m, qualified.",
            {("Ines Sorel", "PB", "800m", "2:01.32")},
        ),
        (
            "The world record in the triple jump is held by Ines Sorel with 15.50m from 1995.",
            {("Ines Sorel", "WR", "triple jump", "15.50m")},
        ),
        ("The Irish 60m record was broken by Marta Lindqvist in 7.10.", {("Marta Lindqvist", "NR", "60m", "7.10")}),
        ("Marta Lindqvist missed Ines Sorel's world 60m record.", {("Ines Sorel", "WR", "60m", None)}),
        (
            "Marta Lindqvist won the mile in 4:22.10, just outside her best of 4:21.70.",
            {("Marta Lindqvist", "PB", "mile", "4:21.70")},
        ),
        (
            "Marta Lindqvist broke the world 60m record. She bettered Ines Sorel's mark of 7.02 from 1998.",
            {("Marta Lindqvist", "WR", "60m", None), ("Ines Sorel", "WR", "60m", "7.02")},
        ),
        (
            "Marta Lindqvist ran 7.11 in the 60m, a national record. That broke the 7.19 mark set by Ines Sorel.",
            {("Marta Lindqvist", "NR", "60m", "7.11"), ("Ines Sorel", "NR", "60m", "7.19")},
        ),
        (
            "Marta Lindqvist (7.02 NR) won the 60m from Ines Sorel (7.05 SB) in Norbridge.",
            {("Marta Lindqvist", "NR", "60m", "7.02"), ("Ines Sorel", "SB", "60m", "7.05")},
        ),
        (
            "Marta Lindqvist won the 60m in 7.02 (a national record) from Ines Sorel.",
            {("Marta Lindqvist", "NR", "60m", "7.02")},
        ),
        (
            "Marta Lindqvist ran 7.30 in the 60m, a national record. The old record of 7.40 was set by Ines Sorel.",
            {("Marta Lindqvist", "NR", "60m", "7.30"), ("Ines Sorel", "NR", "60m", "7.40")},
        ),
        (
            "Marta Lindqvist won the 200m in 22.40, a national record, beating Ines Sorel's 2014 mark.",
            {("Marta Lindqvist", "NR", "200m", "22.40"), ("Ines Sorel", "NR", "200m", None)},
        ),
        (
            "Marta Lindqvist smashed her own Oceanian shot put record with 19.67m.",
            {("Marta Lindqvist", "AR", "shot put", "19.67m")},
        ),
        (
            "Marta Lindqvist cleared 16-5 1/4 (5.01) in the pole vault, a national record.",
            {("Marta Lindqvist", "NR", "pole vault", "5.01m")},
        ),
        (
            "Marta Lindqvist won the heptathlon with a personal best of 6,751 before 5,000 spectators.",
            {("Marta Lindqvist", "PB", "heptathlon", "6751 pts")},
        ),
        (
            "Ines Sorel ran the 800m while Per Haugland scored 8795 in the decathlon to break his own national record.",
            {("Per Haugland", "NR", "decathlon", "8795 pts")},
        ),
        (
            "Marta Lindqvist began her season by raising her own world indoor record in the pole vault.",
            {("Marta Lindqvist", "WR", "pole vault", None)},
        ),
        ("Marta Lindqvist improved her 400m best from 55.80 to 54.97.", {("Marta Lindqvist", "PB", "400m", "54.97")}),
        ("Her 60m European record was broken by Ines Sorel.", {("Ines Sorel", "AR", "60m", None)}),
        (
            "Marta Lindqvist was third in the 60m hurdles behind British record holder Ines Sorel. Sorel won the 400m.",
            {("Ines Sorel", "NR", "60m hurdles", None)},
        ),
    ],
)
def test_bests_of_a_text(text: str, found: set[tuple[Any, ...]]) -> None:
    assert bests(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Marta Lindqvist set a world junior record of 2:01.32 in the 800m.",
        "Marta Lindqvist ran the second-fastest time in the world this year in the 800m.",
        "Marta Lindqvist ran the fastest time by a Norwegian this year in the 800m.",
        "Marta Lindqvist missed a national record in the 800m.",
        "Marta Lindqvist said the world record in the 800m was soft.",
        "Marta Lindqvist trained with the world record in the 800m in mind.",
        "Marta Lindqvist chased Ines Sorel's world record pace in the mile.",
        "The Irish 60m record will be broken by Marta Lindqvist.",
        "Marta Lindqvist won the 60m. She bettered Ines Sorel's mark of 7.02.",
        "Marta Lindqvist was 12cm adrift of her personal best in the high jump.",
        "Marta Lindqvist ran 2:25:50 in the marathon, a world best for a debutant.",
        "Marta Lindqvist finished third in the world best 10km race in Norbridge.",
        "Marta Lindqvist records fast times in the 800m.",
        "Marta Lindqvist won the 200m in 22.41, with Ines Sorel second in 22.50. It was a national record.",
    ],
)
def test_bests_none(text: str) -> None:
    assert bests(text) == set()


def test_bests_whose_record_is_beaten_is_nobody_beaten() -> None:
    assert not tell("Marta Lindqvist beat Ines Sorel's world record in the 60m.").results


def test_bests_a_sentence_that_begins_with_a_phrase_is_whole() -> None:
    text = "Ines Sorel won the 800m. The 30-year-old veteran, who won gold in the 800m at the 2012 Olympics, retired."
    assert {(r.athlete, r.medal) for r in tell(text).results} == {("Ines Sorel", None), ("Ines Sorel", "gold")}


def test_sentences_a_record_names_the_discipline_for_what_follows() -> None:
    before = "Callum Vane won the 400m.\n\n"
    text = before + "Ines Sorel broke the Irish 60m hurdles record, third behind British record holder Achieng Otiwa."
    assert ("Achieng Otiwa", "60m hurdles") in {(b.athlete, b.discipline) for b in tell(text).bests}
    apart = before + "Ines Sorel broke the Irish record, third behind the British 60m record holder Achieng Otiwa."
    assert ("Ines Sorel", "60m hurdles") not in {(b.athlete, b.discipline) for b in tell(apart).bests}


@pytest.mark.parametrize(
    "text", ["Iva Holt's personal best for the 800m is 1:57.10.", "Iva Holt has a best of 1:57.10 for 800m."]
)
def test_bests_that_somebody_has_are_no_results(text: str) -> None:
    assert not tell(text).results


def test_bests_of_whoever_lost_a_record_do_not_have_the_new_mark() -> None:
    told = tell("Callum Vane broke Marc Orr's meeting record with 12:58.10 in the 5000m.")
    assert {(best.athlete, best.mark) for best in told.bests} == {("Callum Vane", "12:58.10"), ("Marc Orr", None)}
