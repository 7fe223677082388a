from graph.browsing.races import Finisher, Missing, with_missing
from graph.browsing.values import Piece, ResultRow


def shown(*places: str) -> list[str]:
    """The lines of a race with these places, gaps as `3-4`."""
    race = Piece("A race", "urn:race")
    rows = [ResultRow(f"urn:{at}", Piece("A"), race, position=place) for at, place in enumerate(places)]
    lines = with_missing([Finisher(row) for row in rows])
    return [f"{line.first}-{line.last}" if isinstance(line, Missing) else line.row.position for line in lines]


def test_races_show_the_places_that_nobody_has():
    assert shown("1", "2", "5") == ["1", "2", "3-4", "5"]
    assert shown("3") == ["1-2", "3"]
    assert shown("2", "4") == ["1-1", "2", "3-3", "4"]


def test_races_shared_places_are_no_gap():
    assert shown("1", "1", "3") == ["1", "1", "3"]
    assert shown("1 or 2", "2") == ["1 or 2", "2"]


def test_races_take_what_has_no_place():
    assert shown("1", "", "did not finish") == ["1", "", "did not finish"]
