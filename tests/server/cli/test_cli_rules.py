"""`podium rules`: what evidence means by a rule."""

import json

from podium_command import Podium


def test_cli_rules_lists_frames_and_rules_of_the_code_with_an_example(podium: Podium) -> None:
    done = podium("rules")
    assert (done.code, done.err) == (0, "")
    lines = {line.split()[0]: line for line in done.out.splitlines()}
    assert list(lines) == sorted(lines)
    assert lines["coaching.active"].split(maxsplit=2)[1:] == ["coaching", "Per Haugland coaches Marta Lindqvist."]
    assert lines["title.noun"].split()[1] == "result"


def test_cli_rules_shows_all_examples_of_one(podium: Podium) -> None:
    done = podium("rules", "coaching.active")
    lines = done.out.splitlines()
    assert lines[:3] == [
        "coaching.active gives facts of the kind: coaching",
        "reads",
        "  Per Haugland coaches Marta Lindqvist.",
    ]
    assert "  Per Haugland wants to coach Marta Lindqvist." in lines[lines.index("leaves") :]


def test_cli_rules_as_json(podium: Podium) -> None:
    (rule,) = json.loads(podium("rules", "coaching.active", "--json").out)
    assert rule["id"] == "coaching.active"
    assert rule["fact"] == "coaching"
    assert "Per Haugland wants to coach Marta Lindqvist." in rule["negative"]
    assert len(json.loads(podium("rules", "--json").out)) > 60


def test_cli_rules_names_a_rule_that_is_not_there(podium: Podium) -> None:
    done = podium("rules", "result.nothing")
    assert (done.code, done.out) == (1, "")
    assert done.complaint == "there is no rule 'result.nothing'; `podium rules` lists them all"
