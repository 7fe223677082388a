"""The documents that a request brings, as the stages of the graph read them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from flask import request
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType

from graph.articles import Input, Options
from graph.articles.inputs import MAX_BYTES
from graph.articles.metadata import FIELDS, SIDECAR_SUFFIX, options_of, overlay
from graph.errors import UnreadableError
from server import service

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from werkzeug.datastructures import FileStorage

_JSON = "application/json"
_PARTS = "multipart/form-data"
_PLAIN = "text/plain"
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/xml", "text/xml"})
_FETCHED = frozenset({"", _PLAIN}) | _PAGES | _FEEDS
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, text/*;q=0.8, */*;q=0.1"
TYPES = (_PLAIN, *sorted(_PAGES), _JSON, *sorted(_FEEDS), _PARTS)

_ORIGIN = "the request"  # where an article is from whose sender does not say
_BODY = frozenset({"text", "html"})
_KNOWN = frozenset({*FIELDS, *_BODY, "origin", "sha256"})
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST_ORIGIN = 1000  # code points


@dataclass(frozen=True, slots=True)
class Sent:
    """Documents, or why one is none; `several`: whether they are a list, even if it has one entry."""

    documents: tuple[Input | UnreadableError, ...]
    several: bool


def sent(given: Options) -> Sent:
    """The documents of the request under way; `given` goes before what they say of themselves.

    Raises the HTTP error of a request that holds none.
    """
    kind = request.mimetype
    if kind == _PARTS:
        files = [file for several in request.files.listvalues() for file in several]
        try:
            return Sent(tuple(_from_parts(files, given)), several=True)
        finally:
            for file in files:
                file.close()
    body = request.get_data()
    if not body.strip():
        raise BadRequest(f"The request is empty; send an article as one of {', '.join(TYPES)}.")
    if kind == _JSON:
        content = _json(body)
        found = content if isinstance(content, list) else [content]
        return Sent(tuple(_from_json(item, given) for item in found), several=isinstance(content, list))
    if kind in _FEEDS or kind in _PAGES or kind == _PLAIN:
        document = Input(_ORIGIN, body, content_type=request.content_type, sidecar=given)
        return Sent((document,), several=kind in _FEEDS)
    raise UnsupportedMediaType(f"An article is sent as one of {', '.join(TYPES)}, not as '{kind}'.")


def fetched(url: str, given: Options) -> Sent:
    """The documents at an address, as if they had been sent with its Content-Type; `given` as for `sent`.

    Raises Forbidden where the host is not on the list of those that may be asked, QueryRefusedError where its name or a
    redirect leads elsewhere, and EndpointError where it fails, takes too long or sends too much.
    """
    remote = service.settings().engine.remote
    if not remote.allows(url):
        raise Forbidden(
            f"Nothing is fetched from <{url}>: whoever runs this service may allow its host (--allow-host, or "
            "PODIUM_ALLOW_HOST). Send the page itself, with ?url= for where it is from."
        )
    found = replace(remote, max_bytes=min(remote.max_bytes, MAX_BYTES)).fetch(url, accept=_ACCEPT)
    if found.media_type not in _FETCHED:
        reason = f"is sent as '{found.media_type[:60]}', not as one of {', '.join(sorted(_FETCHED - {''}))}"
        return Sent((UnreadableError(url, reason),), several=False)
    content_type = found.content_type or None
    document = Input(url, found.data, content_type=content_type, url=found.iri, sidecar=given)
    return Sent((document,), several=found.media_type in _FEEDS)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"The body is not JSON in UTF-8 ({error}).") from error


def _from_json(item: Any, given: Options) -> Input | UnreadableError:
    try:
        return _article(item, given)
    except UnreadableError as error:
        return error


def _article(item: Any, given: Options) -> Input:
    if not isinstance(item, dict):
        raise UnreadableError(_ORIGIN, "an article is an object with 'text' or 'html' and its metadata")
    origin = item.get("origin") or _ORIGIN
    if not isinstance(origin, str) or len(origin) > _LONGEST_ORIGIN:
        raise UnreadableError(_ORIGIN, f"'origin' must be a text of at most {_LONGEST_ORIGIN} characters")
    if unknown := sorted(set(item) - _KNOWN):
        raise UnreadableError(origin, f"'{unknown[0][:60]}' is no field; known are {', '.join(sorted(_KNOWN))}")
    bodies = [name for name in _BODY if item.get(name) is not None]
    if len(bodies) != 1 or not isinstance(item[bodies[0]], str):
        raise UnreadableError(origin, "give either 'text' or 'html', as a text")
    digest = item.get("sha256")
    if digest is not None and not (isinstance(digest, str) and _SHA256.fullmatch(digest)):
        raise UnreadableError(origin, "'sha256' must be 64 hexadecimal digits in lower case")
    try:
        data = item[bodies[0]].encode()
        origin.encode()
    except UnicodeEncodeError as error:
        raise UnreadableError(_ORIGIN, "the article holds half of a surrogate pair, which is no character") from error
    return Input(
        origin,
        data,
        content_type="text/html; charset=utf-8" if bodies == ["html"] else "text/plain; charset=utf-8",
        sidecar=overlay(given, options_of(origin, item)),
        plain=bodies == ["text"],
        sha256=digest,
    )


def _from_parts(files: Iterable[FileStorage], given: Options) -> Iterator[Input | UnreadableError]:
    """Each file as if it lay in a folder: what is known of `report.txt` may be in a part named `report.meta.json`."""
    named = [(PurePosixPath(file.filename or _ORIGIN), file) for file in files]
    sidecars = {str(path).removesuffix(SIDECAR_SUFFIX): file for path, file in named if _is_sidecar(path)}
    documents = [(path, file) for path, file in named if not _is_sidecar(path)]
    if not documents:
        raise BadRequest("The form holds no file; send each article as a part with a file name.")
    for path, file in documents:
        try:
            yield _part(path, file, sidecars.get(str(path.with_suffix(""))), given)
        except UnreadableError as error:
            yield error


def _is_sidecar(path: PurePosixPath) -> bool:
    return path.name.endswith(SIDECAR_SUFFIX)


def _part(path: PurePosixPath, file: FileStorage, sidecar: FileStorage | None, given: Options) -> Input:
    known = Options()
    if sidecar is not None:
        name = str(sidecar.filename)
        try:
            content = json.loads(sidecar.read().decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise UnreadableError(name, f"is not valid JSON ({error}); correct or remove it") from error
        if not isinstance(content, dict):
            raise UnreadableError(name, f"must hold a JSON object with any of {', '.join(FIELDS)}")
        known = options_of(name, content)
    origin = str(path)
    stem = None if origin == _ORIGIN else path.stem
    return Input(origin, file.read(), stem, path.suffix.lower(), file.content_type, sidecar=overlay(given, known))
