"""Search over an endpoint of which nothing is known but that it answers SPARQL."""

from protocol_server import over, served

from graph.browsing import find, search, search_sentences
from graph.store.embedded import Store
from graph.store.remote import Endpoint


def test_names_and_sentences_of_an_endpoint_are_found(small: Store) -> None:
    with served(over(small)) as url:
        endpoint = Endpoint(url, base=small.base)
        assert find(endpoint, "Mara Lindkvits").label == "Mara Lindqvist"
        assert search(endpoint, "akeson")[0].entity.label in {"Tor Åkesson", "Siv Åkesson"}
        found = search_sentences(endpoint, "guides harbour")
        assert [passage.article.label for passage in found.shown] == ["Lindqvist and her rivals"]
        assert [piece.text for piece in found.shown[0].pieces if piece.marked] == ["guides", "Harbour"]
        assert search_sentences(endpoint, "guides zzzz").total == 0
