"""What articles disagree on, and how a curator settles it."""

import json
import shutil
from pathlib import Path

import pytest
from podium_command import Podium
from served_command import TOKEN, command

from server.cli import run

_WON = "Mara Lindqvist won the women's 800m at the Harbour Games in {} on Saturday. She is coached by Tor Akesson.\n"


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three articles, the last with a misprint, and a store of them; to be copied."""
    place = tmp_path_factory.mktemp("disputed")
    folder = place / "reports"
    folder.mkdir()
    for name, mark, more in (
        ("one", "1:57.10", ""),
        ("two", "1:57.10", "It rained.\n"),
        ("three", "1:57.90", "A gale.\n"),
    ):
        (folder / f"{name}.txt").write_text(_WON.format(mark) + more)
        (folder / f"{name}.meta.json").write_text(f'{{"published": "2024-06-08", "title": "{name.title()} says so"}}')
    assert run(["ingest", str(folder), "--store", str(place / "store")]) == 0
    return place


@pytest.fixture
def reports(disputed: Path, tmp_path: Path) -> Path:
    """The articles; the store lies beside them."""
    shutil.copytree(disputed, tmp_path, dirs_exist_ok=True)
    return tmp_path / "reports"


@pytest.fixture
def number(podium: Podium, reports: Path) -> str:
    """Of the conflict."""
    return podium("conflicts", "--store", "store").out.split()[0]


def test_cli_conflicts_shows_the_sides_and_what_stands(podium: Podium, number: str) -> None:
    done = podium("conflicts", "lindqvist", "--store", "store")
    lines = done.out.splitlines()
    assert lines[0] == f"{number}  Mara Lindqvist in Harbour Games 2024, women's 800m, final: mark"
    assert "  * 1  1:57.10  [2 articles]" in lines
    assert "    2  1:57.90  [1 article]" in lines
    assert lines[-1] == "  * most articles say it"
    assert (
        "“Mara Lindqvist won the women's 800m at the Harbour Games in 1:57.90 on Saturday.” – Three says so" in done.out
    )
    assert podium("conflicts", number, "--store", "store").out == done.out
    assert "“" not in podium("conflicts", "--evidence", "none", "--store", "store").out
    assert podium("conflicts", "Tor Akesson", "--store", "store").out.startswith("Articles do not disagree on anything")


def test_cli_conflicts_as_json_has_it_all(podium: Podium, number: str) -> None:
    data = json.loads(podium("conflicts", "--property", "mark", "--json", "--store", "store").out)
    assert data["total"] == 1
    (conflict,) = data["conflicts"]
    assert (conflict["number"], conflict["decided"], conflict["settlement"]) == (number, "BySupport", None)
    assert [(side["value"], side["stands"], side["articles"]) for side in conflict["sides"]] == [
        ("1:57.10", True, 2),
        ("1:57.90", False, 1),
    ]
    view = conflict["sides"][1]["evidence"][0]
    assert (view["date"], view["headline"], view["confidence"] > 0.5) == ("2024-06-08", "Three says so", True)


@pytest.mark.parametrize("side", ["2", "1:57.90"])
def test_cli_choose_settles_until_undone(podium: Podium, number: str, side: str) -> None:
    done = podium("choose", number, side, "--reason", "the film shows it", "--store", "store")
    assert done.code == 0
    assert "  * 1  1:57.90  [1 article]" in done.out
    assert done.out.splitlines()[-1].startswith("  * a curator chose it on ")
    assert done.out.splitlines()[-1].endswith(": the film shows it")
    assert "1st 1:57.90  [settled by a curator]" in podium("show", "lindqvist", "--store", "store").out
    assert podium("check", "--store", "store").code == 0
    podium("ingest", "reports/one.txt", "--replace", "--store", "store")
    undone = podium("choose", "Mara Lindqvist", "--undo", "--json", "--store", "store")
    (conflict,) = json.loads(undone.out)["conflicts"]
    assert (conflict["decided"], conflict["settlement"]) == ("BySupport", None)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["NUMBER", "3", "--reason", "x"], 1, "its sides are 1 (1:57.10), 2 (1:57.90)"),
        (["NUMBER", "--undo"], 1, "nothing to undo"),
        (["NUMBER", "1"], 2, "--reason"),
        (["NUMBER", "1", "--reason", "  "], 2, "--reason"),
        (["NUMBER", "1", "--undo"], 2, "--undo takes no SIDE"),
        (["Tor Akesson", "1", "--reason", "x"], 1, "do not disagree on 'Tor Akesson'"),
        (["NUMBER", "1", "--reason", "x", "--property", "date"], 1, "they do on: mark (1)"),
    ],
)
def test_cli_choose_says_what_is_wrong(podium: Podium, number: str, arguments: list[str], code: int, told: str) -> None:
    given = [number if word == "NUMBER" else word for word in arguments]
    done = podium("choose", *given, "--store", "store")
    assert done.code == code
    assert told in done.complaint
    assert podium("conflicts", "--store", "store").out.splitlines()[-1] == "  * most articles say it"


def test_cli_conflicts_are_cut_at_a_limit(podium: Podium, number: str, reports: Path) -> None:
    for name in ("one", "three"):
        text = (reports / f"{name}.txt").read_text()
        (reports / f"{name}-more.txt").write_text(text.replace("Lindqvist", "Ekholm").replace("Harbour", "Autumn"))
        (reports / f"{name}-more.meta.json").write_text('{"published": "2024-06-08"}')
    podium("ingest", "reports", "--store", "store")
    done = podium("conflicts", "--limit", "1", "--evidence", "none", "--store", "store")
    assert done.out.splitlines()[0].endswith(
        "Ekholm in Autumn Games 2024, women's 800m, final: mark"
    )  # the undecided goes first
    assert done.out.splitlines()[-1] == "... and 1 more (--limit N)"


def test_cli_choose_has_a_service_settle_it(podium: Podium, number: str, reports: Path) -> None:
    with command(reports.with_name("store")) as running:
        asked = ("--server", running.url, "--token", TOKEN)
        done = podium("choose", number, "2", "--reason", "the results have it", *asked)
        assert done.code == 0
        assert "  * 1  1:57.90  [1 article]" in done.out.splitlines()
        assert "the results have it" in done.out
        undone = podium("choose", number, "--undo", *asked, "--json")
        sides = json.loads(undone.out)["conflicts"][0]["sides"]
        assert [side["stands"] for side in sides] == [True, False]
        assert podium("choose", number, "--undo", *asked).code == 1
