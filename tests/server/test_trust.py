"""How far what is shown can be relied on, as figures that were found beside the service."""

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from harbour import make_store
from page_checks import FOREIGN_SCRIPT

from graph.browsing import conflicts, side_of
from graph.engine.engine import Engine
from graph.pipeline import choose, open_store, unchoose
from graph.pipeline.surveying import survey
from graph.store.embedded import Store
from server.app import create_app
from server.cli import cli
from server.settings import Settings
from server.surveys import Surveyor, read

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(make_store(tmp_path_factory.mktemp("trust") / "store")) as opened:
        yield opened


@pytest.fixture(scope="module")
def web(store: Store) -> FlaskClient:
    return create_app(store, Settings(store=store.path)).test_client()


def test_trust_says_what_is_covered_and_how_well_it_is_supported(web: FlaskClient, store: Store) -> None:
    told = web.get("/trust.json").get_json()
    found = told["survey"]
    assert (found["articles"], found["copies"], found["months"]) == (2, 0, {"2031-06": 2})
    assert [(one["source"], one["articles"]) for one in found["sources"]] == [("", 1), ("The Bay Post", 1)]
    facts = store.ledger.execute(
        "SELECT count(*) FROM (SELECT DISTINCT about, predicate, value FROM claims)"
    ).fetchone()
    assert sum(found["facts"].values()) == facts[0]
    assert found["facts"]["2"] > 0  # that both articles say
    assert found["kinds"]["Athlete"] == 4
    assert found["extractors"] == {"test": 2}
    (shape,) = found["shapes"]
    assert (shape["severity"], shape["message"], shape["count"]) == ("warning", "mark: disputed mark", 1)
    assert told["version"] == found["version"] == store.version
    assert "odd" not in found


def test_trust_tells_of_disagreements_and_of_curators(web: FlaskClient, store: Store) -> None:
    assert web.get("/trust.json").get_json()["conflicts"] == {"open": 1, "settled": 0, "decided": {"Undecided": 1}}
    (item,) = conflicts(store).shown
    side = side_of(item, "1")
    choose(store, item.about.iri, side.predicate, side.object, "so it is")
    told = web.get("/trust.json").get_json()
    assert told["conflicts"] == {"open": 0, "settled": 1, "decided": {"ByChoice": 1}}
    assert told["curators"] == {"chosen": 1, "withdrawn": 1}
    assert unchoose(store, item.about.iri, side.predicate)
    assert web.get("/trust.json").get_json()["curators"]["undone"] == 1


def test_trust_has_a_page_that_is_asked_for_again_cheaply(web: FlaskClient) -> None:
    page = web.get("/trust")
    assert page.status_code == 200
    assert "Mira Tøvald" in page.text  # an example of what a shape warns of, by its label
    assert "No evaluation is kept" in page.text
    assert not FOREIGN_SCRIPT.search(page.text)
    assert " style=" not in page.text
    assert page.headers["Cache-Control"] == "no-cache"
    again = web.get("/trust", headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_trust_shows_the_evaluation_that_was_kept(web: FlaskClient, store: Store) -> None:
    before = web.get("/trust").headers["ETag"]
    arguments = ["evaluate", str(ROOT / "seeds/expected"), "--articles", str(ROOT / "seeds"), "--keep", str(store.path)]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    told = web.get("/trust.json").get_json()["evaluation"]
    assert told["gold"] == "expected"
    assert told["articles"] > 5
    assert 0.5 < told["total"]["precision"] <= 1
    assert any(rule["right"] for rule in told["rules"])
    page = web.get("/trust", headers={"If-None-Match": before})
    assert page.status_code == 200
    assert "Precision by rule" in page.text
    (store.path / "evaluation.json").write_text("{")
    assert web.get("/trust.json").get_json()["evaluation"] is None


def test_trust_of_an_empty_store_says_so(empty: FlaskClient) -> None:
    assert "There are no articles yet" in empty.get("/trust").text
    assert empty.get("/trust.json").get_json()["survey"]["facts"] == {}


def test_surveys_are_made_beside_a_service_and_kept(harbour: Path, tmp_path: Path) -> None:
    copy = tmp_path / "store"
    shutil.copytree(harbour, copy)
    with Engine.start(copy) as engine:
        web = create_app(engine, Settings(store=copy)).test_client()
        assert "has not been looked at" in web.get("/trust").text
        with Surveyor(engine, copy, 1, quiet=0):
            until = time.monotonic() + 240
            while (found := read(copy)) is None and time.monotonic() < until:
                time.sleep(0.1)
        assert found is not None
        assert found.version == engine.version
        assert web.get("/trust.json").get_json()["survey"]["articles"] == 2
    with open_store(copy) as store:
        same = survey(store)
    assert json.loads(json.dumps(asdict(replace(same, at=found.at, seconds=found.seconds)))) == asdict(found)
    with Engine.start(copy) as engine, Surveyor(engine, copy, 0):
        pass  # which never looks, and keeps nobody waiting
