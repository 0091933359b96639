"""The exact interval of a rate (Clopper and Pearson, Biometrika 1934;26:404)."""

from __future__ import annotations

from functools import lru_cache

from pwa.domain.signals.beta import quantile

Interval = tuple[float, float]


@lru_cache(65536)
def exact(events: float, of: float, alpha: float = 0.05) -> Interval:
    """Ends of the two-sided 1 - alpha interval, 0 to 1, of `events` out of `of`, which is more than 0.

    It holds for treatments that are independent of each other; those of one patient are not quite."""
    low = quantile(alpha / 2, events, of - events + 1) if events else 0.0
    high = quantile(1 - alpha / 2, events + 1, of - events) if events < of else 1.0
    return low, high
