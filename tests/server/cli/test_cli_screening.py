"""Articles that are not for Podium: skipped with a line that says why, and read where that is asked for."""

import json
from pathlib import Path

import pytest
from podium_command import Podium

GOOD = (
    "Mara Lindqvist won the women's 800m at the Harbour Games in 1:57.10 on Saturday. She is coached by Tor Akesson.\n"
)
FRENCH = (
    "Mara Lindqvist a remporté le 800 m des Jeux du Port en 1:57.10 samedi soir. La Suédoise, entraînée par Tor "
    "Akesson, améliore ainsi son record personnel de deux secondes.\n"
)
SWIMMING = (
    "Mara Lindqvist won the 800m freestyle at the Harbour Games in 8:20.10. The swimmer led from the first length of "
    "the pool and touched two seconds ahead of Ines Sorel.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name, text in (("good", GOOD), ("french", FRENCH), ("pool", SWIMMING)):
        (tmp_path / "in" / f"{name}.txt").write_text(text)
    return tmp_path


def test_cli_extract_skips_what_is_not_for_it(podium: Podium, folder: Path) -> None:
    done = podium("extract", "in", "--out", "found")
    assert done.code == 0
    french, pool, summary = done.err.splitlines()
    assert french.startswith("podium: in/french.txt: skipped: is in French (probability ")
    assert pool.startswith("podium: in/pool.txt: skipped: seems to be about swimming (it speaks of 'freestyle'")
    assert french.endswith("--unscreened to read it all the same")
    assert summary == "1 written to found, 2 skipped, 0 not readable"
    assert [path.name for path in (folder / "found").iterdir()] == ["good.json"]


def test_cli_extract_reads_all_where_it_is_asked_to(podium: Podium, folder: Path) -> None:
    done = podium("extract", "in", "--out", "found", "--unscreened", "--jobs", "2")
    assert (done.code, done.err) == (0, "3 written to found, 0 skipped, 0 not readable\n")


def test_cli_ingest_skips_what_is_not_for_it(podium: Podium, folder: Path) -> None:
    done = podium("ingest", "in", "--store", "store", "--json")
    assert done.code == 0
    said = json.loads(done.out)
    assert {row["article"]: row["outcome"] for row in said["articles"]} == {
        "french": "skipped", "good": "added", "pool": "skipped",
    }  # fmt: skip
    assert (said["added"], said["skipped"], said["refused"]) == (1, 2, 0)
    assert "is in French" in said["articles"][0]["error"]
    assert [item["id"] for item in json.loads(podium("articles", "--json", "--store", "store").out)] == ["good"]
    again = podium("ingest", "in", "--store", "store", "--unscreened")
    assert again.out.splitlines()[-1] == "store: 2 added, 0 replaced, 1 unchanged, 0 skipped, 0 refused"
