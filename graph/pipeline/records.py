"""What each article was found to say, as kept in the store: all quads of the graph can be made from these again."""

from __future__ import annotations

import json
from array import array
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from datetime import date
from sys import byteorder
from typing import TYPE_CHECKING, Any

from graph.errors import PodiumError, StoreError
from graph.guide import from_json, to_json
from graph.identity.copies import Text, runs_of
from graph.identity.minting import Names
from graph.model import Article
from graph.store.directory import text_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.model import Extraction
    from graph.store.directory import Directory

_NAMES = "names.json"


@dataclass(frozen=True, slots=True)
class Record:
    """An article without its text (`text` is the name of the file that holds it) and what was read from it.

    `runs` are those of its text (`graph.identity.copies.runs_of`); None where an older Podium kept it.
    """

    article: Article
    extraction: Extraction
    runs: array[int] | None = None


def keep(files: Directory, article: Article, extraction: Extraction) -> None:
    """Stores text and record; the record comes last, so that one without its text is never seen."""
    files.keep_text(article.text)
    files.keep_record(article.id, dumps(article, extraction))


def dumps(article: Article, extraction: Extraction) -> str:
    """The record as text, the same for the same article read alike."""
    fields: dict[str, Any] = asdict(article)
    fields["text"] = text_name(article.text)
    fields["published"] = article.published.isoformat() if article.published else None
    runs = runs_of(article.text)
    if byteorder == "big":
        runs.byteswap()
    data = {"article": fields, "extraction": to_json(extraction), "runs": b64encode(runs.tobytes()).decode("ascii")}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def same(record: Record, article: Article, extraction: Extraction) -> bool:
    """Whether ingesting the article would change nothing; from where it was read does not matter."""
    stored = replace(article, text=text_name(article.text), origin=record.article.origin)
    return record.article == stored and record.extraction == extraction


def find(files: Directory, article: str) -> Record | None:
    """The record of that article, or None."""
    content = files.record(article)
    return None if content is None else _loads(content, f"{files.path}/records/{article}.json")


def every(files: Directory) -> Iterator[Record]:
    """All records, by article id."""
    for name in files.record_names():
        record = find(files, name)
        if record is not None:
            yield record


def with_text(record: Record, files: Directory) -> Article:
    """The article with its text; raises StoreError where the text is gone."""
    text = files.text(record.article.text)
    if text is None:
        raise StoreError(f"{files.path}: the text of article {record.article.id} is missing; ingest it again")
    return replace(record.article, text=text)


def text_of(record: Record, files: Directory) -> Text:
    """What the article is compared with others by."""
    runs = runs_of(with_text(record, files).text) if record.runs is None else record.runs
    return Text(record.article.id, record.article.published, runs)


def keep_names(files: Directory, names: Names) -> None:
    """Stores under which names the article graphs are written."""
    data = {"aliases": dict(names.aliases), "namesakes": [[*key, slug] for key, slug in names.namesakes.items()]}
    files.keep_note(_NAMES, json.dumps(data, sort_keys=True))


def names(files: Directory) -> Names | None:
    """The names under which the article graphs were written, or None where that is not known."""
    content = files.note(_NAMES)
    if content is None:
        return None
    try:
        data = json.loads(content)
        return Names(data["aliases"], {(article, slug): other for article, slug, other in data["namesakes"]})
    except (ValueError, KeyError, TypeError):
        return None  # they are worked out anew then


def _runs(written: str) -> array[int]:
    runs = array("I", b64decode(written, validate=True))
    if byteorder == "big":
        runs.byteswap()
    return runs


def _loads(content: str, where: str) -> Record:
    try:
        data = json.loads(content)
        fields = data["article"]
        published = fields.pop("published")
        article = Article(**fields, published=date.fromisoformat(published) if published else None)
        return Record(article, from_json(data["extraction"]), _runs(data["runs"]) if "runs" in data else None)
    except (ValueError, KeyError, TypeError, PodiumError) as error:
        raise StoreError(f"{where}: damaged ({error}); ingest the article again") from error
