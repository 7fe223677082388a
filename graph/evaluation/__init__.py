"""How well the found facts agree with gold facts: precision, recall and F1 by kind of fact, by rule and by sieve."""

from graph.evaluation.annotating import AnnotatedArticle, Note, Passage, annotate
from graph.evaluation.attribution import Mistake, Share, by_rule, by_sieve
from graph.evaluation.floors import Fall, Floors, digest
from graph.evaluation.folders import evaluate_folders
from graph.evaluation.judgements import KINDS, JudgedRow, Judgement, Kind, by_row
from graph.evaluation.report import ArticleReport, Count, Report
from graph.evaluation.scoring import evaluate

__all__ = [
    "KINDS",
    "AnnotatedArticle",
    "ArticleReport",
    "Count",
    "Fall",
    "Floors",
    "JudgedRow",
    "Judgement",
    "Kind",
    "Mistake",
    "Note",
    "Passage",
    "Report",
    "Share",
    "annotate",
    "by_row",
    "by_rule",
    "by_sieve",
    "digest",
    "evaluate",
    "evaluate_folders",
]
