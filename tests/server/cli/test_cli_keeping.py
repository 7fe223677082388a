"""The life of an article: read, stored, changed, withdrawn; and read without a store."""

import json
import re
from pathlib import Path

import pytest
from podium_command import Podium

from graph.pipeline import open_store
from server.app import create_app
from server.settings import Settings

ONE = (
    "Mara Lindqvist won the women's 800m at the Harbour Games in 1:57.10 on Saturday. She is coached by Tor Akesson.\n"
)
TWO = "Ana Ferreira won the women's 1500m at the Harbour Games in 4:01.22 on Sunday.\n"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour News</title>
<item><title>First day</title><link>https://news.example/a</link><description>{}</description></item>
<item><title>Second day</title><link>https://news.example/b</link><description>{}</description></item>
</channel></rss>"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "one.txt").write_text(ONE)
    (folder / "one.meta.json").write_text('{"published": "2024-06-08", "source": "Harbour News", "title": "First day"}')
    (folder / "two.txt").write_text(TWO)
    return folder


def test_cli_ingest_says_what_became_of_each_article(podium: Podium, reports: Path) -> None:
    done = podium("ingest", "reports", "--store", "store")
    assert done.code == 0
    assert [line.split(":")[0] for line in done.out.splitlines()] == ["added      one", "added      two", "store"]
    assert done.err == ""
    again = podium("ingest", "reports", "--store", "store")
    assert [line.split()[0] for line in again.out.splitlines()] == ["unchanged", "unchanged", "store:"]
    (reports / "two.txt").write_text(TWO.replace("4:01.22", "4:01.25"))
    changed = podium("ingest", "reports/two.txt", "--store", "store", "--json")
    data = json.loads(changed.out)
    assert data["articles"][0]["warnings"] == 0
    assert (data["replaced"], data["added"]) == (1, 0)
    assert data["articles"][0]["article"] == "two"
    assert podium("check", "--store", "store").code == 0


def test_cli_ingest_says_what_a_changed_article_changed(podium: Podium, reports: Path) -> None:
    podium("ingest", "reports", "--store", "store")
    (reports / "one.txt").write_text(ONE.replace("1:57.10", "1:57.90").replace("Tor Akesson", "Nils Moe"))
    done = podium("ingest", "reports", "--verbose", "--store", "store")
    assert (done.code, done.err) == (0, "")
    first, *lines = done.out.splitlines()
    assert first.endswith("(1 altered, 2 new, 2 gone; in the graph 1 altered, 2 new, 2 gone)")
    altered = "~ Mara Lindqvist recorded 1:57.90 in Harbour Games 2024, women's 800m, final (was 1:57.10)"
    for where in ("  in the article:", "  in the graph:"):
        at = lines.index(where)
        assert lines[at + 1] == f"    {altered}"
        assert "    - Tor Akesson is the current coach of Mara Lindqvist" in lines[at:]
        assert "    + Nils Moe is a coach" in lines[at:]
    (reports / "one.txt").write_text(ONE)
    data = json.loads(podium("ingest", "reports", "--json", "--store", "store").out)
    one, two = sorted(data["articles"], key=lambda row: row["article"])
    assert two["changes"] is None
    assert [len(one["changes"]["graph"][kind]) for kind in ("altered", "gained", "lost")] == [1, 2, 2]
    (changed,) = one["changes"]["article"]["altered"]
    assert changed["predicate"].endswith("#mark")
    assert [len(changed["before"]), len(changed["after"])] == [1, 1]


def test_cli_ingest_takes_metadata_from_sidecar_and_options(podium: Podium, reports: Path) -> None:
    podium("ingest", "reports/one.txt", "--store", "store", "--published", "2024-06-09")
    (entry,) = json.loads(podium("articles", "--json", "--store", "store").out)
    assert (entry["date"], entry["source"], entry["headline"]) == ("2024-06-09", "Harbour News", "First day")


def test_cli_ingest_reads_standard_input(podium: Podium) -> None:
    done = podium("ingest", "-", "--id", "typed-in", "--title", "Typed", "--store", "store", given=TWO.encode())
    assert done.out.startswith("added      typed-in: ")
    assert "Typed" in podium("articles", "--store", "store").out


def test_cli_ingested_facts_are_shown_with_their_sentence(podium: Podium, reports: Path) -> None:
    podium("ingest", "reports", "--store", "store")
    done = podium("show", "lindqvist", "--store", "store")
    assert done.code == 0
    assert "1:57.10" in done.out
    assert f"“{ONE.split('. ')[0]}.” – First day, 2024-06-08" in done.out


def test_cli_retract_withdraws_until_told_otherwise(podium: Podium, reports: Path) -> None:
    podium("ingest", "reports", "--store", "store")
    done = podium("retract", "one", "--reason", "a misprinted time", "--store", "store")
    assert done.code == 0
    assert done.out.startswith("one is withdrawn: ")
    assert "  - Tor Akesson is the current coach of Mara Lindqvist\n" in done.out
    assert podium("show", "lindqvist", "--store", "store").code == 1
    assert "withdrawn   one: a misprinted time" in podium("articles", "--store", "store").out
    refused = podium("ingest", "reports/one.txt", "--store", "store")
    assert refused.code == 1
    assert "--replace" in refused.complaint
    assert podium("ingest", "reports/one.txt", "--replace", "--store", "store").code == 0
    assert podium("show", "lindqvist", "--store", "store").code == 0
    assert podium("check", "--store", "store").code == 0


def test_cli_retract_as_json_lists_what_was_lost(podium: Podium, reports: Path) -> None:
    podium("ingest", "reports", "--store", "store")
    data = json.loads(podium("retract", "article:one", "--reason", "x", "--json", "--store", "store").out)
    assert data["article"] == "one"
    texts = [changed["text"] for changed in data["facts"]["lost"]]
    assert "Mara Lindqvist recorded 1:57.10 in Harbour Games 2024, women's 800m, final" in texts
    assert "Tor Akesson is the current coach of Mara Lindqvist" in texts
    assert data["facts"]["altered"] == data["facts"]["gained"] == []
    assert Path(data["archive"]).name.startswith("one_")


def test_cli_extract_names_files_by_their_inputs(podium: Podium, reports: Path, tmp_path: Path) -> None:
    (reports / "news.xml").write_text(FEED.format(ONE, TWO))
    (reports / "other").mkdir()
    (reports / "other" / "ONE.txt").write_text(TWO.replace("Ana", "Eva"))
    done = podium("extract", "reports/news.xml", "reports/one.txt", "reports/two.txt", "--out", "found/here")
    assert (done.code, done.out) == (0, "")
    assert sorted(path.name for path in (tmp_path / "found" / "here").iterdir()) == [
        "news-1.json", "news-2.json", "one.json", "two.json",
    ]  # fmt: skip
    data = json.loads((tmp_path / "found" / "here" / "one.json").read_text("utf-8"))
    assert data["title"] == "First day"
    result = data["results"][0]
    assert (result["athlete"], result["mark"]) == ("Mara Lindqvist", "1:57.10")
    quote = result["evidence"][0]
    assert ONE[quote["start"] : quote["end"]] == quote["quote"]
    assert quote["rule"]
    assert 0 < quote["confidence"] <= 1


def test_cli_extract_gives_the_same_files_whatever_the_jobs(process: Podium, reports: Path, tmp_path: Path) -> None:
    for number in range(5):
        (reports / f"more-{number}.txt").write_text(TWO.replace("Ferreira", f"Ferreira{'abcde'[number]}"))
    (reports / "empty.txt").write_text("")
    one = process("extract", "reports", "--out", "one")
    two = process("extract", "reports", "--out", "two", "--jobs", "2")
    assert one.code == two.code == 1
    assert one.err.replace("to one", "") == two.err.replace("to two", "")
    files = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert len(files) == 7
    assert {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()} == files


def test_cli_help_shows_examples_for_every_command(podium: Podium) -> None:
    listed = podium("--help").out.partition("Commands:")[2].partition("Exit codes")[0]
    commands = [line.split()[0] for line in listed.splitlines() if line.startswith("  ") and line.strip()]
    expected = (
        "articles backup check choose confirm conflicts evaluate export extract history ingest merge path query "
        "rebuild reject related restore retract rules search serve show split token undo why"
    )
    assert sorted(commands) == expected.split()
    for command in commands:
        done = podium(command, "--help")
        assert done.code == 0
        assert f"    podium {command}" in done.out


def test_cli_version_is_that_of_the_package(podium: Podium) -> None:
    assert podium("--version").out.startswith("podium 0.")
    bare = podium()
    assert (bare.code, bare.out) == (2, "")
    assert bare.err.startswith("Usage: podium")


WIRE = f"""{ONE}
Lindqvist led from the bell and was never caught on a cold evening at the harbour, where four thousand people had come
to see her first race since the spring. Ana Ferreira was second in 1:58.02 and Dora Calloway third in 1:58.40. "I felt
strong all the way round and the crowd carried me home," Lindqvist said afterwards.
"""


def test_cli_shows_which_article_is_a_copy_of_which(podium: Podium, reports: Path) -> None:
    (reports / "one.txt").write_text(WIRE)
    (reports / "two.txt").write_text(f"{WIRE}\nThe games go on at the weekend with the jumps.\n")
    (reports / "two.meta.json").write_text('{"published": "2024-06-09", "source": "Quay News", "title": "Harbour win"}')
    assert podium("ingest", "reports", "--store", "store").code == 0
    done = podium("articles", "--store", "store")
    assert done.err == ""
    assert done.out.splitlines() == [
        "2024-06-09  two: Harbour win (Quay News) [copy of one]",
        "2024-06-08  one: First day (Harbour News)",
    ]
    entries = json.loads(podium("articles", "--json", "--store", "store").out)
    assert [entry["copy_of"] for entry in entries] == ["one", None]
    card = podium("show", "Mara Lindqvist", "--store", "store").out
    assert "Harbour win" in card
    assert "articles]" not in card  # two articles, but one witness: no fact is said to be in several
    views = json.dumps(json.loads(podium("show", "Mara Lindqvist", "--json", "--store", "store").out))
    assert '"copy_of": "https://w3id.org/podium/id/article/one"' in views
    with open_store(reports.parent / "store") as store:
        app = create_app(store, Settings()).test_client()
        assert re.search(r'<span class="tag">copy</span>', app.get("/person/mara-lindqvist").text)
        assert 'href="/article/one"' in app.get("/article/two").text
    podium("retract", "one", "--reason", "taken back", "--store", "store")
    assert podium("articles", "--store", "store").out.splitlines()[0] == "2024-06-09  two: Harbour win (Quay News)"
