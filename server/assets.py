"""Addresses of style sheets and scripts. Each holds a hash of the content, so that browsers may keep what they have."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from flask import Flask, request
from markupsafe import Markup

if TYPE_CHECKING:
    from flask import Response

_STATIC = Path(__file__).with_name("static")
_BUILT = "built"
_YEAR = 31_536_000  # seconds


def register(app: Flask) -> None:
    """Gives the templates `asset`, `script` and `stylesheet`, and lets browsers keep what has a hash in its address."""
    app.jinja_env.globals.update(asset=asset, script=script, stylesheet=stylesheet)
    app.after_request(_kept)


def asset(name: str) -> str | None:
    """The path of `search.js` (what was bundled) or `css/base.css` (what lies in `static`).

    None for a bundle that was not built: pages are whole without.
    """
    built = _manifest(_changed(_STATIC / _BUILT / "manifest.json")).get(name)
    if built is not None:
        return f"/static/{_BUILT}/{built}"
    changed = _changed(_STATIC / name)
    return f"/static/{name}?v={_hash(name, changed)}" if changed else None


def script(name: str) -> Markup:
    """The element that runs a bundle once the page is there; nothing where the bundle was not built."""
    path = asset(name)
    return Markup('<script type="module" src="{}"></script>').format(path) if path else Markup()


def stylesheet(name: str) -> Markup:
    """The element for `entity.css` out of `static/css`, or for the sheet of a bundle (`editor.css`)."""
    path = asset(f"css/{name}") or asset(name)
    return Markup('<link rel="stylesheet" href="{}">').format(path) if path else Markup()


def _changed(path: Path) -> int:
    """When a file was changed, so that what is made anew is seen; 0 where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=4)
def _manifest(changed: int) -> dict[str, str]:
    if not changed:
        return {}
    return cast("dict[str, str]", json.loads((_STATIC / _BUILT / "manifest.json").read_text("utf-8")))


@lru_cache(maxsize=256)
def _hash(name: str, changed: int) -> str:
    """The beginning of the SHA-256; `changed` only says when to look again."""
    del changed
    return hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:10]


def _kept(response: Response) -> Response:
    hashed = "v" in request.args or request.path.startswith(f"/static/{_BUILT}/")
    if request.endpoint == "static" and hashed and response.status_code < 400:
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = _YEAR
        response.cache_control.immutable = True
    return response
