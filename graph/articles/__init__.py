"""Files, folders, URLs and feeds to articles; articles to documents that can be read sentence by sentence."""

from graph.articles.inputs import Input
from graph.articles.metadata import Options
from graph.articles.naming import FileNames
from graph.articles.preparing import prepare
from graph.articles.reading import read, read_documents

__all__ = ["FileNames", "Input", "Options", "prepare", "read", "read_documents"]
