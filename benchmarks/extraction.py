"""How fast articles are read, beside a pass of a regular expression that only finds the words of the same texts.

The pass is the least that any reader of text does; the ratio to it says what understanding costs, whatever the machine.
"""

import re
from collections.abc import Callable
from time import perf_counter

from corpus import articles, machine

from graph.articles import prepare
from graph.extraction import extract
from graph.model import Article
from graph.screening import check_fit

WORDS = re.compile(r"\w+(?:[.:']\w+)*|[^\w\s]")
ROUNDS = 5


def best_of(work: Callable[[Article], object], corpus: list[Article]) -> float:
    """Articles a second in the fastest of several rounds over the corpus; one round before them warms the caches."""
    for article in corpus:
        work(article)
    fastest = float("inf")
    for _ in range(ROUNDS):
        start = perf_counter()
        for article in corpus:
            work(article)
        fastest = min(fastest, perf_counter() - start)
    return len(corpus) / fastest


def blank_spacy() -> Callable[[str], object] | None:
    """spaCy's tokenizer, which does much less, where it happens to be installed."""
    try:
        from spacy.lang.en import English
    except ImportError:
        return None
    return English()


def main() -> None:
    corpus = articles()
    characters = sum(len(article.text) for article in corpus)
    start = perf_counter()
    facts = sum(len(extract(prepare(article)).results) for article in corpus)
    first = perf_counter() - start
    words = best_of(lambda article: WORDS.findall(article.text), corpus)
    prepared = best_of(prepare, corpus)
    documents = {article.id: prepare(article) for article in corpus}
    screened = best_of(lambda article: check_fit(documents[article.id]), corpus)
    extracted = best_of(lambda article: extract(prepare(article)), corpus)
    print(
        f"extraction: {len(corpus)} articles, {characters / len(corpus):.0f} characters each, one core of {machine()}"
    )
    print(f"  words only (regular expression)  {words:8.0f} articles/s")
    print(f"  prepare                          {prepared:8.0f} articles/s  {words / prepared:6.1f} x words only")
    print(f"  screen                           {screened:8.0f} articles/s  {words / screened:6.1f} x words only")
    print(f"  prepare and extract              {extracted:8.0f} articles/s  {words / extracted:6.1f} x words only")
    if spacy := blank_spacy():
        tokens = best_of(lambda article: spacy(article.text), corpus)
        print(f"  spaCy, blank English tokenizer   {tokens:8.0f} articles/s  {words / tokens:6.1f} x words only")
    print(f"  first round, tables loaded       {first:8.2f} s, {facts} results")


if __name__ == "__main__":
    main()
