from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from press import PLACE, Press, at, bearer

from graph.errors import RulingError
from graph.identity.minting import Bearer, Names, Witness
from graph.ledger import naming


def test_naming_leads_every_name_to_itself_where_nothing_is_alike() -> None:
    press = Press(a=bearer("marta-lindqvist", "SWE"), b=bearer("callum-ferris", "GBR"))
    assert press.leads() == {}
    assert press.names("a") == Names()


def test_naming_joins_two_spellings_of_one_place_in_one_race() -> None:
    press = Press(a=at("jo-wightman"), b=at("jo-weightman"))
    assert press.leads() == {"b": {"jo-weightman": "jo-wightman"}}


def test_naming_joins_initials_and_bare_surnames_in_one_place() -> None:
    press = Press(a=at("jo-wightman"), b=at("j-wightman"), c=at("wightman"))
    assert press.leads() == {"b": {"j-wightman": "jo-wightman"}, "c": {"wightman": "jo-wightman"}}


def test_naming_prefers_the_spelling_of_most_articles() -> None:
    press = Press(a=at("jo-weightman"), b=at("jo-weightman"), c=at("jo-wightman"))
    assert press.leads() == {"c": {"jo-wightman": "jo-weightman"}}


def test_naming_counts_copies_once() -> None:
    press = Press(a=at("jo-weightman"), c=at("jo-wightman"))
    for copy in ("b", "d", "e"):
        press.put(copy, Witness((at("jo-weightman"),)), original="a")
    press.settle("bde")
    assert press.leads()["a"] == {"jo-weightman": "jo-wightman"}


def test_naming_prefers_the_spelling_that_kin_bear() -> None:
    kin = bearer("jo-ingelborgsten", "", "", "", None, PLACE, "has parent al-ingelborgtsen")
    press = Press(a=kin, b=at("jo-ingelborgtsen"))
    assert press.leads() == {"a": {"jo-ingelborgsten": "jo-ingelborgtsen"}}


def test_naming_prefers_the_spelling_that_is_also_written() -> None:
    press = Press(a=bearer("jo-weightman", "", "", "", None, PLACE, "written wightman"), b=at("jo-wightman"))
    assert press.leads() == {"a": {"jo-weightman": "jo-wightman"}}
    press = Press(a=bearer("jo-wightman", "", "", "", None, PLACE, "written weightman"), b=at("jo-weightman"))
    assert press.leads() == {"a": {"jo-wightman": "jo-weightman"}}


def test_naming_leaves_unlike_names_in_one_place_alone() -> None:
    assert Press(a=at("jo-wightman"), b=at("al-brandt")).leads() == {}


def test_naming_leaves_short_names_in_other_places_alone() -> None:
    assert Press(a=at("anna-hall"), b=at("anna-ball", "at vale-games_2021_1500m_m_final_2")).leads() == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("marta-lindqvist", "marta-lindkvist"),
        ("yusuf-otiwa", "youssouf-otiwa"),
        ("joao-brandt", "joao-pedro-brandt"),
        ("li-wenfang", "wenfang-li"),
        ("ines-de-sorel", "ines-sorel"),
        ("callum-lindstrom", "callum-lindstorm"),
    ],
)
def test_naming_joins_spellings_of_one_country(one: str, other: str) -> None:
    assert len(Press(a=bearer(one, "SWE"), b=bearer(other, "SWE")).leads()) == 1
    assert Press(a=bearer(one, "SWE"), b=bearer(other, "NOR")).leads() == {}
    assert Press(a=bearer(one, "SWE"), b=bearer(other)).leads() == {}


@pytest.mark.parametrize(("one", "other"), [("josh-ferris", "joshua-ferris"), ("kate-sorel", "katarina-sorel")])
def test_naming_joins_short_and_full_given_names(one: str, other: str) -> None:
    assert len(Press(a=bearer(one, "SWE"), b=bearer(other, "SWE")).leads()) == 1
    assert Press(a=bearer(one, "SWE", "", "throws"), b=bearer(other, "SWE", "", "sprints")).leads() == {}
    assert Press(a=bearer(one, "SWE"), b=bearer(other)).leads() == {}


def test_naming_asks_more_of_double_surnames() -> None:
    one, other, club = "jo-brandt", "jo-brandt-otiwa", "member of vale-harriers"
    assert Press(a=bearer(one, "SWE"), b=bearer(other, "SWE")).leads() == {}
    assert len(Press(a=bearer(one, "SWE", "", "throws"), b=bearer(other, "SWE", "", "throws")).leads()) == 1
    assert Press(a=bearer(one, "SWE", "", "throws"), b=bearer(other, "SWE", "", "sprints")).leads() == {}
    assert len(Press(a=bearer(one, "", "", "", None, club), b=bearer(other, "", "", "", None, club)).leads()) == 1


def test_naming_takes_a_rare_spelling_for_a_slip_but_no_name_of_its_own() -> None:
    often = {f"a{number}": bearer("marta-berg", "SWE", "", "throws") for number in range(9)}
    for rare, is_slip in (("mrta-berg", True), ("marta-breg", True), ("maria-berg", False)):
        assert bool(Press(**often, b=bearer(rare, "SWE", "", "throws")).leads()) == is_slip
    assert Press(a=bearer("marta-berg", "SWE", "", "throws"), b=bearer("mrta-berg", "SWE", "", "throws")).leads() == {}


def test_naming_joins_slips_of_a_coach_of_one_athlete() -> None:
    one, other = (bearer(name, "", "", "", None, "coach of ines-sorel") for name in ("al-brandt", "al-bandt"))
    assert len(Press(a=one, b=other).leads()) == 1


def test_naming_tells_namesakes_apart_by_what_they_contest_in_many_articles() -> None:
    def press(throws: int) -> Press:
        often = {f"a{number}": bearer("kim-berg", "NOR", "", "throws") for number in range(throws)}
        return Press(**often, **{f"b{number}": bearer("kim-berg", "NOR", "", "long distance") for number in range(4)})

    assert press(3).leads() == {}
    assert press(4).leads() == {f"b{number}": {"kim-berg": "kim-berg--nor"} for number in range(4)}


def test_naming_takes_a_single_other_sex_of_one_country_for_an_error() -> None:
    often = {f"a{number}": bearer("kim-berg", "NOR", "F") for number in range(4)}
    assert Press(**often, b=bearer("kim-berg", "NOR", "M")).leads() == {}
    assert Press(**often, b=bearer("kim-berg", "NOR", "M"), c=bearer("kim-berg", "NOR", "M")).leads() != {}


def test_naming_joins_what_one_article_calls_one_person() -> None:
    press = Press(a=bearer("cal-ferris"), b=bearer("callum-ferris", "", "", "", None, "also cal-ferris"))
    assert press.leads() == {"b": {"callum-ferris": "cal-ferris"}}


def test_naming_keeps_people_apart_whom_one_article_names_together() -> None:
    assert Press(a=(at("jo-wightman"), at("jo-weightman"))).leads() == {}
    press = Press(a=bearer("marta-lindqvist", "SWE"), b=bearer("marta-lindkvist", "SWE"))
    assert press.leads()
    assert press.publish(c=(bearer("marta-lindqvist"), bearer("marta-lindkvist"))) == {"b"}
    assert press.leads() == {}


def test_naming_keeps_the_sexes_apart() -> None:
    press = Press(
        a=bearer("kim-wightman", "", "M", "", None, PLACE), b=bearer("kim-weightman", "", "F", "", None, PLACE)
    )
    assert press.leads() == {}


def test_naming_tells_namesakes_apart_by_sex() -> None:
    press = Press(a=bearer("kim-berg", "NOR", "M"), b=bearer("kim-berg", "NOR", "M"), c=bearer("kim-berg", "USA", "F"))
    assert press.leads() == {"c": {"kim-berg": "kim-berg--usa"}}


def test_naming_tells_namesakes_apart_by_country_where_they_share_nothing() -> None:
    one, other = bearer("kim-berg", "NOR", "", "throws"), bearer("kim-berg", "USA", "", "sprints")
    assert Press(a=one, b=other).leads() == {"b": {"kim-berg": "kim-berg--usa"}}


@pytest.mark.parametrize(
    "other",
    [
        bearer("kim-berg", "USA", "", "throws"),
        bearer("kim-berg", "USA", "", "", None, "member of vale-harriers"),
        bearer("kim-berg", "USA", "", "sprints", None, PLACE),
    ],
)
def test_naming_takes_a_change_of_country_for_one_person(other: Bearer) -> None:
    one = bearer("kim-berg", "NOR", "", "throws", None, "member of vale-harriers", PLACE)
    assert Press(a=one, b=other).leads() == {}


def test_naming_tells_namesakes_apart_by_the_years() -> None:
    press = Press(a=bearer("kim-berg", "NOR", "", "throws", 1970), b=bearer("kim-berg", "NOR", "", "throws", 2020))
    assert press.leads() == {"b": {"kim-berg": "kim-berg--nor"}}


def test_naming_gives_the_bare_slug_to_the_earliest() -> None:
    press = Press()
    for article, country, day in (("a", "NOR", None), ("b", "USA", "2020-01-01"), ("c", "KEN", "2019-01-01")):
        group = {"NOR": "throws", "USA": "sprints", "KEN": "race walking"}[country]
        press.put(article, Witness((bearer("kim-berg", country, "", group),)), day)
    press.settle("abc")
    assert press.leads() == {"a": {"kim-berg": "kim-berg--nor"}, "b": {"kim-berg": "kim-berg--usa"}}


def test_naming_leads_what_says_little_to_who_is_written_of_most() -> None:
    press = Press(
        a=bearer("kim-berg", "NOR", "M", "throws"),
        b=bearer("kim-berg", "USA", "F", "sprints"),
        c=bearer("kim-berg", "USA", "F", "sprints"),
        d=bearer("kim-berg"),
        e=bearer("kim-berg", "", "", "throws"),
    )
    assert press.leads() == {article: {"kim-berg": "kim-berg--usa"} for article in "bcd"}


def test_naming_leads_initials_by_what_each_article_says() -> None:
    press = Press(
        a=bearer("jo-berg", "NOR", "M", "throws"),
        b=bearer("jan-berg", "USA", "M", "sprints"),
        c=bearer("j-berg", "NOR", "", "throws"),
        d=bearer("j-berg", "USA", "", "sprints"),
        e=bearer("j-berg"),
    )
    assert press.leads() == {"c": {"j-berg": "jo-berg"}, "d": {"j-berg": "jan-berg"}}


def test_naming_says_which_articles_lead_elsewhere() -> None:
    press = Press(a=at("jo-weightman"), b=at("jo-wightman"))
    assert press.leads() == {"a": {"jo-weightman": "jo-wightman"}}
    assert press.publish(c=at("jo-weightman")) >= {"a", "b"}
    assert press.leads() == {"b": {"jo-wightman": "jo-weightman"}}
    press.put("c", None)
    assert press.settle("c") == {"a", "b"}


def test_naming_lists_the_names_that_lead_elsewhere_everywhere() -> None:
    press = Press(a=at("jo-wightman"), b=at("jo-weightman"), c=at("j-wightman"), d=bearer("j-wightman", "KEN"))
    assert naming.replaced(press.database, "person", "jo-wightman") == {"jo-weightman"}


def test_naming_merges_and_splits_as_a_curator_says() -> None:
    press = Press(a=bearer("marta-berg", "SWE"), b=bearer("ines-sorel", "FRA"))
    assert press.merge("marta-berg", "ines-sorel") == {"b"}
    assert press.leads() == {"b": {"ines-sorel": "marta-berg"}}
    assert press.split("ines-sorel", "marta-berg") == {"b"}
    assert press.leads() == {}


def test_naming_splits_what_looks_like_one() -> None:
    press = Press(a=at("jo-wightman"), b=at("jo-weightman"))
    press.split("jo-wightman", "jo-weightman")
    assert press.leads() == {}
    press.publish(a=at("jo-wightman"), c=at("jo-weightman"))
    assert press.leads() == {}


def test_naming_separates_bearers_of_one_name_and_puts_them_together_again() -> None:
    press = Press(a=bearer("kim-berg", "NOR"), b=bearer("kim-berg", "NOR"), c=bearer("kim-berg"))
    press.separate("kim-berg", "b")
    assert press.leads() == {"b": {"kim-berg": "kim-berg--nor"}}
    press.publish(b=bearer("kim-berg", "NOR", "F"))
    assert press.leads() == {"b": {"kim-berg": "kim-berg--nor"}}
    press.merge("kim-berg", "kim-berg--nor")
    assert press.leads() == {}


def test_naming_merges_namesakes_that_the_articles_tell_apart() -> None:
    press = Press(a=bearer("kim-berg", "NOR", "M"), b=bearer("kim-berg", "USA", "F"))
    assert press.leads()
    press.merge("kim-berg", "kim-berg--usa")
    assert press.leads() == {}
    press.separate("kim-berg", "b")
    assert press.leads() == {"b": {"kim-berg": "kim-berg--usa"}}


def test_naming_keeps_rulings_on_names_that_nobody_bears() -> None:
    press = Press(a=bearer("marta-berg", "SWE"))
    press.merge("marta-berg", "ines-sorel")
    assert press.leads() == {}
    assert press.publish(b=bearer("ines-sorel", "FRA")) == {"b"}
    assert press.leads() == {"b": {"ines-sorel": "marta-berg"}}


def test_naming_refuses_rulings_that_mean_nothing() -> None:
    press = Press(a=bearer("marta-berg", "SWE"))
    for one, other in (("marta-berg", "marta-berg"), ("marta-berg--swe", "ines-sorel")):
        with pytest.raises(RulingError):
            press.merge(one, other)
    with pytest.raises(RulingError):
        press.split("marta-berg", "marta-berg")


# ---- whatever the order

_SLUGS = [
    "jo-wightman",
    "jo-weightman",
    "j-wightman",
    "wightman",
    "joseph-wightman",
    "jo-wigthman",
    "jo-wightman-sorel",
]
_people = st.builds(
    Bearer,
    st.sampled_from(_SLUGS),
    st.sampled_from(["", "M", "F"]),
    st.sampled_from(["", "GBR", "SWE"]),
    st.frozensets(st.sampled_from(["throws", "sprints", "hurdles"]), max_size=1),
    st.sampled_from([None, 1970, 2020]),
    st.frozensets(st.sampled_from([PLACE, "at x_2", "member of vale-harriers", "also jo-weightman"]), max_size=2),
)
_clubs = st.builds(
    Bearer,
    st.sampled_from(["vale-ac", "vale-athletic-club", "norbridge-vale-ac", "vale"]),
    traits=st.frozensets(st.sampled_from(["has member jo-berg", "has member al-berg"]), max_size=1),
)


def _by_slug(bearers: list[Bearer]) -> tuple[Bearer, ...]:
    return tuple(sorted(bearers, key=lambda bearer: bearer.slug))


_witnesses = st.builds(
    lambda people, clubs: Witness(_by_slug(people), _by_slug(clubs)),
    st.lists(_people, max_size=3, unique_by=lambda bearer: bearer.slug),
    st.lists(_clubs, max_size=2, unique_by=lambda bearer: bearer.slug),
)
# What is put of an article: the witness, the day, and of what it is a copy.
_Put = tuple[Witness, str | None, str | None]
_articles = st.lists(
    st.tuples(_witnesses, st.sampled_from([None, "2019-01-01", "2020-01-01"]), st.sampled_from([None, None, "a0"])),
    min_size=1,
    max_size=9,
)


def _at_once(wanted: dict[str, _Put]) -> Press:
    press = Press()
    for article, put in sorted(wanted.items()):
        press.put(article, *put)
    press.settle(wanted)
    return press


def _numbered(puts: list[_Put]) -> dict[str, _Put]:
    return {f"a{number}": put for number, put in enumerate(puts)}


def _all_leads(press: Press) -> list[object]:
    return [press.leads("person"), press.leads("club")]


@given(_articles, _articles, st.data())
def test_naming_depends_on_the_articles_alone(final: list[_Put], passing: list[_Put], data: st.DataObject) -> None:
    """Articles come in any order and batches, with others that are replaced or dropped again."""
    wanted, others = _numbered(final), _numbered(passing)
    steps: list[tuple[str, _Put | None]] = [*data.draw(st.permutations(sorted(others.items())))]
    steps += [(article, None) for article in others if article not in wanted]
    steps += data.draw(st.permutations(sorted(wanted.items())))
    press, rest = Press(), steps
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        batch, rest = rest[:size], rest[size:]
        before = {article: press.names(article) for article in press.known()}
        for article, put in batch:
            if put is None:
                press.put(article, None)
            else:
                press.put(article, *put)
        touched = {article for article, _ in batch}
        touched |= press.settle(touched)
        assert all(press.names(article) == names for article, names in before.items() if article not in touched)
    assert _all_leads(press) == _all_leads(_at_once(wanted))


@given(_articles, st.sampled_from(_SLUGS), st.sampled_from(_SLUGS), st.sampled_from(["a0", "a1", "a2"]))
def test_naming_takes_rulings_in_any_order(final: list[_Put], one: str, other: str, article: str) -> None:
    wanted = _numbered(final)
    before, after = Press(), _at_once(wanted)
    for press in (before, after):
        if one != other:
            press.merge(one, other)
        press.separate(one, article)
    for name, put in wanted.items():
        before.put(name, *put)
        before.settle([name])
    assert _all_leads(before) == _all_leads(after)


@given(_articles, st.sampled_from(_SLUGS), st.sampled_from(_SLUGS))
def test_naming_splits_what_a_curator_merged_as_if_nothing_had_been(final: list[_Put], one: str, other: str) -> None:
    press = _at_once(_numbered(final))
    if one == other:
        return
    press.split(one, other)
    before = _all_leads(press)
    press.merge(one, other)
    press.split(one, other)
    assert _all_leads(press) == before
