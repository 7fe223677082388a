"""`--with`: optional extractors from the command line, counted at the end, cached, and never without their settings."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import ModelServer, Played, claims, completion, running
from podium_command import Podium

RACE = "Marta Lindqvist was unstoppable in the women's 1500m at the Torrevale Grand Prix on Saturday."
TEXT = f"{RACE} Achieng Otiwa won the 800m in 2:01.10. Ines Sorel hopes to win the 5000m.\n"
REST = dict.fromkeys(["mark", "medal", "competition", "year", "place", "sex", "round", "date"])
WON = {
    "kind": "result", "quote": RACE, "athlete": "Marta Lindqvist", "position": 1, "discipline": "1500m", **REST,
}  # fmt: skip
HOPED = {**WON, "athlete": "Ines Sorel", "discipline": "5000m", "quote": "Ines Sorel hopes to win the 5000m."}
INVENTED = {**WON, "quote": "Marta Lindqvist won the 1500m in a canter."}
KEY = "very-secret-key"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with running() as played:
        yield played


@pytest.fixture
def environment(server: ModelServer, tmp_path: Path) -> dict[str, str]:
    (tmp_path / "report.txt").write_text(TEXT)
    return {
        "PODIUM_ENDPOINT_URL": server.url, "PODIUM_ENDPOINT_MODEL": "tiny/model", "PODIUM_ENDPOINT_KEY": KEY,
        "PODIUM_CACHE": "kept",
    }  # fmt: skip


def test_cli_extract_with_an_endpoint_counts_what_was_proposed(
    podium: Podium, server: ModelServer, environment: dict[str, str], tmp_path: Path
) -> None:
    server.play(claims(WON, WON, HOPED, INVENTED, {"kind": "result"}, "text"))
    done = podium("extract", "report.txt", "--out", "found", "--with", "endpoint", **environment)
    assert done.code == 0, done
    counted, written = done.err.splitlines()
    assert counted.startswith("podium: endpoint/tiny/model/")
    assert counted.endswith(
        ": 6 proposed, 1 accepted, 1 already known, 4 rejected (1 no claim in JSON, 1 quote not in the text, "
        "1 not as the schema wants it, 1 hoped, planned or possible)"
    )
    assert written == "1 written to found, 0 skipped, 0 not readable"
    data = json.loads((tmp_path / "found" / "report.json").read_text())
    (won,) = [result for result in data["results"] if result["athlete"] == "Marta Lindqvist"]
    assert won["evidence"][0]["rule"] == "endpoint.claims"
    assert won["evidence"][0]["proposer"] == data["proposers"][0]
    assert "endpoint.claims" in podium("evaluate", "found", "found", "--by-rule").out


def test_cli_extract_lists_what_was_rejected(podium: Podium, server: ModelServer, environment: dict[str, str]) -> None:
    server.play(claims(INVENTED))
    done = podium("extract", "report.txt", "--out", "found", "--with", "endpoint", "--verbose", **environment)
    assert done.err.splitlines()[0] == (
        "podium: report: rejected (quote not in the text): result: athlete Marta Lindqvist, position 1, "
        'discipline 1500m "Marta Lindqvist won the 1500m in a canter."'
    )


def test_cli_extract_again_is_the_same_and_offline(
    podium: Podium, process: Podium, server: ModelServer, environment: dict[str, str], tmp_path: Path
) -> None:
    server.play(claims(WON, HOPED), Played(status=500))
    first = podium("extract", "report.txt", "--out", "one", "--with", "endpoint", **environment)
    again = process("extract", "report.txt", "--out", "two", "--with", "endpoint", "--jobs", "2", **environment)
    assert (first.code, again.code, len(server.requests)) == (0, 0, 1)
    assert (tmp_path / "one" / "report.json").read_bytes() == (tmp_path / "two" / "report.json").read_bytes()
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert KEY.encode() not in everything + (first.out + first.err + again.err).encode()


def test_cli_extract_without_the_option_asks_nobody(
    podium: Podium, server: ModelServer, environment: dict[str, str], tmp_path: Path
) -> None:
    assert podium("extract", "report.txt", "--out", "found", **environment).code == 0
    assert not server.requests
    text = (tmp_path / "found" / "report.json").read_text()
    assert "proposer" not in text


def test_cli_ingest_with_an_endpoint_keeps_who_proposed(
    podium: Podium, server: ModelServer, environment: dict[str, str]
) -> None:
    server.play(claims(WON, INVENTED))
    done = podium("ingest", "report.txt", "--store", "store", "--with", "endpoint", **environment)
    assert done.code == 0, done
    assert "2 proposed, 1 accepted, 0 already known, 1 rejected" in done.err
    shown = podium("show", "Marta Lindqvist", "--store", "store").out
    assert "unstoppable" in shown
    asked = podium("query", "SELECT ?l { ?x a ath:Extractor ; rdfs:label ?l }", "--store", "store", "--format", "csv")
    assert "endpoint/tiny/model/" in asked.out
    assert podium("check", "--store", "store", "--no-warnings").code == 0


def test_cli_ingest_gives_the_counts_as_json(podium: Podium, server: ModelServer, environment: dict[str, str]) -> None:
    server.play(claims(WON, INVENTED))
    done = podium("ingest", "report.txt", "--store", "store", "--with", "endpoint", "--json", **environment)
    ((_, counts),) = json.loads(done.out)["proposals"].items()
    assert counts == {"accepted": 1, "quote": 1}
    plain = podium("ingest", "report.txt", "--store", "other", "--json", **environment)
    assert "proposals" not in json.loads(plain.out)


@pytest.mark.parametrize("command", [("extract", "--out", "found"), ("ingest", "--store", "store")])
def test_cli_an_endpoint_that_fails_costs_only_its_own_facts(
    podium: Podium, server: ModelServer, environment: dict[str, str], command: tuple[str, ...]
) -> None:
    server.play(Played(status=401))
    name, *options = command
    done = podium(name, "report.txt", *options, "--with", "endpoint", **environment)
    assert done.code == 1
    assert "answered 401" in done.err
    assert "the article's facts are those of the rules" in done.err
    assert KEY not in done.err
    assert "1 written" in done.err or "1 added" in done.out


def test_cli_an_answer_that_is_no_json_is_counted(
    podium: Podium, server: ModelServer, environment: dict[str, str]
) -> None:
    server.play(completion("I am only a small model."))
    done = podium("extract", "report.txt", "--out", "found", "--with", "endpoint", **environment)
    assert done.code == 0
    assert "1 proposed, 0 accepted, 0 already known, 1 rejected (1 no claim in JSON)" in done.err


@pytest.mark.parametrize("name", ["spacy", "spacy:", "endpoint:gpt", "oracle", ""])
def test_cli_unknown_extractors_are_wrong_usage(podium: Podium, name: str) -> None:
    done = podium("extract", "report.txt", "--out", "found", "--with", name)
    assert done.code == 2
    assert done.complaint.startswith("--with takes spacy:MODEL or endpoint, not")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "PODIUM_ENDPOINT_URL is not set"),
        ({"PODIUM_ENDPOINT_URL": "localhost:8000"}, "PODIUM_ENDPOINT_URL is 'localhost:8000'"),
        ({"PODIUM_ENDPOINT_URL": "http://127.0.0.1:9/v1"}, "PODIUM_ENDPOINT_MODEL is not set"),
    ],
)
def test_cli_settings_that_are_missing_are_told(podium: Podium, given: dict[str, str], told: str) -> None:
    done = podium("extract", "report.txt", "--out", "found", "--with", "endpoint", **given)
    assert done.code == 1
    assert done.complaint.startswith(told)


def test_cli_a_pipeline_that_is_not_installed_is_told(podium: Podium, tmp_path: Path) -> None:
    done = podium("extract", "report.txt", "--out", "found", "--with", "spacy:en_no_such_model")
    assert done.code == 1
    assert "install it with" in done.complaint
    assert not (tmp_path / "found").exists()


def test_cli_without_the_option_nothing_of_it_is_imported(process: Podium, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT)
    for command in (("extract", "report.txt", "--out", "found"), ("ingest", "report.txt", "--store", "store")):
        done = process(*command, PYTHONPROFILEIMPORTTIME="1")
        assert done.code == 0
        imported = {line.rpartition("|")[2].strip() for line in done.err.splitlines()}
        assert "graph.extraction" in imported
        assert not {"graph.proposals", "graph.pipeline.proposing", "jsonschema", "spacy", "httpx"} & imported
