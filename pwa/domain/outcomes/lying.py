"""How an interval lies to what is claimed."""

from __future__ import annotations

from pwa.domain.outcomes.claims import Figure


def lies(interval: tuple[float | None, float | None], claimed: Figure) -> str:
    """`within`, `below`, `above`, or `across` where the numbers do not tell; an end that is None is open."""
    low, high = interval
    if high is not None and high < claimed.low:
        return "below"
    if low is not None and low > claimed.high:
        return "above"
    if low is not None and high is not None and claimed.low <= low and high <= claimed.high:
        return "within"
    return "across"
