"""`Authorization: Bearer TOKEN`: what a request may do besides reading (RFC 6750)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, NoReturn

from flask import abort, request

from server import errors, service

if TYPE_CHECKING:
    from server.tokens import Scope, Token

_REALM = 'Bearer realm="podium"'


def require(*scopes: Scope) -> Token:
    """The token of the request, if it has all the scopes; call it before anything else of the request is looked at.

    From then on its body may be as long as an upload. Ends the request with 401 where it carries no token that is good,
    and with 403 where one of the scopes is not the token's.
    """
    named = " and ".join(f"'{scope}'" for scope in scopes)
    needed = f"This needs a token with the scope{'s' if len(scopes) > 1 else ''} {named}"
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() != "bearer" or not text.strip():
        _refuse(HTTPStatus.UNAUTHORIZED, f"{needed}, as Authorization: Bearer TOKEN.")
    token = service.tokens().holder(text.strip())
    if token is None:
        _refuse(HTTPStatus.UNAUTHORIZED, "The token is unknown, revoked or expired.", 'error="invalid_token"')
    if not set(scopes) <= set(token.scopes):
        has = ", ".join(token.scopes)
        _refuse(
            HTTPStatus.FORBIDDEN,
            f"{needed}; this one has: {has}.",
            f'error="insufficient_scope", scope="{" ".join(scopes)}"',
        )
    most = service.settings().max_upload
    request.max_content_length, request.max_form_memory_size = most + 1, most  # as in `create_app`
    return token


def _refuse(status: HTTPStatus, detail: str, error: str | None = None) -> NoReturn:
    described = f'{_REALM}, {error}, error_description="{detail}"' if error else _REALM
    abort(errors.problem(status, detail, headers={"WWW-Authenticate": described, "Cache-Control": "no-store"}))
