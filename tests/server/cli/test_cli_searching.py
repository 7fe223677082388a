import json
from pathlib import Path

from podium_command import Podium


def test_cli_search_gives_things_and_sentences(podium: Podium, small_store: Path) -> None:
    done = podium("search", "lindkvits", "--store", small_store)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == ("Mara Lindqvist, as “Mara Lindkvist”  (athlete, Sweden, Harbour Harriers)")
    found = podium("search", "guides", "--kind", "sentence", "--store", small_store).out
    assert found.startswith(
        "“Tor Åkesson guides Mara Lindqvist of the Harbour Harriers.” – Lindqvist and her rivals, 2022"
    )


def test_cli_search_as_json_and_of_one_kind(podium: Podium, small_store: Path) -> None:
    told = json.loads(podium("search", "sweden", "--kind", "country", "--json", "--store", small_store).out)
    assert [hit["entity"]["label"] for hit in told["things"]] == ["Sweden"]
    assert told["sentences"]["total"] == 0


def test_cli_search_says_what_is_wrong(podium: Podium, small_store: Path) -> None:
    done = podium("search", "a", "--kind", "ghost", "--store", small_store)
    assert done.code == 2
    assert "sentence" in done.complaint
    done = podium("search", "zzzzqqqq", "--store", small_store)
    assert (done.code, done.out) == (
        0,
        "Nothing is called 'zzzzqqqq', nor anything like it, and no sentence holds these words.\n",
    )
