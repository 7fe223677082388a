import httpx
from prometheus_client.parser import text_string_to_metric_families


def figures(web: httpx.Client) -> dict[str, float]:
    text = web.get("/metrics").text
    return {
        f"{sample.name}{sorted(sample.labels.items())}": sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_watching_health_says_that_queries_are_answered(web):
    for path in ("/health", "/health/ready", "/health/live"):
        answer = web.get(path)
        assert (answer.status_code, answer.json()["status"]) == (200, "ok")
        assert answer.headers["Cache-Control"] == "no-store"
        assert web.head(path).status_code == 200


def test_watching_metrics_count_requests_by_route_and_outcome(web):
    name = "podium_request_seconds_count[('outcome', 'refused'), ('route', '/sparql')]"
    before = figures(web).get(name, 0)
    assert web.get("/sparql", params={"query": "SELECT"}).status_code == 400
    found = figures(web)
    assert found[name] == before + 1
    assert found["podium_store_quads[]"] > 100
    assert any(name.startswith("podium_info[") for name in found)


def test_watching_metrics_count_what_the_cache_gave(web):
    name = "podium_cache_hits_total[]"
    query = {"query": "ASK { ?counted ?by ?metrics }"}
    first = web.get("/sparql", params=query)
    before = figures(web)[name]
    second = web.get("/sparql", params=query)
    assert (first.content, first.headers["ETag"]) == (second.content, second.headers["ETag"])
    assert figures(web)[name] == before + 1


def test_watching_pages_and_exports_are_not_sent_again_to_who_has_them(web):
    for path in ("/", "/person/mira-tovald", "/person/mira-tovald.ttl", "/export.nt", "/conflicts"):
        first = web.get(path)
        assert first.headers["Cache-Control"] == "public, no-cache"
        again = web.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert web.get(path, headers={"If-None-Match": '"other"'}).content == first.content
