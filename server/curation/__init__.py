"""`/curation`: what holders of a token with the scope `curate` decide, in pages that need no script."""

from server.curation import articles, desk, disputes, log, names, review
from server.curation.signing import blueprint

__all__ = ["articles", "blueprint", "desk", "disputes", "log", "names", "review"]
