"""Who coaches whom and who is of which club, told by groups, years together, likeness and verbs that are understood."""

import pytest
from told import tell

from graph.model import Extraction


def relations(extraction: Extraction) -> set[str]:
    """Coaching as "coach > athlete" and membership as "athlete @ club", with "!" where it is over."""
    coaching = {f"{c.coach} > {c.athlete}{'!' * (c.status == 'former')}" for c in extraction.coaching}
    return coaching | {f"{m.athlete} @ {m.club}{'!' * (m.status == 'former')}" for m in extraction.memberships}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marta Lindqvist has joined Per Haugland's group.", {"Per Haugland > Marta Lindqvist"}),
        ("Marta Lindqvist trains in Per Haugland's squad.", {"Per Haugland > Marta Lindqvist"}),
        (
            "Marta Lindqvist joined Per Haugland's group at Norbridge AC.",
            {"Per Haugland > Marta Lindqvist", "Marta Lindqvist @ Norbridge AC"},
        ),
        ("Marta Lindqvist joined Per Haugland's group at the bell.", set()),
        ("Marta Lindqvist moved into Per Haugland's group at halfway.", set()),
        ("Marta Lindqvist has left Per Haugland after nine years.", {"Per Haugland > Marta Lindqvist!"}),
        ("Marta Lindqvist left Ines Sorel after nine laps.", set()),
        (
            "Marta Lindqvist, now guided by Per Haugland after many years with Greta Brandt, won the 800m.",
            {"Per Haugland > Marta Lindqvist", "Greta Brandt > Marta Lindqvist!"},
        ),
        (
            "Ines Sorel won. Like Sorel, Marta Lindqvist is coached by Per Haugland.",
            {"Per Haugland > Marta Lindqvist", "Per Haugland > Ines Sorel"},
        ),
        ("Like Ines Sorel, Marta Lindqvist won gold.", set()),
        (
            "Ines Sorel is coached by Greta Brandt and Marta Lindqvist by Per Haugland.",
            {"Greta Brandt > Ines Sorel", "Per Haugland > Marta Lindqvist"},
        ),
        (
            "Ines Sorel is coached by Greta Brandt and Per Haugland.",
            {"Greta Brandt > Ines Sorel", "Per Haugland > Ines Sorel"},
        ),
        (
            "Ines Sorel runs for Norbridge AC and Marta Lindqvist for Torrevale Harriers.",
            {"Ines Sorel @ Norbridge AC", "Marta Lindqvist @ Torrevale Harriers"},
        ),
        ("Marta Lindqvist stays at Norbridge AC.", {"Marta Lindqvist @ Norbridge AC"}),
        ("Marta Lindqvist grew up running for Norbridge AC.", {"Marta Lindqvist @ Norbridge AC!"}),
        ("Marta Lindqvist, formerly of Norbridge Harriers, won the mile.", {"Marta Lindqvist @ Norbridge Harriers!"}),
        ("Marta Lindqvist is married to Per Haugland, who coaches her.", {"Per Haugland > Marta Lindqvist"}),
        (
            "Ines Sorel trains under Greta Lund in Boulder, and Mia Holm with Per Haugland's Norbridge Track Club.",
            {
                "Greta Lund > Ines Sorel",
                "Per Haugland > Mia Holm",
                "Mia Holm @ Norbridge Track Club",
            },
        ),
        (
            "Per Haugland coaches Marta Lindqvist and Ines Sorel as part of the Norbridge Track Club.",
            {
                "Per Haugland > Marta Lindqvist",
                "Per Haugland > Ines Sorel",
                "Marta Lindqvist @ Norbridge Track Club",
                "Ines Sorel @ Norbridge Track Club",
            },
        ),
        (
            "Marta Lindqvist lost to Ines Sorel in May. Lindqvist tired; the Norbridge Strider was never headed again.",
            {"Marta Lindqvist @ Norbridge Striders"},
        ),
        (
            "Sven Lund was third, and Per Haugland (Norbridge Harriers) beat his clubmate Olav Falk in 3:51.10.",
            {"Per Haugland @ Norbridge Harriers", "Olav Falk @ Norbridge Harriers"},
        ),
        ("Sven Lund was third. The Torrevale IL runner was pleased.", {"Sven Lund @ Torrevale IL"}),
        (
            "Sven Lund was second and Per Haugland third. The Torrevale IL runner Lund was pleased.",
            {"Sven Lund @ Torrevale IL"},
        ),
        (
            "Marta Lindqvist and Ines Sorel, both of Norbridge Harriers, won.",
            {"Marta Lindqvist @ Norbridge Harriers", "Ines Sorel @ Norbridge Harriers"},
        ),
        (
            "The Norbridge Harriers pair of Marta Lindqvist and Ines Sorel won.",
            {"Marta Lindqvist @ Norbridge Harriers", "Ines Sorel @ Norbridge Harriers"},
        ),
        ("Marta Lindqvist used to run for Norbridge Harriers.", {"Marta Lindqvist @ Norbridge Harriers!"}),
        (
            "Marta Lindqvist won from her Norbridge Harriers team-mate Ines Sorel.",
            {"Marta Lindqvist @ Norbridge Harriers", "Ines Sorel @ Norbridge Harriers"},
        ),
        ("Marta Lindqvist, a former pupil of Per Haugland, won the mile.", {"Per Haugland > Marta Lindqvist!"}),
        (
            "Per Haugland's proteges Marta Lindqvist and Ines Sorel won.",
            {"Per Haugland > Marta Lindqvist", "Per Haugland > Ines Sorel"},
        ),
        ("Per Haugland was Marta Lindqvist's coach.", {"Per Haugland > Marta Lindqvist!"}),
        (
            "Marta Lindqvist left her coach, Per Haugland, and has joined Greta Brandt's squad.",
            {"Per Haugland > Marta Lindqvist!", "Greta Brandt > Marta Lindqvist"},
        ),
        ("Sven Lund was second and Per Falk was third. The Torrevale IL man led before Lund won.", set()),
    ],
)
def test_relations_are_read(text: str, expected: set[str]) -> None:
    assert relations(tell(text)) == expected


def test_what_follows_a_relative_goes_on_with_the_main_clause() -> None:
    found = tell("Marta Lindqvist has left Per Haugland, who coached her for years, and joined Norbridge Track Club.")
    assert "Marta Lindqvist @ Norbridge Track Club" in relations(found)
    found = tell("Marta Lindqvist beat Ines Sorel, who led at the bell, and won the 800m.")
    assert [r.athlete for r in found.results if r.position == 1] == ["Marta Lindqvist"]


@pytest.mark.parametrize(
    "text",
    [
        "Marta Lindqvist left Ines Sorel trailing after years of defeats.",
        "Marta Lindqvist and Ines Sorel led. Greta Lund guided the pair through 400m.",
        "Marta Lindqvist's group includes Ines Sorel and Greta Lund in the heats.",
        "Marta Lindqvist has joined Ines Sorel's list of champions.",
        "Marta Lindqvist hopes to train with Per Haugland's Norbridge Track Club.",
        "Marta Lindqvist stayed at the Norbridge Harriers clubhouse.",
        "Marta Lindqvist won the title that Norbridge Harriers had hoped for.",
        "Per Haugland, coach of the year, praised Marta Lindqvist.",
    ],
)
def test_nothing_is_related(text: str) -> None:
    assert relations(tell(text)) == set()


def test_whoever_is_unlike_somebody_is_not_coached_with_her() -> None:
    found = tell("Marta Lindqvist, unlike Ines Sorel, is coached by Per Haugland.")
    assert relations(found) == {"Per Haugland > Marta Lindqvist"}
