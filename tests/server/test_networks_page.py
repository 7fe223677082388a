"""The page of central people and communities."""

import pytest


def test_networks_page_tells_who_is_central(harbour_app):
    page = harbour_app.get("/network?discipline=800m").text
    assert "2 people fit" in page
    assert "1 pair of them is tied" in page
    assert 'href="/person/mira-tovald"' in page
    assert "European Championships" in page[page.index("Communities</h2>") :]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "Choose people by"),
        ("club=Nowhere+Runners", "nothing known is called “Nowhere Runners”"),
        ("year=soon", "four digits"),
        ("year=1999", "Nobody fits"),
    ],
)
def test_networks_page_helps_where_nothing_fits(harbour_app, asked, said):
    answer = harbour_app.get(f"/network?{asked}")
    assert answer.status_code == 200
    assert said in answer.text
