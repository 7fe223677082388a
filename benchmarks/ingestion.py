"""How fast articles become a graph in a new store on disk, how large it gets, and what a second, idle run costs."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from corpus import articles, machine

from graph.model import Article
from graph.pipeline import ingest, open_store
from graph.store.embedded import Store


def timed_ingest(store: Store, corpus: list[Article]) -> tuple[float, float]:
    """Seconds until the last article is in, and until the facts are worked out as well."""
    start = perf_counter()
    last = start
    for report in ingest(store, iter(corpus)):
        if report.error is not None:
            raise report.error
        last = perf_counter()
    return last - start, perf_counter() - start


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def main() -> None:
    corpus = articles()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        with open_store(path, create=True) as store:
            empty = sum(1 for _ in store.quads())
            stored, whole = timed_ingest(store, corpus)
            quads = sum(1 for _ in store.quads()) - empty
            idle, _ = timed_ingest(store, corpus)
        size = sum(file.stat().st_size for file in files(path))
    count = len(corpus)
    print(f"ingestion: {count} articles into a new store, {machine()}")
    print(f"  articles to claims on disk  {count / stored:8.0f} articles/s")
    print(f"  facts and all               {count / whole:8.0f} articles/s")
    print(f"  the same again, unchanged   {count / idle:8.0f} articles/s")
    print(f"  graph                       {quads / count:8.0f} quads an article, {quads} beside {empty} of vocabulary")
    print(f"  disk                        {size / count / 1024:8.0f} KiB an article, {size / 1024**2:.1f} MiB in all")


if __name__ == "__main__":
    main()
