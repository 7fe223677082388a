import re

import pytest


def rows(page: str, anchor: str) -> list[str]:
    """The lines of the table under a heading as texts."""
    body = page.partition(f'id="{anchor}"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    bare = re.sub(r'<span class="hidden">.*?</span>', "", body)
    return [" ".join(re.sub(r"<[^>]+>", " ", line.partition(">")[2]).split()) for line in bare.split("<tr")[1:]]


def test_registerpages_discipline_ranks_each_athletes_best_mark(meet):
    page = meet.get("/discipline/1500m").text
    assert rows(page, "marks") == [
        "1 3:57.10 Marta Lindqvist Sweden European Championships 2022 1st 19 Aug 2022 2",
        "2 3:58.02 Achieng Otiwa Kenya European Championships 2022 2nd 19 Aug 2022 1",
        "3 4:01.5 Dora Calloway Great Britain European Championships 2022 5th 19 Aug 2022 1",
    ]
    tied = rows(meet.get("/discipline/high-jump?sex=M").text, "marks")
    assert [line[:8] for line in tied] == ["=1 2.31m", "=1 2.31m"]


def test_registerpages_discipline_narrows_to_a_year_and_lists_finals_and_records(meet):
    page = meet.get("/discipline/1500m?year=2017").text
    assert "The articles tell no marks of 2017" in page
    page = meet.get("/discipline/1500m?sex=F").text
    assert [line.split()[2] for line in rows(page, "champions")] == ["2022", "2017"]
    assert rows(page, "records") == ["national record, Sweden Marta Lindqvist women 3:57.10"]
    assert "The articles tell of no contest in it" in meet.get("/discipline/hammer").text


def test_registerpages_country_has_medals_titles_records_and_athletes(meet):
    page = meet.get("/country/GBR").text
    assert rows(page, "medals") == ["European Championships 2022 1 1 0 2"]
    assert 'href="/medals/list?country=GBR&amp;series=european-championships&amp;year=2022&amp;colour=gold"' in page
    holders = page.partition('id="holders"')[2].partition("</section>")[0]
    assert "Callum Ferris</a>" in holders
    athletes = re.findall(r'<a href="/person/([^"]+)"', page.partition('id="athletes"')[2].partition("</section>")[0])
    assert athletes == ["callum-ferris", "dora-calloway"]
    swedish = meet.get("/country/SWE").text
    assert rows(swedish, "records") == ["national record, Sweden 1500m Marta Lindqvist 3:57.10"]
    assert "The articles tell of nobody" in meet.get("/country/BRA").text


def test_registerpages_place_lists_what_was_held_there(meet):
    page = meet.get("/place/munich").text
    assert "Germany</a>" in page
    held = rows(page, "races")
    assert held[0].startswith("European Championships 2022")
    assert len(held) == 5
    assert "European Championships 2022</a>" in page.partition('id="editions"')[2]


@pytest.mark.parametrize(
    "path",
    ["/discipline/no-such", "/country/ZZZ", "/place/no-such", "/discipline/1500m?year=x", "/country/GBR?medals-page=0"],
)
def test_registerpages_refuse_what_cannot_be(meet, path):
    assert meet.get(path).status_code == 404
