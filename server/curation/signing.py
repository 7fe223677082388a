"""Signing in with a token and out again, and what holds for all pages of those who are signed in.

The cookie goes to `/curation` alone, so that nothing else of the service depends on who asks. Every form carries a
secret of its session, and the one to sign in with a seal of a cookie of its own, so that no other site can send them.
No page is kept anywhere.
"""

from __future__ import annotations

import hmac
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, cast

from flask import Blueprint, Response, abort, g, redirect, render_template, request

from graph.errors import PodiumError
from server import audit, errors, service
from server.front import clients

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response as AnyResponse

    from server.sessions import Session
    from server.tokens import Token

blueprint = Blueprint("curation", __name__)

_HOME: Final = "/curation"
_SESSION, _FORM = "podium_session", "podium_form"
_LONGEST: Final = 1000  # code points of a reason or name
_FORM_AGE: Final = 3600  # seconds
_OPEN: Final = frozenset({"curation.home", "curation.sign_in"})  # endpoints for those who are not signed in, too


@blueprint.before_request
def _admit() -> AnyResponse | None:
    """Lets in who is signed in, with forms that are of this session."""
    session = service.sessions().find(request.cookies.get(_SESSION, ""))
    token = service.tokens().current(session.token) if session is not None else None
    if token is not None and "curate" in token.scopes:
        g.session, g.token = session, token
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403, "This form was sent by another site.")
    if request.endpoint in _OPEN:
        return None
    if "session" not in g:
        if request.method == "POST":
            abort(403, "Your session has ended, so nothing was done. Sign in again at /curation.")
        return redirect(f"{_HOME}?{_next(request.full_path)}", 303)
    if request.method == "POST" and not _same(request.form.get("form", ""), signed_in().form):
        abort(403, "This form is of another session, so nothing was done. Open the page again.")
    return None


@blueprint.after_request
def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.vary.add("Cookie")
    return response


@blueprint.get(_HOME)
def home() -> AnyResponse | str:
    """The desk of who is signed in; else the form to sign in with."""
    from server.curation.desk import desk

    return desk() if "session" in g else _form()


@blueprint.post(f"{_HOME}/sign-in")
def sign_in() -> AnyResponse:
    """Begin a session for who has a token with the scope."""
    nonce = request.cookies.get(_FORM, "")
    if not nonce or not _same(request.form.get("form", ""), service.sessions().sealed(nonce)):
        return _form("This form is too old. Try it again.", HTTPStatus.FORBIDDEN)
    client = request.environ.get("podium.client") or request.remote_addr or ""
    wait = service.sessions().attempt(clients.key(client))
    if wait:
        response = _form(
            f"That was tried too often from here. Try again in {wait} seconds.", HTTPStatus.TOO_MANY_REQUESTS
        )
        response.headers["Retry-After"] = str(wait)
        return response
    token = service.tokens().holder(request.form.get("token", "").strip())
    if token is None:
        return _form("The token is unknown, revoked or expired.", HTTPStatus.FORBIDDEN)
    if "curate" not in token.scopes:
        return _form(f"The token has no scope “curate”, only: {', '.join(token.scopes)}.", HTTPStatus.FORBIDDEN)
    with audit.recorded(token, "sign in", ""):
        secret, _ = service.sessions().begin(token.id)
    onward = redirect(_inside(request.form.get("next", "")), 303)
    _set(onward, _SESSION, secret, None)
    onward.delete_cookie(_FORM, path=_HOME)
    return onward


@blueprint.post(f"{_HOME}/sign-out")
def sign_out() -> AnyResponse:
    """End the session."""
    with audit.recorded(holder(), "sign out", ""):
        service.sessions().end(request.cookies.get(_SESSION, ""))
    response = redirect(_HOME, 303)
    response.delete_cookie(_SESSION, path=_HOME)
    return response


def signed_in() -> Session:
    """The session of the request under way."""
    return cast("Session", g.session)


def holder() -> Token:
    """The token of who is signed in."""
    return cast("Token", g.token)


def page(template: str, **values: Any) -> str:
    """A page for who is signed in; what is to be told once is told by it."""
    session = signed_in()
    told, session.told = session.told, None
    return render_template(f"curation/{template}", token=holder(), form=session.form, told=told, **values)


def decided(action: str, target: str, do: Callable[[], str]) -> AnyResponse:
    """Does what a form asks for, with a line in the audit log; then back to the page that it names.

    `do` gives the words that the page shows. What cannot be done is told there as well.
    """
    try:
        with audit.recorded(holder(), action, target):
            words, wrong = do(), False
    except PodiumError as error:
        if errors.status_of(error) >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        words, wrong = f"That could not be done: {error}", True
    signed_in().told = words, wrong
    return redirect(_inside(request.form.get("back", "")), 303)


def given(name: str) -> str:
    """A field of the form that must be filled in."""
    value = request.form.get(name, "").strip()
    if not value or len(value) > _LONGEST:
        abort(400, f"Fill in “{name}” with 1 to {_LONGEST} characters.")
    try:
        value.encode()
    except UnicodeEncodeError:
        abort(400, f"“{name}” holds half of a surrogate pair, which is no character.")
    return value


def page_number() -> int:
    """Which page of a list is asked for, counted from 1."""
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    if number < 1:
        abort(404, f"There is no page '{asked[:20]}'; they are counted from 1.")
    return number


def _form(message: str | None = None, status: int = HTTPStatus.OK) -> Response:
    nonce = secrets.token_urlsafe(16)
    back = request.values.get("next", "")
    body = render_template("curation/sign-in.html", message=message, form=service.sessions().sealed(nonce), next=back)
    response = Response(body, status)
    _set(response, _FORM, nonce, _FORM_AGE)
    return response


def _set(response: AnyResponse, name: str, value: str, age: int | None) -> None:
    response.set_cookie(
        name, value, max_age=age, path=_HOME, httponly=True, samesite="Strict", secure=request.is_secure
    )


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())


def _next(path: str) -> str:
    from urllib.parse import urlencode

    return urlencode({"next": path.rstrip("?")})


def _inside(path: str) -> str:
    """The path, if it is one of these pages."""
    allowed = path == _HOME or path.startswith((f"{_HOME}/", f"{_HOME}?"))
    return path if allowed and path.isprintable() and "\\" not in path and "//" not in path else _HOME
