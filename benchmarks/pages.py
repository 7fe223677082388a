"""Times and sizes of every kind of page a service has, over one store or several of different sizes, in one run.

python benchmarks/pages.py STORE [STORE ...] [--each 12] [--memory auto|on|off]

STORE is one that `scale.py --keep` left; it is copied, never opened in place. Of each kind of thing those that most
refers to are asked for, and as many that chance picks; each address once, so that no page comes out of a cache.
Kinds of which the store has none are left out.
"as SPARQL" is the query that a page stands for. "server ms" is from the request to the last byte of the answer, by one
client; "cpu ms" is the processor time that all processes of the service take for a page, which tells more where the
machine has other work. At the end the sizes of scripts and sheets.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import shutil
import sys
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

import httpx
from corpus import machine
from serving.servers import settled, stored

from ontology.iris import KINDS, kind_and_slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from serving.servers import Server

_SEED = 1
_MEDIAN, _LONGEST = 50, 150  # what is to be kept below: ms of a page, kB of HTML
_STATIC = Path(__file__).parents[1] / "server" / "static"
_MOST = """SELECT ?s { { SELECT ?s (COUNT(*) AS ?n) { ?other ?p ?s FILTER(REGEX(STR(?s), "^%s(%s)/")) } GROUP BY ?s } }
ORDER BY DESC(?n) ?s"""
_PATIENCE = 900  # seconds for that, which looks at all quads
_RIVALS = """SELECT DISTINCT ?a ?b {
  ?r ath:athlete ?a ; ath:race ?race . ?s ath:race ?race ; ath:athlete ?b FILTER(?a != ?b) } LIMIT 400"""
_HEADS = f"{'page':26} {'n':>3} {'server ms':>10} {'p95':>7} {'cpu ms':>7} {'kB median':>10} {'kB most':>8}  slowest"


def main() -> None:
    asked = _arguments()
    print(
        f"pages: {machine()}; {asked.each} that have most facts and {asked.each} others of each kind; ! misses its mark"
    )
    with TemporaryDirectory() as folder:
        for number, store in enumerate(asked.stores):
            copied = Path(folder) / str(number)
            shutil.copytree(store, copied)
            with stored(
                copied,
                ["--rate", "1000000", "--budget", "1000000", "--timeout", str(_PATIENCE), "--memory", asked.memory],
            ) as server:
                settled(server)
                _measure(server, store, asked.each)
            shutil.rmtree(copied)
    _sizes()


def _measure(server: Server, store: Path, each: int) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=_PATIENCE, follow_redirects=True) as client:
        print(f"\n{store}\n{_HEADS}")
        for name, addresses in _pages(client, each):
            if not addresses:
                continue
            client.get("/health")
            before = server.cpu()
            found = sorted((_timed(client, address) for address in addresses), key=lambda one: one[0])
            spent = (server.cpu() - before) / len(found) * 1e3
            times = [seconds * 1e3 for seconds, _, _ in found]
            sizes = [size / 1e3 for _, size, _ in found]
            missed = "!" if median(times) > _MEDIAN or max(sizes) > _LONGEST else " "
            print(
                f"{name:26} {len(found):3} {median(times):10.1f} {times[int(len(times) * 0.95)]:7.1f} {spent:7.1f} "
                f"{median(sizes):10.1f} {max(sizes):8.1f} {missed}{found[-1][2][:60]}"
            )


def _timed(client: httpx.Client, address: str) -> tuple[float, int, str]:
    """Seconds, bytes before compression, and the address; ends the run where the page cannot be had."""
    accept = (
        "application/sparql-results+json, text/turtle" if address.startswith("/sparql?") else "text/html, */*;q=0.1"
    )
    answer = client.get(address, headers={"Accept": accept, "Accept-Encoding": "identity"})
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code} {answer.text[:300]}")
    return answer.elapsed.total_seconds(), len(answer.content), address


def _pages(client: httpx.Client, each: int) -> Iterator[tuple[str, list[str]]]:
    """Each kind of page, with addresses of it."""
    base = client.get("/health").json()["base"]
    kinds = sorted(set(KINDS.values()))
    found = [row["s"] for row in _rows(client, _MOST % (re.escape(base).replace("\\", "\\\\"), "|".join(kinds)))]
    of: dict[str, list[str]] = {}
    for kind in kinds:
        chosen = _chosen([iri for iri in found if iri.startswith(f"{base}{kind}/")], each)
        of[kind] = [f"/{kind}/{quote(slug, safe='')}" for slug in chosen]
        yield kind, of[kind]
        yield f"{kind} as SPARQL", _linked(client, of[kind][:each], "/sparql?")
    people = [address.rpartition("/")[2] for address in of["person"]]
    iris = [f"{base}person/{slug}" for slug in people]
    pairs = [(row["a"], row["b"]) for row in _rows(client, _RIVALS)][: 2 * each]
    yield "person/season", _linked(client, of["person"], "/season/")
    for form in ("csv", "json", "ttl"):
        yield f"results.{form}", [f"{address}/results.{form}" for address in of["person"]]
    yield "head-to-head", [f"/head-to-head?{urlencode({'a': _slug(a), 'b': _slug(b)})}" for a, b in pairs]
    yield (
        "connections",
        [f"/connections?{urlencode({'from': a, 'to': b})}" for a, b in pairwise(iris)],
    )
    yield "around", [f"/around?{urlencode({'of': iri})}" for iri in iris]
    yield "coaching of", [f"/coaching?{urlencode({'of': iri})}" for iri in iris]
    yield "graph", [f"/graph?{urlencode({'focus': iri})}" for iri in iris]
    yield "graph/neighbours", [f"/graph/neighbours?{urlencode({'of': iri})}" for iri in iris]
    yield "medals", ["/medals", *_linked(client, ["/medals"], "/medals?")[:each]]
    yield "search", [f"/search?q={quote(slug.partition('-')[0])}" for slug in people]
    yield "suggest", [f"/suggest?q={quote(slug[:4])}" for slug in people]
    yield "feed of a person", [f"{address}/feed.atom" for address in of["person"]]
    for path in (
        "/",
        "/articles",
        "/articles?page=2",
        "/conflicts",
        "/coaching",
        "/sparql",
        "/trust",
        "/feed.atom",
        "/feed.json",
    ):
        yield path, [path]


def _chosen(found: list[str], each: int) -> list[str]:
    """The slugs of the first, then of some by chance."""
    rest = found[each:]
    random.Random(_SEED).shuffle(rest)  # noqa: S311 - no secret
    return [_slug(iri) for iri in (*found[:each], *rest[:each])]


def _slug(iri: str) -> str:
    return (kind_and_slug(iri) or ("", iri.rpartition("/")[2]))[1]


def _linked(client: httpx.Client, pages: list[str], part: str) -> list[str]:
    """Addresses with some text in them to which pages lead, the first of each page."""
    found = []
    for page in pages:
        links = [link.partition('"')[0].replace("&amp;", "&") for link in client.get(page).text.split('href="')[1:]]
        found += [link for link in links if part in link and not urlsplit(link).netloc][: 1 if len(pages) > 1 else None]
    return list(dict.fromkeys(found))


def _rows(client: httpx.Client, query: str) -> list[dict[str, str]]:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": "application/sparql-results+json"})
    answer.raise_for_status()
    return [{name: term["value"] for name, term in row.items()} for row in answer.json()["results"]["bindings"]]


def _sizes() -> None:
    print(f"\n{'file':40} {'kB':>8} {'gzipped':>8}")
    for path in sorted([*_STATIC.glob("built/*.js"), *_STATIC.glob("css/*.css")]):
        data = path.read_bytes()
        print(f"{path.relative_to(_STATIC)!s:40} {len(data) / 1e3:8.1f} {len(gzip.compress(data, 9)) / 1e3:8.1f}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stores", type=Path, nargs="+", metavar="STORE")
    parser.add_argument(
        "--each", type=int, default=12, help="things of each kind with most facts, and as many by chance"
    )
    parser.add_argument(
        "--memory", choices=("auto", "on", "off"), default="auto", help="whether readers have all quads in memory"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
