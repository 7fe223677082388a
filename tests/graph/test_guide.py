"""The guide's JSON: nothing is lost on the way out and back, and what does not fit is named."""

import json
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import PodiumError
from graph.guide import dumps, from_json, to_json
from graph.model import Best, Club, Evidence, Extraction, Mention, Person, Race, Result

st.register_type_strategy(
    Evidence, st.builds(Evidence, confidence=st.floats(min_value=0.01, max_value=1), sieve=st.none())
)
EXTRACTIONS = st.from_type(Extraction)

MINIMAL: dict[str, Any] = {"article": "a-1"}


def full_extraction() -> Extraction:
    evidence = Evidence("Lindqvist won.", 4, 18, "win", 0.9, "Resolved", ("position",))
    return Extraction(
        article="a-1",
        extractor="1",
        title="Lindqvist wins",
        published=date(2024, 6, 1),
        people=(Person("Marta Lindqvist", ("athlete",), "NOR", "F", (evidence,), (Mention("Lindqvist", 4, 13),)),),
        clubs=(Club("Norbridge Harriers", "club", "Norbridge"), Club("Haugland's group", "training-group")),
        races=(Race("r1", "Torrevale Games", 2024, discipline="1500m", heat=2, indoor=True, date=date(2024, 5, 30)),),
        results=(
            Result("r1", "Marta Lindqvist", 1, "3:58.41", evidence=(evidence,)),
            Result("r1", "Ines Sorel", "DNF"),
        ),
        bests=(Best("Marta Lindqvist", "PB", "1500m", "3:58.41"), Best("Ines Sorel", "NR", "mile", indoor=True)),
    )


@settings(max_examples=50)
@given(EXTRACTIONS)
def test_guide_round_trip_loses_nothing(extraction: Extraction) -> None:
    assert from_json(json.loads(dumps(extraction))) == extraction


@settings(max_examples=50)
@given(EXTRACTIONS)
def test_guide_text_is_the_same_for_equal_extractions(extraction: Extraction) -> None:
    again = from_json(to_json(extraction))
    assert dumps(again) == dumps(extraction)


def test_guide_json_has_the_fields_of_the_guide() -> None:
    data = to_json(full_extraction())
    lists = {"people", "clubs", "coaching", "memberships", "family", "races", "results", "bests"}
    assert lists <= data.keys()
    assert data["article"] == "a-1"
    assert data["published"] == "2024-06-01"
    assert data["clubs"] == ["Norbridge Harriers", "Haugland's group"]
    assert data["club_details"][1]["kind"] == "training-group"
    assert data["people"][0]["country"] == "NOR"
    assert data["people"][0]["mentions"] == [{"written": "Lindqvist", "start": 4, "end": 13}]
    assert data["races"][0]["date"] == "2024-05-30"
    assert data["races"][0]["round"] is None
    assert data["results"][1]["position"] == "DNF"
    assert "indoor" not in data["bests"][0]
    assert data["bests"][1]["indoor"] is True
    assert data["results"][0]["evidence"][0] == {
        "quote": "Lindqvist won.", "start": 4, "end": 18, "rule": "win", "confidence": 0.9, "basis": "Resolved",
        "slots": ["position"], "sieve": None,
    }  # fmt: skip


def test_guide_json_of_an_empty_extraction_has_every_list() -> None:
    data = to_json(Extraction("a-1", "1"))
    assert data["title"] is None
    lists = [field.name for field in fields(Extraction) if field.type.startswith("tuple")]
    assert [name for name in lists if data.get(name) != []] == ["proposers"]


def test_guide_json_names_optional_extractors_where_there_are_any() -> None:
    told = Evidence("Lindqvist won.", 4, 18, "endpoint.claims", 0.6, proposer="endpoint/m/1")
    extraction = Extraction(
        "a-1", "1", people=(Person("Lindqvist", ("athlete",), evidence=(told,)),), proposers=("endpoint/m/1",)
    )
    data = to_json(extraction)
    assert data["proposers"] == ["endpoint/m/1"]
    assert data["people"][0]["evidence"][0]["proposer"] == "endpoint/m/1"
    assert from_json(data) == extraction


def test_guide_text_is_readable_utf8_with_a_final_newline() -> None:
    text = dumps(Extraction("a-1", "1", people=(Person("Narve Gilje Nordås", ("athlete",)),)))
    assert "Nordås" in text
    assert text.startswith('{\n "article": "a-1",\n')
    assert text.endswith("}\n")


def test_guide_reads_gold_without_evidence_and_with_fields_of_others() -> None:
    extraction = from_json(
        {
            "article": "a-1",
            "people": [{"name": "Ines Sorel", "roles": ["athlete"], "country": None, "sex": "F", "note": "checked"}],
            "clubs": ["Norbridge Harriers"],
            "bests": None,
        }
    )
    assert extraction.people == (Person("Ines Sorel", ("athlete",), None, "F"),)
    assert extraction.clubs == (Club("Norbridge Harriers"),)
    assert extraction.extractor == ""


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"article": None}, "article"),
        ({"article": 5}, "article"),
        ({"published": "yesterday"}, "published"),
        ({"people": {}}, "people"),
        ({"people": ["Ines Sorel"]}, r"people\[0\]"),
        ({"people": [{"roles": ["athlete"]}]}, r"people\[0\]\.name"),
        ({"people": [{"name": "Ines Sorel", "roles": ["runner"]}]}, r"people\[0\]\.roles\[0\].*athlete, coach"),
        ({"clubs": 0}, "clubs"),
        ({"clubs": ["A"], "club_details": [{"name": "B"}]}, "club_details"),
        ({"clubs": ["A"], "club_details": []}, "club_details"),
        ({"clubs": ["A"], "club_details": 3}, "club_details"),
        ({"races": [{"id": "r1", "year": "2024"}]}, r"races\[0\]\.year"),
        ({"races": [{"id": "r1", "year": True}]}, r"races\[0\]\.year"),
        ({"races": [{"id": "r1", "indoor": "yes"}]}, r"races\[0\]\.indoor"),
        ({"results": [{"race": "r1", "athlete": "X", "position": "first"}]}, r"results\[0\]\.position.*integer, DNF"),
        (
            {"family": [{"person": "A", "relation": "child", "of": "B", "evidence": [{"quote": "x"}]}]},
            r"family\[0\]\.evidence\[0\]\.start",
        ),
    ],
)
def test_guide_names_the_field_that_does_not_fit(change: dict[str, Any], field: str) -> None:
    with pytest.raises(PodiumError, match=rf"^{field}"):
        from_json(MINIMAL | change)


def test_guide_refuses_what_is_no_object() -> None:
    with pytest.raises(PodiumError, match="JSON object"):
        from_json([1, 2])  # type: ignore[arg-type]


@pytest.mark.shared
def test_guide_reads_all_gold_and_gives_it_back(shared: Path) -> None:
    paths = sorted((shared / "gold" / "dev").glob("*.json"))
    assert paths
    for path in paths:
        gold = json.loads(path.read_text("utf-8"))
        back = to_json(from_json(gold))
        for name, value in gold.items():
            assert _without_extras(back[name], value) == value, f"{path.name}: {name}"


def _without_extras(value: Any, like: Any) -> Any:
    if isinstance(like, list):
        assert len(value) == len(like)
        return [_without_extras(mine, theirs) for mine, theirs in zip(value, like, strict=True)]
    if isinstance(like, dict):
        return {key: value.get(key) for key in like}
    return value
