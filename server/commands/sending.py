"""What commands have a running service do over HTTP: with patience, and errors that say what to do."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import click

from graph.errors import EndpointError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    import httpx

    from graph.errors import UnreadableError
    from graph.model import Article

    _Function = TypeVar("_Function", bound="Callable[..., Any]")

_TOGETHER = 25  # articles in a request
_MOST = 1_000_000  # code points of text in a request, unless one article has more
_PATIENCE = 600.0  # seconds that a request is tried again while the service is busy
_AWAY = 20.0  # the same while nobody answers, as when it is started anew
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0  # seconds
_SECONDS = 600.0  # for an answer: an article in a long queue may wait
_BUSY = {429, 502, 503, 504}
_TOO_LARGE = 413
_DENIED = {401, 403}

_server_option = click.option("--server", metavar="URL", help="Have a running Podium do it, by its address.")
_token_option = click.option("--token", metavar="T", help="The token for it. Better as $PODIUM_TOKEN.")


def service_options(function: _Function) -> _Function:
    """The options `--server` and `--token` of a command that writes."""
    return _server_option(_token_option(function))


class Service:
    """A running Podium, and the token to write to it."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def ingest(
        self, articles: Iterable[Article | UnreadableError], *, replace: bool, unscreened: bool
    ) -> Iterator[dict[str, Any]]:
        """Sends articles, some at a time; the report of each, in order, as `POST /articles` gives it.

        What was sent before is known to the service, so that a run that was broken off can be begun again.
        """
        query = {name: "true" for name, given in (("replace", replace), ("unscreened", unscreened)) if given}
        for batch in _batches(articles):
            yield from self._send(batch, query)

    def retract(self, article: str, reason: str) -> dict[str, Any]:
        """Withdraws an article."""
        return self._answer("DELETE", f"articles/{quote(article, safe='')}", params={"reason": reason})

    def post(self, path: str, content: dict[str, Any]) -> dict[str, Any]:
        """The answer to an object of JSON."""
        return self._answer("POST", path, json=content)

    def _send(self, batch: list[Article | UnreadableError], query: dict[str, str]) -> Iterator[dict[str, Any]]:
        from graph.model import Article

        sent = [item for item in batch if isinstance(item, Article)]
        reports: list[dict[str, Any]] = []
        if sent:
            response = self._ask("POST", "articles", json=[_as_json(article) for article in sent], params=query)
            if response.status_code == _TOO_LARGE and len(batch) > 1:
                yield from self._send(batch[: len(batch) // 2], query)
                yield from self._send(batch[len(batch) // 2 :], query)
                return
            reports = _content(response)["articles"]
            if len(reports) != len(sent):
                raise EndpointError(f"{response.url} did not report on every article; is it a Podium?")
        for item in batch:
            yield reports.pop(0) if isinstance(item, Article) else _unread(item)

    def _answer(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        return _content(self._ask(method, path, **more))

    def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """The answer of a service that is not busy; asks again while it is, as late as it wishes."""
        import httpx

        waited, pause = 0.0, _FIRST_PAUSE
        while True:
            patience, delay = _PATIENCE, pause
            try:
                response = self._client.request(method, path, **more)
                if response.status_code not in _BUSY:
                    return response
                why = f"answered {response.status_code}"
                wish = response.headers.get("retry-after", "")
                delay = max(float(wish), _FIRST_PAUSE) if wish.isascii() and wish.isdigit() else pause
            except httpx.TransportError as error:
                patience, why = _AWAY, f"cannot be reached ({error})"
            if waited + delay > patience:
                raise EndpointError(f"{self._client.base_url} {why}; what was sent is kept, so begin again later")
            time.sleep(delay)
            waited += delay
            pause = min(pause * 2, _LONGEST_PAUSE)


@contextmanager
def service(server: str, token: str | None) -> Iterator[Service]:
    """The service at an address, with the token given or that of the settings."""
    import httpx

    from server.settings import Settings

    parts = urlsplit(server)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise click.UsageError(f"--server takes the http or https address of a Podium, not '{server}'")
    secret = token or Settings.from_environment().token
    if not secret:
        raise click.UsageError(
            "writing to a service needs a token: give --token or PODIUM_TOKEN (`podium token create`)"
        )
    if not secret.isascii() or not secret.isprintable():  # not shown: it is a secret
        raise click.UsageError("--token holds what no token can")
    with httpx.Client(
        base_url=server if parts.path.endswith("/") else f"{server}/",
        headers={"Authorization": f"Bearer {secret}", "Accept": "application/json, application/problem+json"},
        timeout=httpx.Timeout(_SECONDS, connect=5.0),
    ) as client:
        yield Service(client)


def _batches(articles: Iterable[Article | UnreadableError]) -> Iterator[list[Article | UnreadableError]]:
    from graph.model import Article

    batch: list[Article | UnreadableError] = []
    size = 0
    for item in articles:
        length = len(item.text) if isinstance(item, Article) else 0
        if batch and (len(batch) >= _TOGETHER or size + length > _MOST):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += length
    if batch:
        yield batch


def _as_json(article: Article) -> dict[str, str]:
    """An article as `POST /articles` takes it; what is not known is left out."""
    fields = {
        "text": article.text,
        "id": article.id,
        "origin": article.origin,
        "sha256": article.sha256,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "source": article.source,
        "author": article.author,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _unread(error: UnreadableError) -> dict[str, Any]:
    """The report of an input that could not be read here, so that it was not sent."""
    return {"origin": error.origin, "outcome": "refused", "article": None, "error": str(error)}


def _content(response: httpx.Response) -> dict[str, Any]:
    """The object in an answer; raises EndpointError with the reason of one that refuses."""
    try:
        content = response.json()
    except ValueError:
        content = None
    if response.is_success and isinstance(content, dict):
        return content
    told = content.get("detail") if isinstance(content, dict) else None
    why = f"{response.url.copy_with(query=None)} answered {response.status_code}: {told or response.reason_phrase}"
    if response.status_code in _DENIED:
        why += " (see `podium token list` on the service's machine)"
    raise EndpointError(why)
