"""Which articles are worth reading: English ones, about athletics."""

from graph.screening.screening import check_fit

__all__ = ["check_fit"]
