"""Who is who, told and ruled from the command line."""

import json
import re
from pathlib import Path

import pytest
from podium_command import Podium
from served_command import TOKEN, command

_WON = (
    "Sweden's {} won the women's 800m at the Harbour Games in 1:57.10 on Saturday. She is coached by Tor Akesson.\n{}\n"
)
_NAMES = {"one": "Mara Lindqvist", "two": "Mara Lindqvist", "three": "Mara Lindqvitz"}


@pytest.fixture
def store(podium: Podium, tmp_path: Path) -> Path:
    """Three articles, one of which has a misprint."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, (name, who) in enumerate(_NAMES.items(), 1):
        (folder / f"{name}.txt").write_text(_WON.format(who, "It rained. " * number))
        (folder / f"{name}.meta.json").write_text(f'{{"published": "2024-06-0{number}", "id": "{name}"}}')
    assert podium("ingest", "reports", "--store", "store").code == 0
    return tmp_path / "store"


def test_cli_why_tells_the_spellings_and_the_reasons(podium: Podium, store: Path) -> None:
    done = podium("why", "Mara Lindqvist", "--store", store)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "person:mara-lindqvist"
    assert "  mara-lindqvist: 2 articles (one, two)" in lines
    assert "  mara-lindqvitz: 1 article (three)" in lines
    (merge,) = (line for line in lines if " = " in line)
    assert "place 1 in harbour-games_2024_800m_f_final" in merge
    assert podium("why", "mara-lindqvitz", "--store", store).out == done.out


def test_cli_why_as_json_has_it_all(podium: Podium, store: Path) -> None:
    (answer,) = json.loads(podium("why", "Mara Lindqvist", "--json", "--store", store).out)["entities"]
    assert (answer["kind"], answer["slug"], answer["apart"]) == ("person", "mara-lindqvist", [])
    assert [spelling["articles"] for spelling in answer["spellings"]] == [2, 1]
    (merge,) = answer["merges"]
    assert (merge["one"], merge["other"], merge["articles"]) == ("mara-lindqvist", "mara-lindqvitz", ["one", "three"])


def test_cli_split_and_merge_overrule_the_articles(podium: Podium, store: Path) -> None:
    done = podium("split", "Mara Lindqvist", "--from", "Mara Lindqvitz", "--reason", "sisters", "--store", store)
    assert done.out.startswith("person:mara-lindqvist and person:mara-lindqvitz: 2 of this name; ")
    assert "  not person:mara-lindqvitz: a curator said so: sisters" in (
        podium("why", "Mara Lindqvist", "--store", store).out.splitlines()
    )
    assert podium("ingest", "reports", "--store", store).code == 0
    assert podium("check", "--store", store).code == 0
    assert podium("why", "mara-lindqvitz", "--store", store).out.startswith("person:mara-lindqvitz\n")
    done = podium("merge", "Mara Lindqvist", "Mara Lindqvitz", "--reason", "no", "--json", "--store", store)
    assert json.loads(done.out)["slugs"] == ["mara-lindqvist"]
    assert "a curator said so: no" in podium("why", "Mara Lindqvitz", "--store", store).out
    assert podium("check", "--store", store).code == 0


def test_cli_split_separates_articles_and_merge_takes_it_back(podium: Podium, store: Path) -> None:
    done = podium("split", "Tor Akesson", "two", "three", "--reason", "his father", "--store", store)
    assert done.code == 0
    other = next(word for word in done.out.replace(":", " ").split() if word.startswith("tor-akesson--"))
    assert podium("show", other, "--store", store).code == 0
    told = podium("why", "Tor Akesson", "--store", store).out
    assert f"  not person:{other}: a curator told them apart" in told.splitlines()
    assert podium("check", "--store", store).code == 0
    done = podium("merge", "tor-akesson", other, "--reason", "one man", "--store", store)
    assert done.out.startswith("person:tor-akesson: one person now; ")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("why", "Nobody Atall"), "nothing is called"),
        (("merge", "Mara Lindqvist", "Harbour Games", "--reason", "x"), "they cannot be one"),
        (("merge", "Mara Lindqvist", "Mara Lindqvist", "--reason", "x"), "name two"),
        (("split", "Mara Lindqvist", "four", "--reason", "x"), "does not name mara-lindqvist"),
    ],
)
def test_cli_curating_says_what_is_wrong(
    podium: Podium, store: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    done = podium(*arguments, "--store", store)
    assert done.code == 1
    assert complaint in done.complaint


@pytest.mark.parametrize(
    "arguments",
    [
        ("split", "Mara Lindqvist", "--reason", "x"),
        ("split", "Mara Lindqvist", "one", "--from", "Tor Akesson", "--reason", "x"),
        ("merge", "Mara Lindqvist", "Tor Akesson", "--reason", " "),
    ],
)
def test_cli_curating_refuses_half_a_ruling(podium: Podium, store: Path, arguments: tuple[str, ...]) -> None:
    assert podium(*arguments, "--store", store).code == 2


def test_cli_judging_is_kept_in_the_history_and_undone(podium: Podium) -> None:
    text = "Marta Lindqvist is coached by Callum Ferris. Achieng Otiwa won the 800m in 1:58.20 at the meeting in Oslo."
    assert podium("ingest", "-", "--id", "report", "--published", "2024-08-10", given=text.encode()).code == 0
    found = podium("show", "Marta Lindqvist", "--json", "--evidence", "all")
    claim = re.search(r'claim/(report_[0-9a-f]{12})"', found.out)
    assert claim is not None, found.out
    done = podium("reject", claim[1], "--reason", "her sister")
    assert re.fullmatch(r"1 claim rejected: \d+ facts came and \d+ went\.\n", done.out)
    listed = podium("history").out
    assert "rejected: " in listed
    assert "on the command line: her sister" in listed
    number = listed.split()[0]
    assert podium("undo", number, "--reason", "no, she").out == f"Entry {number} is taken back.\n"
    assert f"her sister; taken back by {int(number) + 1}" in podium("history", "--limit", "5").out
    assert json.loads(podium("confirm", claim[1], "--reason", "asked her", "--json").out)["lost"] == 0
    kinds = [entry["kind"] for entry in json.loads(podium("history", "--all", "--json").out)]
    assert kinds == ["confirmed", "undone", "rejected", "added"]
    assert podium("undo", "999", "--reason", "x").code == 1
    assert podium("reject", claim[1], "--reason", " ").code == 2


def test_cli_merge_and_split_have_a_service_rule(podium: Podium, store: Path) -> None:
    names = ("Mara Lindqvist", "Mara Lindqvitz")
    with command(store) as running:
        asked = ("--server", running.url, "--token", TOKEN)
        apart = podium("split", names[0], "--from", names[1], "--reason", "two sisters", *asked)
        assert apart.code == 0
        assert "2 of this name" in apart.out
        one = podium("merge", *names, "--reason", "a misprint", *asked, "--json")
        assert json.loads(one.out)["slugs"] == ["mara-lindqvist"]
        assert "401" in podium("merge", *names, "--reason", "x", "--server", running.url, "--token", "wrong").complaint
        both = podium("merge", *names, "--reason", "x", "--store", store, *asked)
        assert both.code == 2
        other = podium("split", names[0], "two", "--reason", "somebody else", *asked)
        assert other.out.startswith("person:mara-lindqvist")
    assert "mara-lindqvist--swe" in podium("why", names[0], "--store", store).out
