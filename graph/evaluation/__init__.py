"""How well the found facts agree with gold facts: precision, recall and F1 by kind of fact."""

from graph.evaluation.folders import evaluate_folders
from graph.evaluation.report import KINDS, ArticleReport, Count, Disagreement, Kind, Report
from graph.evaluation.scoring import evaluate

__all__ = ["KINDS", "ArticleReport", "Count", "Disagreement", "Kind", "Report", "evaluate", "evaluate_folders"]
