import re

_EDITION = "/edition/european-championships_2022"
_SERIES = "/series/european-championships"


def rows(page: str, anchor: str) -> list[str]:
    """The lines of the table under a heading as texts."""
    body = page.partition(f'id="{anchor}"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", line.partition(">")[2]).split()) for line in body.split("<tr")[1:]]


def test_editionpages_show_the_programme_with_the_first_three(meet):
    page = meet.get(_EDITION).text
    assert rows(page, "sex-1") == ["1500m Marta Lindqvist 3:57.10 Achieng Otiwa 3:58.02 –"]
    assert rows(page, "sex-2") == [
        "800m – – –",
        "4x100m Germany 37.90 Great Britain 38.05 –",
        "high jump Callum Ferris 2.31m Otto Grau 2.31m – –",
    ]
    assert 'href="/result/european-championships_2022_1500m_f_final_achieng-otiwa">3:58.02</a>' in page


def test_editionpages_have_place_days_and_medals(meet):
    page = meet.get(_EDITION).text
    assert "Munich</a>" in page
    days = page.partition('class="days"')[2]
    assert "19 August 2022" in days
    assert "women’s 1500m</a>" in days
    medals = page.partition('id="medals"')[2]
    assert "series=european-championships&amp;year=2022&amp;country=GER&amp;colour=gold" in medals
    assert "6 medals of 3 contests" in medals
    assert 'href="/articles?about=' in page


def test_editionpages_series_tell_winners_by_year(meet):
    page = meet.get(f"{_SERIES}?contest=1500m-F").text
    assert rows(page, "champions") == [
        "2022 Marta Lindqvist 3:57.10 Achieng Otiwa 3:58.02 –",
        "2017 Achieng Otiwa source Marta Lindqvist source –",
    ]
    chosen = re.findall(r'<option value="([^"]*)" selected>', page)
    assert chosen == ["1500m-F"]
    years = rows(page, "editions")
    assert [line.split()[0] for line in years] == ["2022", "2017"]
    assert f'href="{_EDITION}">2022</a>' in page


def test_editionpages_series_have_pages_for_years_without_an_edition_of_their_own(meet):
    assert f'href="{_SERIES}?year=2017">2017</a>' in meet.get(_SERIES).text
    page = meet.get(f"{_SERIES}?year=2017").text
    assert "<h1>European Championships 2017</h1>" in page
    assert rows(page, "sex-1") == ["1500m Achieng Otiwa source Marta Lindqvist source –"]
    for year in ("1999", "x", "20222"):
        assert meet.get(f"{_SERIES}?year={year}").status_code == 404


def test_editionpages_without_contests_say_so(meet):
    assert "The articles tell of no contest here" in meet.get("/edition/olympic-games_1896").text
    assert "The articles tell of no contest here" in meet.get("/series/olympic-games").text
    assert meet.get("/edition/olympic-games_1801").status_code == 404
