"""Many questions at once: the false discovery rate (Benjamini and Hochberg, J R Stat Soc B 1995;57:289)."""

from collections.abc import Sequence


def adjusted(ps: Sequence[float]) -> list[float]:
    """Of each p-value, the smallest rate of false discoveries at which it would be among those kept."""
    smallest, answers = 1.0, [1.0] * len(ps)
    falling = sorted(range(len(ps)), key=lambda n: ps[n], reverse=True)
    for rank, n in zip(range(len(ps), 0, -1), falling, strict=True):
        smallest = min(smallest, ps[n] * len(ps) / rank)
        answers[n] = smallest
    return answers
