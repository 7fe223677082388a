from __future__ import annotations

from press import PLACE, Press, at, bearer

from graph.ledger.reasons import Why, why


def told(press: Press, slug: str) -> Why:
    return why(press.database, "person", slug)


def test_reasons_tell_spellings_and_merges() -> None:
    answer = told(Press(a=at("jo-wightman"), b=at("jo-weightman"), c=at("j-wightman")), "jo-wightman")
    assert [(spelling.slug, spelling.articles, spelling.examples) for spelling in answer.spellings] == [
        ("j-wightman", 1, ("c",)),
        ("jo-weightman", 1, ("b",)),
        ("jo-wightman", 1, ("a",)),
    ]
    place = ("place 1 in vale-games_2021_1500m_m_final",)
    assert [(merge.one, merge.other, merge.rule, merge.evidence, merge.articles) for merge in answer.merges] == [
        ("jo-weightman", "jo-wightman", "one typing error", place, ("b", "a")),
        ("j-wightman", "jo-wightman", "an initial for the given name", place, ("c", "a")),
    ]
    assert answer.apart == ()


def test_reasons_tell_namesakes_and_why_they_are_others() -> None:
    press = Press(a=bearer("kim-berg", "NOR", "M"), b=bearer("kim-berg", "USA", "F"))
    (other,) = told(press, "kim-berg").apart
    assert (other.slug, other.reason) == ("kim-berg--usa", "a man and a woman")
    answer = told(press, "kim-berg--usa")
    assert [spelling.examples for spelling in answer.spellings] == [("b",)]
    assert [other.slug for other in answer.apart] == ["kim-berg"]


def test_reasons_tell_why_like_names_are_others() -> None:
    press = Press(
        a=(bearer("marta-lindqvist", "SWE"), bearer("marta-lindkvist", "SWE")),
        b=bearer("marta-lindquist", "NOR", "", "throws"),
        c=bearer("marta-lindqvist", "SWE", "", "sprints"),
    )
    assert {other.slug: other.reason for other in told(press, "marta-lindqvist").apart} == {
        "marta-lindkvist": "both names stand in one article",
        "marta-lindquist": "for SWE and NOR, in sprints and in throws",
    }
    press.split("marta-lindqvist", "marta-lindkvist")
    assert "a curator said so: seen" in {other.reason for other in told(press, "marta-lindqvist").apart}


def test_reasons_tell_rulings() -> None:
    press = Press(a=bearer("marta-berg", "SWE"), b=bearer("ines-sorel", "FRA"))
    press.merge("marta-berg", "ines-sorel")
    (merge,) = told(press, "marta-berg").merges
    assert (merge.rule, merge.evidence) == ("a curator said so", ("seen",))


def test_reasons_of_a_name_that_nobody_bears_are_none() -> None:
    answer = told(Press(a=bearer("marta-berg", "", "", "", None, PLACE)), "ines-sorel")
    assert answer == Why("person", "ines-sorel", (), (), ())
