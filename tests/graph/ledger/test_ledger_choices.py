from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest

from graph.ledger import choosing
from graph.ledger.choosing import Choice
from graph.ledger.database import connect, transaction

FIRST = Choice("result/vale_ada-aas", "https://example.org/#mark", "mark/t-209.38", "the film shows it", "2031-06-15")
OTHER = Choice("result/vale_ada-aas", "https://example.org/#date", '"2031-06-14"', "the programme", "2031-06-16")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Connection]:
    database = connect(tmp_path / "ledger.db")
    yield database
    database.close()


def test_ledger_choices_keeps_one_choice_for_each_property(ledger: Connection) -> None:
    for choice in (FIRST, OTHER, Choice(FIRST.subject, FIRST.predicate, "mark/t-209.83", "on second thought", "2031")):
        choosing.put(ledger, choice)
    assert [choice.value for choice in choosing.of(ledger, FIRST.subject)] == [OTHER.value, "mark/t-209.83"]
    assert choosing.of(ledger, "result/vale_bo-berg") == ()
    assert choosing.every(ledger) == choosing.of(ledger, FIRST.subject)


def test_ledger_choices_takes_back_what_was_chosen(ledger: Connection) -> None:
    choosing.put(ledger, FIRST)
    assert choosing.drop(ledger, FIRST.subject, FIRST.predicate)
    assert not choosing.drop(ledger, FIRST.subject, FIRST.predicate)
    assert choosing.every(ledger) == ()


def test_ledger_choices_are_there_when_it_is_opened_again(tmp_path: Path) -> None:
    for _ in range(2):
        database = connect(tmp_path / "ledger.db")
        with transaction(database):
            choosing.put(database, FIRST)
        database.close()
    assert choosing.every(connect(tmp_path / "ledger.db")) == (FIRST,)
