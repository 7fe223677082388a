"""The articles that are measured: the samples and, where they lie beside the checkout, the development articles."""

import os
import platform
from pathlib import Path

from graph.articles import read
from graph.errors import UnreadableError
from graph.model import Article

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "seeds", ROOT / ".." / "shared" / "corpus" / "dev")


def articles() -> list[Article]:
    folders = [str(folder) for folder in FOLDERS if folder.is_dir()]
    return [article for article in read(folders) if not isinstance(article, UnreadableError)]


def machine() -> str:
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
