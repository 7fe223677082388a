from __future__ import annotations

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from graph.errors import EndpointError, QueryError, QueryRefusedError
from graph.sparql.addresses import is_public
from graph.sparql.checking import check_graphs, check_query, check_update
from graph.sparql.choice import GraphChoice
from graph.sparql.relay import Relay
from graph.sparql.remote import RemotePolicy

if TYPE_CHECKING:
    from collections.abc import Iterator

TURTLE = b'<urn:lindqvist> <urn:name> "Marta Lindqvist" ; <urn:coach> _:c . _:c <urn:name> "Achieng \\"A.\\" Otiwa" .'
ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:ferris"}}]}}'
RESULTS = "application/sparql-results+json"


class _Site(BaseHTTPRequestHandler):
    seen: list[tuple[str, str, str]]

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.seen.append((self.command, self.path, body))
        getattr(self, "get_" + self.path.strip("/").partition("?")[0].partition(".")[0])()

    do_POST = do_GET  # noqa: N815  # the name that http.server calls it by

    def send(self, body: bytes, media_type: str, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": media_type, "Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def get_data(self) -> None:
        self.send(TURTLE, "text/turtle; charset=utf-8")

    def get_named(self) -> None:
        self.send(TURTLE, "application/octet-stream")

    def get_page(self) -> None:
        self.send(b"<html>", "text/html")

    def get_broken(self) -> None:
        self.send(b"<urn:a> <urn:b> ", "text/turtle")

    def get_missing(self) -> None:
        self.send(b"", "text/plain", 404)

    def get_large(self) -> None:
        self.send(b"#" * 200_000, "text/turtle")

    def get_bomb(self) -> None:
        self.send(gzip.compress(b"#" * 5_000_000), "text/turtle", Content_Encoding="gzip")

    def get_zipped(self) -> None:
        self.send(gzip.compress(TURTLE), "text/turtle", Content_Encoding="gzip")

    def get_moved(self) -> None:
        self.send(b"", "text/plain", 302, Location="/data")

    def get_loop(self) -> None:
        self.send(b"", "text/plain", 302, Location="/loop")

    def get_away(self) -> None:
        self.send(b"", "text/plain", 307, Location="http://127.0.0.1:1/x")

    def get_rows(self) -> None:
        self.send(ROWS, RESULTS)

    def get_trickle(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"#")
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *args: object) -> None:
        pass


class Site:
    def __init__(self) -> None:
        self.seen: list[tuple[str, str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("_", (_Site,), {"seen": self.seen}))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.url = f"http://{self.host}"
        self.policy = RemotePolicy(frozenset({self.host}), seconds=1.0, max_bytes=100_000)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


# Which addresses


@pytest.mark.parametrize(
    ("hosts", "iri", "allowed"),
    [
        (["data.example.org"], "http://data.example.org/sparql", True),
        (["data.example.org"], "https://DATA.example.org:443/sparql", True),
        (["Data.Example.org"], "https://data.example.org", True),
        (["data.example.org"], "http://data.example.org:8080/sparql", False),
        (["data.example.org"], "http://other.data.example.org/", False),
        (["data.example.org"], "http://data.example.org.evil.example/", False),
        (["data.example.org"], "http://data.example.org@evil.example/", False),
        (["data.example.org"], "http://evil.example\\@data.example.org/", False),
        (["data.example.org"], "http://evil.example/#@data.example.org/", False),
        (["data.example.org"], "file://data.example.org/etc/passwd", False),
        (["data.example.org"], "//data.example.org/x", False),
        (["data.example.org"], "http://data.example.org\t/x", False),
        (["data.example.org:8080"], "http://data.example.org:8080/x", True),
        (["data.example.org:8080"], "http://data.example.org/x", False),
        (["[2001:db8::1]:99"], "http://[2001:DB8::1]:99/x", True),
        (["data.example.org"], "http://[data.example.org]/x", False),
        (["data.example.org"], "http://data.example.org:99999/x", False),
        (["127.0.0.1:80"], "http://2130706433/", False),
        ([], "http://data.example.org/", False),
    ],
)
def test_remote_allows_what_is_listed(hosts: list[str], iri: str, allowed: bool) -> None:
    assert RemotePolicy.of(hosts).allows(iri) is allowed


def test_remote_may_want_https() -> None:
    policy = RemotePolicy.of(["data.example.org"], https_only=True)
    assert policy.allows("https://data.example.org/")
    assert not policy.allows("http://data.example.org/")


@pytest.mark.parametrize("host", ["", "*", "http://a.example", "a.example/x", "a.example:0", "a.example:99999", "a b"])
def test_remote_refuses_entries_that_are_no_hosts(host: str) -> None:
    with pytest.raises(ValueError, match="is no host"):
        RemotePolicy.of([host])


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d70e", True),
        ("2002:7f00:1::", False),
        ("2001:db8::1", False),
    ],
)
def test_remote_knows_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize("host", ["localhost", "localhost.localdomain"])
def test_remote_refuses_a_listed_name_that_leads_inside(host: str) -> None:
    with pytest.raises((QueryRefusedError, EndpointError), match=r"not public|no address"):
        RemotePolicy.of([host]).fetch(f"http://{host}/x", accept="text/turtle")


# Fetching


def load(site: Site, path: str) -> str:
    return check_update(f"LOAD <{site.url}/{path}> INTO GRAPH <urn:g>", {}, site.policy).text


@pytest.mark.parametrize("path", ["data", "named.ttl", "zipped", "moved"])
def test_remote_loads_documents(path: str, site: Site) -> None:
    store = ox.Store()
    store.update(load(site, path))
    assert len(store) == 3
    assert store.contains_named_graph(ox.NamedNode("urn:g"))


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("page", "'text/html', which is no RDF"),
        ("named", "no RDF"),
        ("broken", "is not Turtle"),
        ("missing", "404"),
        ("large", "more than 100,000 bytes"),
        ("bomb", "more than 100,000 bytes"),
        ("loop", "redirects more than"),
        ("trickle", "within 1 seconds"),
    ],
)
def test_remote_says_why_a_document_cannot_be_had(path: str, complaint: str, site: Site) -> None:
    began = time.monotonic()
    with pytest.raises(EndpointError, match=complaint):
        load(site, path)
    assert time.monotonic() - began < 3
    assert check_update(f"LOAD SILENT <{site.url}/{path}>", {}, site.policy).warnings


def test_remote_follows_no_redirect_to_where_it_may_not(site: Site) -> None:
    with pytest.raises(QueryRefusedError, match=r"127\.0\.0\.1:1 is not among"):
        load(site, "away")


def test_remote_loads_in_order_with_other_requests(site: Site) -> None:
    text = f"PREFIX s: <{site.url}/> INSERT DATA {{ s:a s:name 'load' }} ; LOAD <{site.url}/data> ; LOAD s:data"
    store = ox.Store()
    store.update(check_update(text + " ; DELETE WHERE { <urn:lindqvist> ?p ?o }", {}, site.policy).text)
    assert len(store) == 3  # two blank nodes apart from each other, and what was inserted


def test_remote_fails_to_load_silently_without_an_effect() -> None:
    checked = check_update("LOAD SILENT <http://a.example/x> ; INSERT DATA { <urn:a> <urn:b> 1 }", {})
    store = ox.Store()
    store.update(checked.text)
    assert len(store) == 1
    assert "not allowed" in checked.warnings[0]


def test_remote_graphs_are_those_that_the_store_lacks(site: Site) -> None:
    choice = GraphChoice(default=("urn:g", f"{site.url}/data"), named=(f"{site.url}/data",))
    assert check_graphs(choice, ["urn:g"], site.policy) == (f"{site.url}/data",)
    with pytest.raises(QueryRefusedError, match="no such graph"):
        check_graphs(choice, [], site.policy)


# SERVICE


@pytest.fixture
def relayed(site: Site) -> Iterator[RemotePolicy]:
    with Relay(site.policy) as relay:
        yield relay.policy


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { SERVICE <URL/rows> { ?s ?p ?o } }",
        "PREFIX s: <URL/> SELECT ?s { service#x\ns:rows { ?s ?p ?o } }",
        "BASE <URL/> SELECT ?s { SERVICE SILENT <rows> { ?s ?p ?o } }",
        "SELECT ?s { { SELECT * { SERVICE <URL/rows?a=b&c=%20> { ?s ?p ?o } } } }",
    ],
)
def test_remote_service_goes_through_the_relay(query: str, site: Site, relayed: RemotePolicy) -> None:
    checked = check_query(query.replace("URL", site.url), {}, relayed)
    assert site.host not in checked.text.partition("SELECT")[2]
    rows = ox.Store().query(checked.text)
    assert isinstance(rows, ox.QuerySolutions)
    assert [str(row["s"]) for row in rows] == ["<urn:ferris>"]
    ((method, path, body),) = site.seen
    assert (method, path[:5]) == ("POST", "/rows")
    assert "SELECT" in body


@pytest.mark.parametrize("path", ["page", "missing", "away", "trickle", "moved"])
def test_remote_service_fails_as_a_query(path: str, site: Site, relayed: RemotePolicy) -> None:
    checked = check_query(f"SELECT * {{ SERVICE <{site.url}/{path}> {{ ?s ?p ?o }} }}", {}, relayed)
    with pytest.raises(OSError, match="502"):
        list(ox.Store().query(checked.text))  # type: ignore[arg-type]
    silent = check_query(f"SELECT * {{ SERVICE SILENT <{site.url}/{path}> {{ ?s ?p ?o }} }}", {}, relayed)
    assert len(list(ox.Store().query(silent.text))) == 1  # type: ignore[arg-type]


def test_remote_service_of_others_is_refused_or_silent(relayed: RemotePolicy) -> None:
    query = "SELECT ?a ?s { VALUES ?a { 1 2 } SERVICE SILENT <http://a.example/x> { ?s ?p ?o } }"
    checked = check_query(query, {}, relayed)
    rows = ox.Store().query(checked.text)
    assert isinstance(rows, ox.QuerySolutions)
    assert [variable.value for variable in rows.variables] == ["a", "s"]
    assert len(list(rows)) == 2
    assert "http://a.example/x" in checked.warnings[0]
    with pytest.raises(QueryRefusedError, match=r"http://a\.example/x"):
        check_query(query.replace("SILENT", ""), {}, relayed)


def test_remote_relay_answers_nobody_who_lacks_its_path(site: Site, relayed: RemotePolicy) -> None:
    assert relayed.relay
    wrong = relayed.relay.rpartition("/")[0] + "/guess"
    with pytest.raises(OSError, match="404"):
        list(ox.Store().query(f"SELECT * {{ SERVICE <{wrong}?to={site.url}/rows> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
    assert not site.seen


def test_remote_relay_cannot_be_named_in_a_query(site: Site, relayed: RemotePolicy) -> None:
    with pytest.raises(QueryError):
        check_query(f"SELECT * {{ SERVICE <{relayed.relay}?to=http://a.example/> {{ ?s ?p ?o }} }}", {}, relayed)
