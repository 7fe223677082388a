"""From articles to the graph: the one place that composes the stages."""

from graph.pipeline.checking import CheckReport, check
from graph.pipeline.choosing import choose, unchoose
from graph.pipeline.correcting import Correction
from graph.pipeline.curating import Ruled, merge, separate, split, why
from graph.pipeline.ingesting import Outcome, Report, ingest, ingest_extracted, ingest_extractions
from graph.pipeline.judging import Judged, confirm, reject
from graph.pipeline.listing import ArticleEntry, article_text, articles
from graph.pipeline.opening import memory_store, open_store
from graph.pipeline.rebuilding import rebuild
from graph.pipeline.retracting import Retraction, retract, would_retract
from graph.pipeline.undoing import undo
from graph.problems import Problem

__all__ = [
    "ArticleEntry",
    "CheckReport",
    "Correction",
    "Judged",
    "Outcome",
    "Problem",
    "Report",
    "Retraction",
    "Ruled",
    "article_text",
    "articles",
    "check",
    "choose",
    "confirm",
    "ingest",
    "ingest_extracted",
    "ingest_extractions",
    "memory_store",
    "merge",
    "open_store",
    "rebuild",
    "reject",
    "retract",
    "separate",
    "split",
    "unchoose",
    "undo",
    "why",
    "would_retract",
]
