"""Entity tags made from the dataset's version: a client that has an answer is told so before anything is evaluated."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version as installed
from typing import TYPE_CHECKING, Final

from flask import Response, request

from server.service import source

if TYPE_CHECKING:
    from werkzeug.datastructures import ETags

KEEP: Final = "public, no-cache"  # kept by anyone, and asked for again each time


@cache
def _release() -> str:
    """Podium's own version: another one may write the same data otherwise."""
    return installed("podium")


def tag(*parts: object) -> str | None:
    """The tag of what the parts ask for, in the dataset as it is: `VERSION-DIGEST`; None where no version is known."""
    version = source().version
    return tag_of(version, request.path, *parts) if version is not None else None


def tag_of(version: str, path: str, *parts: object) -> str:
    """The tag of what the parts ask for at a path, in a version of the dataset."""
    return tag_in(version, path, *map(repr, parts))


def tag_in(version: str, path: str, *parts: str) -> str:
    """As `tag_of`, for parts as `repr` has them."""
    asked = "\0".join((_release(), path, *parts))
    return f"{version}-{hashlib.sha256(asked.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def unchanged(etag: str | None) -> bool:
    """Whether the client says that it has what the tag stands for."""
    return etag is not None and request.method in ("GET", "HEAD") and request.if_none_match.contains_weak(etag)


def not_modified(etag: str | None) -> Response:
    """The answer to a client that has it already."""
    response = Response(status=304)
    response.vary.add("Accept")
    return label(response, etag)


def label(response: Response, etag: str | None, *, weak: bool = True) -> Response:
    """The response with its tag, `weak` where rows may come in another order; never to be kept without one."""
    if response.status_code in (200, 304):
        if etag is not None:
            response.set_etag(etag, weak=weak)
        response.headers.setdefault("Cache-Control", KEEP if etag is not None else "no-store")
    return response


def based_on(tags: ETags) -> tuple[str, ...]:
    """The versions of the dataset that entity tags were made from, weak ones too."""
    return tuple(dict.fromkeys(one.partition("-")[0] for one in tags.as_set(include_weak=True)))
