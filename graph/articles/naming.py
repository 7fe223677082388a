"""Names for the files that are made of articles: what was found in `report.txt` is `report.json`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.model import Article


class FileNames:
    """Gives each article of one run a name of its own.

    It is the stem of the article's file; entries of a feed are numbered (`feed-1`, `feed-2`). What has no file, and a
    second file of the same stem, goes by the article's id.
    """

    def __init__(self) -> None:
        self._entries: dict[str, int] = {}
        self._taken: set[str] = set()

    def of(self, article: Article) -> str:
        """The name of the next article; each is asked for once, in the order of reading."""
        place, mark, entry = article.origin.rpartition("#")
        if mark and entry == article.id and not Path(article.origin).exists():
            self._entries[place] = self._entries.get(place, 0) + 1
            name = f"{_stem(place, article.id)}-{self._entries[place]}"
        else:
            name = _stem(article.origin, article.id)
        if name in self._taken:  # two folders with a file of one name: ids are distinct
            name = f"{name}-{article.id}"
        self._taken.add(name)
        return name


def _stem(origin: str, otherwise: str) -> str:
    return Path(origin).stem if "://" not in origin and Path(origin).exists() else otherwise
