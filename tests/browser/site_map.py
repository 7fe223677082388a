"""Every kind of page that the service has, by what it is of."""

from urllib.parse import quote

KERR = "/person/josh-kerr"
GJERT = "/person/gjert-ingebrigtsen"
WORLD_FINAL = "/race/world-championships_2023_1500m_m_final"

_COACHES = "SELECT ?coach ?athlete { ?c ath:coaches ?a . ?c rdfs:label ?coach . ?a rdfs:label ?athlete }"
_TIES = "CONSTRUCT { ?c ath:coaches ?a } WHERE { ?c ath:coaches ?a }"

PAGES = {
    "start": "/",
    "articles": "/articles",
    "article": "/article/kerr-world-title",
    "athlete": KERR,
    "coach": GJERT,
    "season": f"{KERR}/season/2023",
    "head-to-head": "/head-to-head?a=josh+kerr&b=jakob+ingebrigtsen",
    "head-to-head form": "/head-to-head",
    "club": "/club/port-saltby-striders",
    "race": WORLD_FINAL,
    "edition": "/edition/world-championships_2023",
    "series": "/series/world-championships",
    "discipline": "/discipline/1500m",
    "country": "/country/NOR",
    "place": "/place/chicago",
    "result": f"/result{WORLD_FINAL.removeprefix('/race')}_josh-kerr",
    "medal": f"/medal{WORLD_FINAL.removeprefix('/race')}_josh-kerr",
    "personal best": "/best/pb_800m_jemma-reekie",
    "ranking": "/ranking/all-time_1500m_jakob-ingebrigtsen",
    "membership": "/membership/josh-kerr_edinburgh-athletic-club",
    "claim": "/claim/thorburn-new-coach_72240fceadff",
    "medal table": "/medals",
    "medals of a cell": "/medals/list?country=NOR",
    "search": "/search?q=ingebrigtsen",
    "search without result": "/search?q=xqzvw",
    "graph": "/graph?focus=person:josh-kerr",
    "graph form": "/graph",
    "disagreements": "/conflicts",
    "disagreement": "/conflict/result_port-saltby-international_2024_800m_f_final_megan-astley_mark",
    "connections": "/connections",
    "connection": "/connections?from=josh+kerr&to=gjert+ingebrigtsen",
    "coaching": "/coaching",
    "around": "/around?of=josh+kerr",
    "central people": "/network?country=GBR",
    "editor": "/sparql",
    "rows": f"/sparql?format=html&query={quote(_COACHES)}",
    "graph answer": f"/sparql?format=html&query={quote(_TIES)}",
    "trust": "/trust",
    "sign in": "/curation",
    "missing": "/nowhere",
}
FAMILIES = {  # a page for each sheet of styles
    "start",
    "article",
    "athlete",
    "race",
    "result",
    "medal table",
    "search",
    "graph",
    "disagreement",
    "connection",
    "rows",
    "trust",
    "sign in",
}
HOSTILE = {"hostile text": "/article/quay-news", "withdrawn": "/article/old-rumour"}  # of the invented articles
GONE = {"withdrawn": 410, "missing": 404, "search without result": 404}
