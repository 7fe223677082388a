"""A service over the samples and the invented articles, and browsers that watch what its pages do.

A page fails its test where it asks another machine for anything, breaks its own content security policy, or has an
error in its scripts: `Watch` sees all three.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "server"))  # for those named next

from harbour import make_store  # noqa: E402
from page_checks import DESK  # noqa: E402
from served_command import command  # noqa: E402

from graph.articles import read  # noqa: E402
from graph.pipeline import ingest, open_store  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request
    from served_command import Service

    Opened = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A store of the samples and of the invented articles; to be copied."""
    path = make_store(tmp_path_factory.mktemp("newsroom") / "store")
    with open_store(path) as store:
        reports = list(ingest(store, read([str(root / "seeds")])))
    assert {report.outcome for report in reports} == {"added"}
    return path


@pytest.fixture(scope="package")
def site(newsroom: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over that store, which is only read from."""
    with command(shutil.copytree(newsroom, tmp_path_factory.mktemp("site") / "store")) as running:
        yield running.url


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """The system's browser, which knows no machine but this one."""
    from playwright.sync_api import sync_playwright

    alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", alone])
        yield started
        started.close()


@dataclass
class Watch:
    """What pages did that no page may."""

    host: str
    offences: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("request", self._asked)
        page.on("websocket", lambda socket: self.offences.append(f"opened {socket.url}"))
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.offences.append(f"script failed: {error}"))

    def _asked(self, request: Request) -> None:
        where = urlsplit(request.url)
        if where.scheme not in ("data", "blob") and where.netloc != self.host:
            self.offences.append(f"asked for {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # A page that is not there is an answer to the test that asks for it, and no fault of a script.
        missing = message.text.startswith("Failed to load resource") and message.location["url"] in self._pages(message)
        if message.type in ("error", "warning") and not missing:
            self.offences.append(f"console: {message.text} ({message.location['url']})")

    @staticmethod
    def _pages(message: ConsoleMessage) -> tuple[str, ...]:
        return (message.page.url,) if message.page else ()


class Tabs:
    """Tabs that are used again, for starting one costs more than most pages; nothing of one visit is left to the next.

    Listeners stay: a test that adds one that does more than take note uses `page.once`.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, tuple[Page, Watch]] = {}

    @contextmanager
    def opened(self, at: str, script: bool, viewport: Any = DESK, **options: Any) -> Iterator[Page]:
        """Opens a watched page with these options of a context."""
        kind = repr((at, script, sorted(options.items())))
        page, watch = self._free.pop(kind, None) or self._new(base_url=at, java_script_enabled=script, **options)
        page.set_viewport_size(viewport)
        try:
            yield page
            self._leave(page, options)
        except BaseException:
            page.context.close()
            raise
        offences, watch.offences = watch.offences, []
        self._free[kind] = page, watch
        assert not offences

    def _new(self, **options: Any) -> tuple[Page, Watch]:
        context = self._browser.new_context(viewport=DESK, **{"reduced_motion": "reduce"} | options)
        context.set_default_timeout(15_000)
        page, watch = context.new_page(), Watch(urlsplit(options["base_url"]).netloc)
        watch.over(page)
        return page, watch

    @staticmethod
    def _leave(page: Page, options: dict[str, Any]) -> None:
        page.unroute_all()
        page.mouse.move(-1, -1)
        page.goto("/robots.txt")  # of the same site, as another one would start a process
        page.emulate_media(media="null", color_scheme=options.get("color_scheme", "light"))
        session = page.context.new_cdp_session(page)
        session.send("Network.clearBrowserCache")
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        session.detach()


@pytest.fixture(scope="package")
def opened(browser: Browser, site: str) -> Opened:
    """Opens a watched page: `with opened(script=False, viewport=PHONE) as page`; options as of a new context."""
    tabs = Tabs(browser)

    def _opened(*, at: str = site, script: bool = True, **options: Any) -> AbstractContextManager[Page]:
        return tabs.opened(at, script, **options)

    return _opened


@pytest.fixture(params=["script", "no script"])
def page(request: pytest.FixtureRequest, opened: Opened) -> Iterator[Page]:
    """A page with and one without JavaScript, at a desk."""
    with opened(script=request.param == "script") as page:
        yield page


@pytest.fixture
def scripted(opened: Opened) -> Iterator[Page]:
    """A page with JavaScript, at a desk."""
    with opened() as page:
        yield page


@pytest.fixture(scope="package")
def desk(newsroom: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over a copy of the store, for those who change it."""
    with command(shutil.copytree(newsroom, tmp_path_factory.mktemp("desk") / "store")) as running:
        yield running


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The source of axe-core, which `make setup` installs with what the scripts are built from."""
    source = root / "server" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists():
        pytest.skip("needs axe-core (make setup, not with SCRIPTS=no)")
    return source.read_text()
