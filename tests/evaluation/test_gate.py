"""The extraction is as good as it was: on no kind of fact does it fall below its floor; `make floors` raises them."""

from pathlib import Path

import pytest

from server.cli import run

HERE = Path(__file__).parent
SETS = {"seeds": ("seeds/expected", "seeds"), "dev": ("../shared/gold/dev", "../shared/corpus/dev")}


@pytest.mark.parametrize("name", ["seeds", pytest.param("dev", marks=pytest.mark.shared)])
def test_gate_no_figure_is_below_its_floor(name: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold, articles = (root / path for path in SETS[name])
    code = run(["evaluate", str(gold), "--articles", str(articles), "--floors", str(HERE / f"floors-{name}.json")])
    assert code == 0, capsys.readouterr().err
