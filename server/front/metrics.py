"""What happened, counted for Prometheus. The event loop counts, without locks; other threads may read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from prometheus_client.metrics_core import Metric

_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)  # seconds
_LABELS = (*map(str, _BOUNDS), "+Inf")

Figures = Mapping[str, float | Mapping[str, float]]


class _Histogram:
    __slots__ = ("counts", "total")

    def __init__(self) -> None:
        self.counts = [0] * len(_LABELS)
        self.total = 0.0

    def buckets(self) -> list[tuple[str, float]]:
        """The counts as Prometheus has them: of all that took no longer than the bound."""
        found, upto = [], 0
        for label, count in zip(_LABELS, self.counts, strict=True):
            upto += count
            found.append((label, float(upto)))
        return found


class Metrics(Collector):
    """`figures` gives what others know at the moment, by name: a number, or numbers by a label."""

    def __init__(self, figures: Callable[[], Figures], info: Mapping[str, str]) -> None:
        self._figures = figures
        self._info = dict(info)
        self._latency: dict[tuple[str, str], _Histogram] = {}
        self._sent = 0
        self._registry = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        GCCollector(registry=self._registry)

    def observe(self, route: str, outcome: str, seconds: float, sent: int) -> None:
        """One answer: the rule of its path, how it ended, how long it took until it left, its bytes."""
        found = self._latency.get((route, outcome))
        if found is None:
            found = self._latency[route, outcome] = _Histogram()
        found.counts[bisect_left(_BOUNDS, seconds)] += 1
        found.total += seconds
        self._sent += sent

    def text(self) -> bytes:
        """All figures in Prometheus's text format."""
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        info = GaugeMetricFamily(
            "podium_info", "Version of the service and of what it stands on.", labels=list(self._info)
        )
        info.add_metric(list(self._info.values()), 1)
        yield info
        latency = HistogramMetricFamily(
            "podium_request_seconds",
            "Seconds from the request until its answer began to leave.",
            labels=["route", "outcome"],
        )
        for (route, outcome), found in list(self._latency.items()):
            latency.add_metric([route, outcome], found.buckets(), found.total)
        yield latency
        yield CounterMetricFamily("podium_sent_bytes", "Bytes of the bodies of answers.", value=self._sent)
        yield from _families(self._figures())


def _families(figures: Figures) -> Iterable[Metric]:
    """Numbers by name as metrics; a name that ends in `_total` is one that only grows."""
    for name, value in figures.items():
        family = CounterMetricFamily if name.endswith("_total") else GaugeMetricFamily
        told = f"{name.removesuffix('_total').replace('_', ' ').capitalize()}."
        if isinstance(value, int | float):
            yield family(f"podium_{name}", told, value=float(value))
            continue
        labelled = family(f"podium_{name}", told, labels=["kind"])
        for kind, number in value.items():
            labelled.add_metric([kind], float(number))
        yield labelled
