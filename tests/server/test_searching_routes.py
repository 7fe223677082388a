"""`/suggest` and `/search` over the invented articles of `harbour`."""

from __future__ import annotations

import re

import pytest


def suggested(web, text):
    answer = web.get("/suggest", params={"q": text})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.json()["query"] == text.strip()[:200]
    return answer.json()["hits"]


@pytest.mark.parametrize("typed", ["Mir", "tova", "TØVALD", "mira tov", "Tovlad", "miratovald"])
def test_searching_suggests_as_one_types_and_forgives_errors(web, typed):
    first = suggested(web, typed)[0]
    assert (first["label"], first["kind"], first["href"]) == ("Mira Tøvald", "person", "/person/mira-tovald")
    assert first["matched"] == ""
    assert "Norway" in first["description"]


def test_searching_suggests_people_before_races_and_articles(web):
    kinds = [hit["kind"] for hit in suggested(web, "tøvald")]
    assert kinds.index("person") < kinds.index("article")


def test_searching_suggests_by_codes_and_says_which_name_fitted(web):
    first = suggested(web, "NOR")[0]
    assert (first["label"], first["matched"]) == ("Norway", "NOR")


def test_searching_suggestions_are_not_made_again_for_who_has_them(web):
    first = web.get("/suggest", params={"q": "mir"})
    again = web.get("/suggest", params={"q": "mir"}, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["Mira Tøvald", "mira tovald", "TOVALD", "Mira Tovalt", "M. Tøvald", "mira-tovald"])
def test_searching_leads_to_the_only_bearer_of_a_name(web, name):
    answer = web.get("/search", params={"q": name})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/person/mira-tovald")


def test_searching_lists_the_bearers_of_a_name(browser_like):
    page = browser_like.get("/search", params={"q": "Calloway"}).text
    assert 'href="/person/ines-calloway"' in page
    assert 'href="/person/dora-calloway"' in page
    assert "Which one?" in page


def test_searching_shows_sentences_with_the_words_marked(browser_like):
    page = browser_like.get("/search", params={"q": "watched calloway fifth"}).text
    sentence = re.search(r"<blockquote>(.+?)</blockquote>", page)
    assert sentence is not None
    assert "<mark>watched</mark> Ines <mark>Calloway</mark>" in sentence[1]
    assert 'href="/article/bay-post"' in page


def test_searching_escapes_what_articles_say(browser_like):
    page = browser_like.get("/search", params={"q": "timed"}).text
    assert "&lt;b&gt;1:58.91" in page
    assert "<script>alert" not in page


def test_searching_forgives_errors_in_words_of_sentences(web):
    found = web.get("/search", params={"q": "wacthed", "format": "json"}).json()
    assert [piece["text"] for piece in found["sentences"]["hits"][0]["pieces"] if piece["marked"]] == ["watched"]


def test_searching_keeps_quoted_words_in_their_order(web):
    def total(text):
        return web.get("/search", params={"q": text, "format": "json"}).json()["sentences"]["total"]

    assert total('"european 800m title"') == 1
    assert total('"title european 800m"') == 0


def test_searching_tells_programs_the_same(web):
    found = web.get("/search", params={"q": "Calloway"}, headers={"Accept": "application/json"}).json()
    assert {hit["href"] for hit in found["things"]["hits"]} >= {"/person/ines-calloway", "/person/dora-calloway"}
    assert found["sentences"]["total"] == len(found["sentences"]["hits"])
    assert found["sentences"]["hits"][0]["article"]["href"] == "/article/bay-post"
    assert (found["page"], found["kind"]) == (1, None)


def test_searching_keeps_to_a_kind(web):
    found = web.get("/search", params={"q": "tøvald", "kind": "article", "format": "json"}).json()
    assert {hit["kind"] for hit in found["articles"]["hits"]} == {"article"}
    assert found["things"]["total"] == found["sentences"]["total"] == 0
    assert web.get("/search", params={"q": "tøvald", "kind": "person"}).status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [("q=a&kind=ghost", 404), ("q=a&page=0", 404), ("q=a&page=401", 404), ("q=tøvald&page=300", 404),
     ("q=a&format=ttl", 406)],
)  # fmt: skip
def test_searching_says_what_cannot_be_asked(web, query, status):
    assert web.get(f"/search?{query}").status_code == status


def test_searching_for_nothing_known_is_404_and_escapes(browser_like):
    answer = browser_like.get("/search", params={"q": "<script>zzqqxx"})
    assert answer.status_code == 404
    assert "<script>zz" not in answer.text


@pytest.mark.parametrize("path", ["/suggest", "/search"])
@pytest.mark.parametrize(
    "query",
    ["", "   ", "%00", "💥", "a" * 5000, '"', '" OR "', "NEAR(a b)", "a*", "key:tovald", "-a", "(", "^mira", "🏃‍♀️ won",
     "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "e\u0301" * 300, "a " * 100, "l'", "\\"],
)  # fmt: skip
def test_searching_survives_odd_texts(browser_like, path, query):
    assert browser_like.get(path, params={"q": query}).status_code in {200, 404}
