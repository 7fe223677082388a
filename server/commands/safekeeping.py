"""`backup`, `restore` and `rebuild`: the whole store, saved, put back and made anew, also while it is served."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from server.commands.output import say
from server.commands.sending import service, service_options
from server.commands.sources import store_option, store_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.engine.writing import Writes


@click.command()
@click.argument("directory", metavar="DIR")
@store_option
@service_options
def backup(directory: str, store: Path | None, server: str | None, token: str | None) -> None:
    """Save the store in a new folder DIR.

    It is a store as it was at one moment, whether it is served meanwhile or not; DIR appears whole. Tokens and the log
    of writes are not in it. With --server, DIR is a name in the service's own folder for backups (`serve --backups`).

    \b
    Examples:
      podium backup /backups/2031-06-14
      podium backup 2031-06-14 --server https://podium.example/
    """
    done = _done("backup", directory, store, server, token, lambda writes: writes.backup(_absolute(directory)))
    say(f"{directory}: saved, as of version {done}")


@click.command()
@click.argument("directory", metavar="DIR")
@store_option
@service_options
def restore(directory: str, store: Path | None, server: str | None, token: str | None) -> None:
    """Put the backup in DIR in the place of all that the store holds.

    It is checked first; a service goes on answering, from the one moment on with what the backup has. Tokens stay as
    they are, so that no revoked one comes back. With --server as `podium backup`.

    \b
    Examples:
      podium restore /backups/2031-06-14
      podium restore 2031-06-14 --server https://podium.example/
    """
    done = _done("restore", directory, store, server, token, lambda writes: writes.restore(_absolute(directory)))
    say(f"{directory}: put back, the store has version {done} now")


@click.command()
@store_option
@service_options
def rebuild(store: Path | None, server: str | None, token: str | None) -> None:
    """Make all graphs of Podium's own anew.

    They follow from the articles and rulings that the store keeps beside them; so this undoes what updates did to them.
    Other graphs stay.

    \b
    Examples:
      podium rebuild
      podium rebuild --server http://127.0.0.1:8080/
    """
    done = _done("rebuild", None, store, server, token, _rebuilt)
    say(f"made anew, the store has version {done} now")


def _rebuilt(writes: Writes) -> str:
    writes.rebuild()
    return writes.version


def _done(
    what: str,
    directory: str | None,
    store: Path | None,
    server: str | None,
    token: str | None,
    here: Callable[[Writes], str],
) -> str:
    """Has it done: by the service that is named, by the one that has the store open, or here; the version after it."""
    if server is not None:
        if store is not None:
            raise click.UsageError("give --store or --server, not both")
        return _asked(server, token, what, directory)
    from server.owner import served

    path = store_path(store)
    running = served(path)
    if running is not None and _answers(running.url):
        return _asked(running.url, running.secret, what, str(_absolute(directory)) if directory else None)
    with _opened(path) as writes:
        return here(writes)


def _answers(url: str) -> bool:
    """Whether there is a service at an address: one that was killed leaves its note behind."""
    import httpx

    try:
        return httpx.get(f"{url}health/live", timeout=5.0).is_success
    except httpx.HTTPError:
        return False


def _asked(url: str, token: str | None, what: str, directory: str | None) -> str:
    content: dict[str, Any] = {} if directory is None else {"directory": directory}
    with service(url, token) as running:
        return str(running.post(what, content)["version"])


@contextmanager
def _opened(path: Path) -> Iterator[Writes]:
    """The writer of a store that is there."""
    from graph.engine.settings import EngineSettings
    from graph.engine.writing import Writes
    from graph.store.directory import Directory

    Directory.open(path, create=False, base=None)
    writes = Writes(path, EngineSettings())
    try:
        yield writes
    finally:
        writes.close()


def _absolute(directory: str) -> Path:
    return Path(directory).absolute()
