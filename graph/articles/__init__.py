"""Files, folders, URLs and feeds to articles; articles to documents that can be read sentence by sentence."""

from graph.articles.preparing import prepare

__all__ = ["prepare"]
