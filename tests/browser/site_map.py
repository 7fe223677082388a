"""Every kind of page that the service has, by what it is of."""

KERR = "/person/josh-kerr"
GJERT = "/person/gjert-ingebrigtsen"
WORLD_FINAL = "/race/world-championships_2023_1500m_m_final"

PAGES = {
    "start": "/",
    "articles": "/articles",
    "article": "/article/kerr-world-title",
    "athlete": KERR,
    "coach": GJERT,
    "club": "/club/port-saltby-striders",
    "race": WORLD_FINAL,
    "edition": "/edition/world-championships_2023",
    "series": "/series/world-championships",
    "discipline": "/discipline/1500m",
    "country": "/country/NOR",
    "result": f"/result{WORLD_FINAL.removeprefix('/race')}_josh-kerr",
    "hostile text": "/article/quay-news",
    "withdrawn": "/article/old-rumour",
    "search": "/search?q=ingebrigtsen",
    "disagreements": "/conflicts",
    "connection": "/connections?from=josh+kerr&to=gjert+ingebrigtsen",
    "editor": "/sparql",
    "answer": "/sparql?query=SELECT * { ?s ?p ?o } LIMIT 50&format=html",
    "missing": "/nowhere",
}
GONE = {"withdrawn": 410, "missing": 404}
