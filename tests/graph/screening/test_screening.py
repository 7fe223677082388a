"""What is let through to extraction: English, about athletics."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.articles import prepare, read
from graph.errors import UnfitError, UnreadableError
from graph.model import Article
from graph.screening import check_fit

CASES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("articles.yaml").read_text(encoding="utf-8"))
UNFIT = [(word, text) for word, texts in CASES["unfit"].items() for text in texts]
FOREIGN = [(word, text) for word, texts in CASES["foreign"].items() for text in texts]


def check(text: str) -> None:
    check_fit(prepare(Article("x", text, "0" * 64, "in/report.txt")))


@pytest.mark.parametrize(("word", "text"), UNFIT, ids=[f"{w}-{n}" for n, (w, _) in enumerate(UNFIT)])
def test_screening_refuses_an_article_on_something_else(word: str, text: str) -> None:
    with pytest.raises(UnfitError) as caught:
        check(text)
    message = str(caught.value)
    assert message.startswith("in/report.txt: skipped: ")
    assert word in message
    assert "--unscreened" in message


@pytest.mark.parametrize("text", CASES["athletics"])
def test_screening_lets_athletics_pass(text: str) -> None:
    check(text)


@pytest.mark.parametrize(("language", "text"), FOREIGN, ids=[language for language, _ in FOREIGN])
def test_screening_names_the_language_and_how_sure_it_is(language: str, text: str) -> None:
    with pytest.raises(UnfitError, match=rf"is in {language} \(probability (0\.9\d\d|1\.000)\).*--unscreened"):
        check(text)


@pytest.mark.parametrize("text", CASES["english"])
def test_screening_takes_names_and_numbers_for_no_language(text: str) -> None:
    check(text)


def test_screening_lets_the_samples_pass(root: Path) -> None:
    for article in read([str(root / "seeds")]):
        assert not isinstance(article, UnreadableError)
        check_fit(prepare(article))


@pytest.mark.shared
def test_screening_lets_every_development_article_pass(shared: Path) -> None:
    for article in read([str(shared / "corpus" / "dev")]):
        assert not isinstance(article, UnreadableError)
        check_fit(prepare(article))


def test_screening_does_not_load_the_model_of_languages_for_plain_english() -> None:
    code = (
        "import sys\n"
        "from graph.articles import prepare\n"
        "from graph.model import Article\n"
        "from graph.screening import check_fit\n"
        "check_fit(prepare(Article('x', 'Marta Lindqvist won the 1500m and said that she will be back.', '', 'x')))\n"
        "assert 'py3langid' not in sys.modules and 'numpy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_screening_tables_name_no_term_twice(root: Path) -> None:
    data = yaml.safe_load((root / "graph" / "screening" / "sports.yaml").read_text(encoding="utf-8"))
    for sport, weights in data.items():
        terms = [str(term).replace("-", " ") for entries in weights.values() for term in entries]
        assert sorted(terms) == sorted(set(terms)), sport
        assert all(term == term.lower() for term in terms), sport
