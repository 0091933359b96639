"""The beta distribution, from which the exact interval of a rate and Student's distribution follow."""

from __future__ import annotations

from math import exp, lgamma, log, log1p

CLOSE = 1e-10
TINY = 1e-300


def quantile(p: float, a: float, b: float) -> float:
    """Below it lies p: by Newton's steps, and halves of what is left where one would lead out of it."""
    low, high, x = 0.0, 1.0, a / (a + b)
    whole = _log_beta(a, b)
    for _ in range(200):
        over = below(x, a, b) - p
        low, high = (low, x) if over > 0 else (x, high)
        density = exp((a - 1) * log(x) + (b - 1) * log1p(-x) - whole)
        step = over / density if density > TINY else 1.0
        new = x - step if low < x - step < high else (low + high) / 2
        if abs(new - x) < CLOSE * new:
            return new
        x = new
    return x


def below(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction where that converges fast."""
    if not 0 < x < 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - below(1 - x, b, a)
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or TINY)
    fraction = d
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / (1 + term * d or TINY)
            c = 1 + term / c or TINY
            fraction *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return exp(a * log(x) + b * log1p(-x) - _log_beta(a, b)) * fraction / a


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
