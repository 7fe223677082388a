"""How well the found facts agree with gold facts: precision, recall and F1 by kind of fact, and by rule."""

from graph.evaluation.attribution import Mistake, Share, by_rule
from graph.evaluation.floors import Fall, Floors, digest
from graph.evaluation.folders import evaluate_folders
from graph.evaluation.judgements import KINDS, JudgedRow, Judgement, Kind, by_row
from graph.evaluation.report import ArticleReport, Count, Report
from graph.evaluation.scoring import evaluate

__all__ = [
    "KINDS",
    "ArticleReport",
    "Count",
    "Fall",
    "Floors",
    "JudgedRow",
    "Judgement",
    "Kind",
    "Mistake",
    "Report",
    "Share",
    "by_row",
    "by_rule",
    "digest",
    "evaluate",
    "evaluate_folders",
]
