"""Pictures of every kind of page over the samples, for docs/screenshots and for whoever changes how pages look.

`make screenshots`, which is `python tests/browser/screenshots.py`; `--only race club` takes some, `--out` elsewhere.
"""

from __future__ import annotations

import argparse
import base64
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from site_map import PAGES

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "server"))

from served_command import command  # noqa: E402

from graph.articles import read  # noqa: E402
from graph.pipeline import ingest, open_store  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = {"desk": (1280, 2000), "phone": (390, 2400)}  # width, greatest height
DARK = ("athlete", "race", "graph", "editor")  # are taken in the dark as well
QUALITY = 72  # of WebP


def take(browser: Browser, url: str, out: Path, names: list[str], kind: str) -> None:
    """Writes NAME-SIZE.KIND for each page, and NAME-SIZE-dark.KIND for some."""
    for size, (width, greatest) in SIZES.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                base_url=url, viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
            )
            page = context.new_page()
            session = context.new_cdp_session(page)
            for name in names:
                if scheme == "dark" and name not in DARK:
                    continue
                page.goto(PAGES[name], wait_until="networkidle")
                height = min(page.evaluate("document.documentElement.scrollHeight"), greatest)
                clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
                form = {"format": kind} | ({"quality": QUALITY} if kind == "webp" else {})
                shot = session.send("Page.captureScreenshot", form | {"clip": clip, "captureBeyondViewport": True})
                file = f"{name.replace(' ', '-')}-{size}{'-dark' if scheme == 'dark' else ''}.{kind}"
                (out / file).write_bytes(base64.b64decode(shot["data"]))
            context.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--format", choices=("webp", "png"), default="webp")
    parser.add_argument("--only", nargs="+", choices=PAGES, default=list(PAGES))
    parser.add_argument("--url", help="of a service that runs; otherwise one over the samples is started")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Chromium is needed (Debian: apt-get install chromium)")
    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if options.url:
            take(browser, options.url, options.out, options.only, options.format)
        else:
            store = Path(folder) / "store"
            with open_store(store, create=True) as opened:
                list(ingest(opened, read([str(ROOT / "seeds")])))
            with command(store) as running:
                take(browser, running.url, options.out, options.only, options.format)
        browser.close()
    files = sorted(options.out.glob(f"*.{options.format}"))
    print(f"{len(files)} pictures in {options.out}, {sum(file.stat().st_size for file in files) // 1000:,} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
