"""The index of a store behind processes: read in the front, written by the writer."""

from pathlib import Path

import pyoxigraph as ox

from graph.articles import Input, Options
from graph.browsing import search, search_sentences
from graph.engine.engine import Engine
from graph.engine.settings import EngineSettings

OTIWA = "https://w3id.org/podium/id/person/achieng-otiwa"


def _report(name: str, runner: str) -> Input:
    text = f"{runner} won the women's 800m at the Oslo Diamond League meeting in 1:58.20 on Thursday.\n"
    return Input(f"{name}.txt", text.encode(), name, ".txt", sidecar=Options(id=name))


def _labels(engine: Engine, text: str) -> list[str]:
    return [hit.entity.label for hit in search(engine, text, kinds={"person"})]


def test_an_engine_is_searched_as_of_its_last_write_also_after_a_restored_backup(tmp_path: Path) -> None:
    with Engine.start(tmp_path / "store", EngineSettings(memory="off")) as engine:
        assert _labels(engine, "otiwa") == []
        list(engine.ingest([_report("one", "Achieng Otiwa")]))
        assert _labels(engine, "otwia") == ["Achieng Otiwa"]
        engine.update(f'INSERT DATA {{ GRAPH <urn:nick> {{ <{OTIWA}> rdfs:label "The Gazelle" }} }}')
        assert _labels(engine, "gazele") == ["Achieng Otiwa"]
        engine.put_graph("urn:nick", [(f'<{OTIWA}> <http://www.w3.org/2004/02/skos/core#altLabel> "Flash" .'.encode(),
                                       ox.RdfFormat.TURTLE)], "urn:b", append=False)  # fmt: skip
        assert _labels(engine, "gazelle") == []
        assert _labels(engine, "flash") == ["Achieng Otiwa"]
        engine.backup(tmp_path / "copy")
        list(engine.ingest([_report("two", "Marta Lindqvist")]))
        assert search_sentences(engine, "won 800m").total == 2
        engine.restore(tmp_path / "copy")
        assert _labels(engine, "lindqvist") == []
        assert search_sentences(engine, "won 800m").total == 1
        engine.retract("one", "a test")
        assert search_sentences(engine, "won 800m").total == 0
