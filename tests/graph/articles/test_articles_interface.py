"""The public face of the room, and that looking at it is cheap."""

import subprocess
import sys

import graph.articles


def test_articles_interface_is_small() -> None:
    assert graph.articles.__all__ == ["FileNames", "Input", "Options", "prepare", "read", "read_documents"]


def test_articles_interface_loads_no_parser_before_it_is_needed() -> None:
    code = "import sys, graph.articles; print({'trafilatura', 'feedparser', 'httpx', 'lxml'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        == "set()"
    )
