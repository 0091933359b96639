"""Takes turns, so that whatever else the machine does falls on both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Mapping


def in_turns(rounds: int, *contestants: Callable[[], float]) -> list[float]:
    """The median of what each contestant says it took, in seconds; they take turns for some rounds after a warm-up."""
    for contestant in contestants:
        contestant()
    taken: list[list[float]] = [[] for _ in contestants]
    for _ in range(rounds):
        for contestant, times in zip(contestants, taken, strict=True):
            times.append(contestant())
    return [statistics.median(times) for times in taken]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def table(title: str, rows: Iterable[tuple[str, float, float]]) -> None:
    print(f"\n{title}")
    for what, ours, bare in rows:
        print(f"  {what:<44} {ours * 1000:8.1f} ms   bare {bare * 1000:7.1f} ms   ratio {ours / bare:5.2f}")


def grown(title: str, sizes: Mapping[int, Mapping[str, tuple[float, float]]]) -> None:
    """What each costs at each size, and the largest against the smallest."""
    print(f"\n{title}")
    least, most = min(sizes), max(sizes)
    for what in sizes[least]:
        each = "   ".join(f"{size:>6,}: {costs[what][0] * 1000:7.1f} ms" for size, costs in sizes.items())
        print(f"  {what:<24} {each}   growth {sizes[most][what][0] / sizes[least][what][0]:5.2f}")
