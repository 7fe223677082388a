"""What the shapes let pass and what they catch."""

from collections.abc import Callable
from pathlib import Path

import pyshacl
import pytest
import yaml
from rdflib import RDF, SH, Graph
from rdflib.term import Node

from ontology import resources
from ontology.iris import prefixes

TURTLE_PREFIXES = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes().items())
CASES = Path(__file__).parent / "cases"
SOUND = (CASES / "sound.ttl").read_text(encoding="utf-8")
DEFECTS = yaml.safe_load((CASES / "defects.yaml").read_text(encoding="utf-8"))

Check = Callable[..., set[tuple[str, str]]]


def severity(report: Graph, result: Node) -> str:
    return str(report.value(result, SH.resultSeverity)).rpartition("#")[2]


@pytest.fixture(scope="module")
def check() -> Check:
    """(severity, message) of what the shapes say about SOUND without some of its text and with some more."""
    vocabulary = Graph()
    for path in (resources.ATHLETICS, resources.DISCIPLINES, resources.COUNTRIES):
        vocabulary.parse(path)
    shapes = Graph().parse(resources.SHAPES)

    def run(more: str = "", without: str | None = None) -> set[tuple[str, str]]:
        assert without is None or without in SOUND
        facts = SOUND.replace(without, "") if without else SOUND
        data = vocabulary + Graph().parse(data=TURTLE_PREFIXES + facts + more)
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, allow_warnings=True, advanced=True)
        return {
            (severity(report, result), str(report.value(result, SH.resultMessage)))
            for result in report.subjects(RDF.type, SH.ValidationResult)
        }

    return run


def test_shapes_let_sound_facts_pass(check: Check) -> None:
    assert check() == set()


def test_shapes_catch_what_must_never_be_stored(check: Check) -> None:
    # All defects at once, because each run of the validator takes half a second.
    found = {
        message for severity, message in check("\n".join(DEFECTS["Violation"].values())) if severity == "Violation"
    }
    assert DEFECTS["Violation"].keys() - found == set()


def test_shapes_warn_of_disputes_and_doubtful_marks(check: Check) -> None:
    found = check("\n".join(DEFECTS["Warning"].values()))
    assert DEFECTS["Warning"].keys() - {message for severity, message in found if severity == "Warning"} == set()
    assert {message for severity, message in found if severity == "Violation"} == set()


@pytest.mark.parametrize(
    ("without", "more", "message"),
    [
        (
            ' ; ath:date "2023-08-22"^^xsd:date',
            'race:r ath:date "2023-09-22"^^xsd:date .',
            "the date is not among the days of the edition",
        ),
        (
            "ath:discipline disc:1500m ; ath:sex ath:Female",
            "race:r ath:discipline disc:110m-hurdles ; ath:sex ath:Female .",
            "the discipline is not contested by this sex",
        ),
    ],
)
def test_shapes_warn_of_races_that_do_not_fit_the_register(check: Check, without: str, more: str, message: str) -> None:
    assert ("Warning", message) in check(more, without)


def test_shapes_want_all_slots_of_a_race_that_is_not_partly_known(check: Check) -> None:
    assert any(severity == "Violation" for severity, _ in check(without=" ; ath:round ath:Final"))
    assert any(severity == "Violation" for severity, _ in check(without=", ath:UnderspecifiedRace"))


@pytest.mark.shared
def test_shapes_find_the_contract_s_seeds_sound_but_for_the_disputed_rank(check: Check, shared: Path) -> None:
    data = Graph().parse(shared / "design" / "ontology" / "seeds.ttl")
    for path in (resources.ATHLETICS, resources.DISCIPLINES):
        data.parse(path)
    _, report, _ = pyshacl.validate(
        data, shacl_graph=Graph().parse(resources.SHAPES), allow_warnings=True, advanced=True
    )
    messages = {
        str(report.value(result, SH.resultMessage)) for result in report.subjects(RDF.type, SH.ValidationResult)
    }
    assert messages == {"disputed rank"}
