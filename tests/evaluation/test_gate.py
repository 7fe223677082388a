"""The extraction is as good as it was: on no kind of fact does it fall below its floor."""

import pytest
from floors import SETS, TOLERANCE, figures, load, raised


@pytest.mark.parametrize("name", ["seeds", pytest.param("dev", marks=pytest.mark.shared)])
def test_gate_no_figure_is_below_its_floor(name: str) -> None:
    floors = load()[name]
    gold = SETS[name]
    present = figures(gold.evaluated())
    fallen = {
        kind: f"{present.get(kind, 0.0):.4f} < {floor:.4f}"
        for kind, floor in floors["floors"].items()
        if present.get(kind, 0.0) < floor
    }
    same = (
        "the gold facts are those of the floors" if gold.digest() == floors["digest"] else "the gold facts have changed"
    )
    assert not fallen, f"{name}: {fallen}; {same}"


def test_gate_floors_only_rise() -> None:
    old = {"digest": "d", "floors": {"f1": 0.8, "person": 0.5}}
    after = raised(old, {"f1": 0.7, "person": 0.6, "year": 0.9}, "d")
    assert after == {"digest": "d", "floors": {"f1": 0.8, "person": 0.6 - TOLERANCE, "year": 0.9 - TOLERANCE}}


def test_gate_floors_of_other_gold_facts_do_not_count() -> None:
    old = {"digest": "d", "floors": {"f1": 0.8}}
    assert raised(old, {"f1": 0.7}, "e") == {"digest": "e", "floors": {"f1": 0.7 - TOLERANCE}}
