import re

from meet import RACE


def cells(page: str) -> list[str]:
    """The lines of the result list as texts, without what opens under them."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    lines = [line for line in body.split("<tr")[1:] if not line.startswith(' class="under"')]
    return [" ".join(re.sub(r"<[^>]+>", " ", line.partition(">")[2]).split()) for line in lines]


def test_racepages_list_places_with_gaps_and_margins(meet):
    assert cells(meet.get(f"/{RACE}").text) == [
        "1 Marta Lindqvist Sweden 3:57.10 national record, Sweden gold",
        "2 Achieng Otiwa Kenya 3:58.02 +0.92 silver",
        "Places 3 to 4 are not in the articles",
        "5 Dora Calloway Great Britain 4:01.5 +4.4",
    ]


def test_racepages_open_every_line_to_its_sentences(meet):
    page = meet.get(f"/{RACE}").text
    under = page.split('<tr class="under">')[1:]
    assert "2 articles" in under[0]
    assert "took the 1500m in 3:57.1" in under[0]
    assert "Achieng Otiwa was second in 3:58.02" in under[1]
    assert 'href="/result/european-championships_2022_1500m_f_final_achieng-otiwa"' in under[1]


def test_racepages_name_who_started_and_what_stands_around(meet):
    page = meet.get(f"/{RACE}").text
    started = page.partition('id="started"')[2].partition("</section>")[0]
    assert "Ines Calloway</a>" in started
    assert (
        'href="/race/u_long-report_european-championships_2022_1500m_f_semi-final' in page.partition('id="rounds"')[2]
    )
    assert 'href="/race/european-championships_2017_1500m_f_final">2017</a>' in page
    assert '<b aria-current="page">2022</b>' in page


def test_racepages_say_who_did_not_reach_it_and_who_stopped(meet):
    before = meet.get("/race/european-championships_2017_1500m_f_final").text
    assert "Dora Calloway</a>" in before.partition('id="absent"')[2]
    assert "did not finish" in cells(meet.get("/race/european-championships_2022_800m_m_final").text)[0]


def test_racepages_show_a_shared_place_and_the_same_mark(meet):
    page = meet.get("/race/european-championships_2022_high-jump_m_final").text
    assert [line.split()[0] for line in cells(page)] == ["1", "1"]
    assert page.count("place shared") == 2
