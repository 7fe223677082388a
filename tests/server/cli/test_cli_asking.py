import csv
import fcntl
import io
import json
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
from podium_command import PODIUM, Podium

COACHES = "SELECT ?coach ?athlete WHERE { ?c ath:coaches ?a . ?c rdfs:label ?coach . ?a rdfs:label ?athlete }"


def test_cli_show_gives_facts_with_their_sentences(podium: Podium, small_store: Path) -> None:
    done = podium("show", "lindkvits mara", "--store", small_store)
    assert done.code == 1  # two words in the wrong order are no typing error
    done = podium("show", "Mara Lindkvits", "--store", small_store)
    assert done.code == 0
    assert done.out.startswith("Mara Lindqvist  (athlete, Sweden, Harbour Harriers)\n")
    assert "is coached by Tor Åkesson  [in 2 articles]" in done.out
    assert (
        "“Tor Åkesson guides Mara Lindqvist of the Harbour Harriers.” – Lindqvist and her rivals, 2022-05-01"
        in done.out
    )
    assert "1st 1:57.10 gold  [inferred: medal-from-position]" in done.out
    assert done.out.count("[disputed]") == 2
    assert done.err == ""


def test_cli_show_leaves_out_sentences_if_asked(podium: Podium, small_store: Path) -> None:
    done = podium("show", "akesson tor", "--evidence", "none", "--store", small_store)
    assert "nearest names are" in done.complaint
    done = podium("show", "Tor Akesson", "--evidence", "none", "--store", small_store)
    assert "coaches Mara Lindqvist" in done.out
    assert "“" not in done.out


def test_cli_show_as_json_has_every_field(podium: Podium, small_store: Path) -> None:
    card = json.loads(podium("show", "person:mara-lindqvist", "--json", "--store", small_store).out)
    assert card["entity"]["label"] == "Mara Lindqvist"
    coaching = next(part for part in card["sections"] if part["heading"] == "Coaching")["facts"][0]
    assert coaching["text"] == "is coached by Tor Åkesson"
    assert coaching["object"] == "https://w3id.org/podium/id/person/tor-akesson"
    assert {view["article"].rpartition("/")[2] for view in coaching["evidence"]} == {"one", "two"}
    assert coaching["evidence"][0]["date"] == "2022-06-01"


def test_cli_related_answers_in_words(podium: Podium, small_store: Path) -> None:
    done = podium("related", "Tor Akesson", "--store", small_store)
    assert "Tor Åkesson coaches Mara Lindqvist" in done.out
    assert "Tor Åkesson used to coach Ana Ferreira-Lopes" in done.out
    done = podium("related", "Mara Lindqvist", "raced against", "--store", small_store)
    assert "(2 times)" in done.out
    found = json.loads(podium("related", "Mara Lindqvist", "beat", "--json", "--store", small_store).out)
    assert [item["other"]["label"] for item in found["relations"]] == ["Ana Ferreira-Lopes"]


def test_cli_related_refuses_a_word_that_is_none(podium: Podium, small_store: Path) -> None:
    done = podium("related", "Mara Lindqvist", "admires", "--store", small_store)
    assert done.code == 1
    assert "say one of: coaches, coached by" in done.complaint


def test_cli_related_tells_who_is_two_steps_away(podium: Podium, small_store: Path) -> None:
    around = ("related", "Mara Lindqvist", "--by", "club", "--store", small_store)
    assert podium(*around).out.startswith("Harbour Harriers\n    Mara Lindqvist belongs to Harbour Harriers\n")
    mates = podium(*around, "--steps", "2").out
    assert mates.startswith("J. J. O'Neill  (over Harbour Harriers)\n")
    assert json.loads(podium(*around, "--json").out)["total"] == 1
    assert "nothing is stored" in podium("related", "Otto Grau", "--by", "family", "--store", small_store).out
    assert podium("related", "Otto Grau", "club", "--by", "club", "--store", small_store).code == 2


def test_cli_path_tells_the_steps(podium: Podium, small_store: Path) -> None:
    done = podium("path", "Siv Akesson", "Elin Lindqvist", "--store", small_store)
    assert done.code == 0
    assert "1. Siv Åkesson – Tor Åkesson – Mara Lindqvist – Elin Lindqvist" in done.out
    assert "   Tor Åkesson coaches Mara Lindqvist" in done.out
    found = json.loads(podium("path", "Siv Akesson", "Elin Lindqvist", "-k", "1", "--json", "--store", small_store).out)
    assert len(found["paths"]) == 1


def test_cli_path_keeps_to_the_chosen_ties(podium: Podium, small_store: Path) -> None:
    pair = ("path", "Siv Akesson", "Elin Lindqvist", "--store", small_store)
    assert "1. Siv Åkesson – Tor Åkesson" in podium(*pair, "--by", "family", "--by", "coaching").out
    assert "by these ties and years" in podium(*pair, "--by", "family").out
    assert "say one of: coaching" in podium(*pair, "--by", "envy").complaint
    done = podium(*pair, "--since", "2021", "--until", "2020")
    assert (done.code, "no year from 2021 to 2020" in done.complaint) == (2, True)


def test_cli_path_says_where_there_is_none(podium: Podium, small_store: Path) -> None:
    done = podium("path", "Otto Grau", "Old Mill AC", "--store", small_store)
    assert (done.code, done.out) == (0, "Nothing stored connects Otto Grau and Old Mill AC, even over others.\n")
    done = podium("path", "Otto Grau", "grau", "--store", small_store)
    assert done.code == 2
    assert "both Otto Grau" in done.complaint


def test_cli_query_prints_a_table_with_short_names(podium: Podium, small_store: Path) -> None:
    done = podium("query", COACHES, "--store", small_store)
    assert next(line.split() for line in done.out.splitlines()) == ["coach", "athlete"]
    assert "Tor Åkesson" in done.out.splitlines()[-1]
    assert done.err == "1 row\n"
    done = podium("query", "SELECT ?c WHERE { ?c ath:coaches ?a }", "--store", small_store)
    assert "person:tor-akesson" in done.out


def test_cli_query_takes_a_file_and_standard_input(podium: Podium, small_store: Path, tmp_path: Path) -> None:
    (tmp_path / "coaches.rq").write_text(COACHES, encoding="utf-8")
    from_file = podium("query", "@coaches.rq", "--format", "csv", "--store", small_store)
    from_input = podium("query", "-", "--format", "csv", "--store", small_store, given=COACHES.encode())
    assert from_file.out == from_input.out
    assert list(csv.reader(io.StringIO(from_file.out))) == [["coach", "athlete"], ["Tor Åkesson", "Mara Lindqvist"]]


@pytest.mark.parametrize("form", ["json", "tsv", "xml"])
def test_cli_query_writes_results_as_programs_read_them(podium: Podium, small_store: Path, form: str) -> None:
    done = podium("query", COACHES, "--format", form, "--store", small_store)
    parsed = ox.parse_query_results(done.out.encode(), ox.QueryResultsFormat.from_extension(
        {"json": "srj", "xml": "srx"}.get(form, form)
    ))  # fmt: skip
    assert isinstance(parsed, ox.QuerySolutions)
    assert [row["coach"].value for row in parsed] == ["Tor Åkesson"]


@pytest.mark.parametrize("form", ["turtle", "ntriples"])
def test_cli_query_writes_graphs(podium: Podium, small_store: Path, form: str) -> None:
    done = podium("query", "CONSTRUCT WHERE { ?c ath:coaches ?a }", "--format", form, "--store", small_store)
    kind = ox.RdfFormat.TURTLE if form == "turtle" else ox.RdfFormat.N_TRIPLES
    assert len(list(ox.parse(done.out.encode(), kind))) == 1


def test_cli_query_answers_yes_or_no(podium: Podium, small_store: Path) -> None:
    assert podium("query", "ASK { person:otto-grau a ath:Athlete }", "--store", small_store).out == "yes\n"
    assert podium("query", "ASK { person:otto-grau a ath:Coach }", "--store", small_store).out == "no\n"


@pytest.mark.parametrize(
    ("query", "form", "hint"),
    [("ASK {}", "turtle", "gives no graph"), ("DESCRIBE person:otto-grau", "csv", "gives a graph")],
)
def test_cli_query_refuses_a_format_that_does_not_fit(
    podium: Podium, small_store: Path, query: str, form: str, hint: str
) -> None:
    done = podium("query", query, "--format", form, "--store", small_store)
    assert (done.code, done.out) == (2, "")
    assert hint in done.complaint


def test_cli_export_writes_a_file_or_standard_output(podium: Podium, small_store: Path, tmp_path: Path) -> None:
    done = podium("export", "--out", "facts.ttl", "--store", small_store)
    assert done.code == 0
    assert done.err.startswith("facts.ttl: ")
    streamed = podium("export", "--store", small_store)
    assert (tmp_path / "facts.ttl").read_text("utf-8") == streamed.out
    one = podium("export", "--graph", "one", "--format", "nquads", "--store", small_store)
    assert "graph/article_one>" in one.out
    person = podium("export", "--entity", "Otto Grau", "--format", "ntriples", "--store", small_store)
    assert "otto-grau" in person.out


def test_cli_export_takes_a_graph_or_an_entity(podium: Podium, small_store: Path) -> None:
    done = podium("export", "--entity", "Otto Grau", "--graph", "all", "--store", small_store)
    assert done.code == 2
    assert "not both" in done.complaint


def test_cli_articles_lists_the_newest_first(podium: Podium, small_store: Path) -> None:
    assert podium("articles", "--store", small_store).out.splitlines() == [
        "2022-06-01  two: Sisters on the track",
        "2022-05-01  one: Lindqvist and her rivals",
    ]
    assert [item["id"] for item in json.loads(podium("articles", "--json", "--store", small_store).out)] == [
        "two",
        "one",
    ]


def test_cli_takes_the_store_from_the_environment(podium: Podium, small_store: Path) -> None:
    done = podium("show", "Otto Grau", PODIUM_STORE=str(small_store))
    assert done.out.startswith("Otto Grau")


def test_cli_output_survives_a_terminal_without_the_letters(process: Podium, small_store: Path) -> None:
    old = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    done = process("show", "Tor Akesson", "--store", small_store, **old)
    assert (done.code, done.err) == (0, "")
    shown = done.out.encode("utf-8", "surrogateescape").decode("latin-1")
    assert shown.startswith("Tor Åkesson")
    assert "\\u201cTor Åkesson guides" in shown  # a quotation mark that Latin-1 lacks
    rows = process("query", COACHES, "--format", "csv", "--store", small_store, **old)
    assert "Tor Åkesson" in rows.out  # for programs it is UTF-8 whatever the terminal


def test_cli_ends_quietly_when_its_reader_goes_away(small_store: Path) -> None:
    command = [PODIUM, "export", "--graph", "all", "--format", "ntriples", "--store", small_store]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, 4096)  # so that not all of it is written before
        process.stdout.read(10)
        process.stdout.close()
        errors = process.stderr.read()
        process.wait(60)
    assert errors == b""
    assert process.returncode == 141
