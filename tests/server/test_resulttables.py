from graph.browsing.values import Entity, EvidenceView, Fact, Piece, ResultRow
from server.resulttables import by_sentence, result_table

_RACE = Entity("urn:race", "race", "A race")


def row(position: str, name: str = "A", medal: str = "") -> ResultRow:
    return ResultRow(f"urn:{name}{position}", Piece(name), Piece("A race", "urn:race"), position=position, medal=medal)


def shown(*positions: str) -> list[str]:
    table = result_table([row(position) for position in positions], _RACE)
    return [line.gap or line.cells[0][0].text for line in table.lines]


def test_resulttables_show_gaps_between_places():
    assert shown("1", "2", "5") == ["1", "2", "Place 3 to 4: not in the articles", "5"]
    assert shown("3") == ["Place 1 to 2: not in the articles", "3"]
    assert shown("2", "4") == ["Place 1: not in the articles", "2", "Place 3: not in the articles", "4"]


def test_resulttables_shared_places_are_no_gap():
    assert shown("1", "1", "3") == ["1", "1", "3"]


def test_resulttables_take_what_has_no_place():
    assert shown("1", "", "DNF") == ["1", "", "DNF"]
    assert shown("1 or 2", "2") == ["1 or 2", "2"]


def test_resulttables_repeat_neither_race_nor_athlete_of_the_page():
    assert result_table([row("1")], _RACE).columns == ("Place", "Athlete", "Mark", "Medal")
    assert "Athlete" not in result_table([row("1")], Entity("urn:a", "person", "A")).columns
    assert "Athlete" in result_table([row("1")], Entity("urn:c", "country", "C")).columns


def test_resulttables_colour_only_undisputed_medals():
    table = result_table([row("1", medal="Gold"), row("2", medal="silver or bronze")], _RACE)
    assert [line.medal for line in table.lines] == ["gold", ""]


def test_resulttables_tell_each_sentence_once():
    one = EvidenceView("Ann won in 9.9.", 0, 15, "urn:article", "Headline", "urn:claim1")
    other = EvidenceView("She led.", 16, 24, "urn:article", "Headline", "urn:claim2")
    facts = [Fact("urn:r", "urn:p", "1", (), (one,)), Fact("urn:r", "urn:q", "9.9", (), (one, other))]
    sentences = by_sentence(facts)
    assert [sentence.view.quote for sentence in sentences] == ["Ann won in 9.9.", "She led."]
    assert [reading.fact.object for reading in sentences[0].readings] == ["1", "9.9"]
