"""Treatments of one patient belong together: what scatters is what patients add, not what treatments add."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence


class Clusters:
    """Treatments, by their index, each in a cell; None is in no cell and does not count. Asked for many effects: what
    does not depend on the effect is added up once."""

    def __init__(self, patients: Sequence[Hashable], cells: Sequence[Hashable | None]) -> None:
        self._patients, self._cells = patients, cells
        self._counts: dict[Hashable, Counter[Hashable]] = defaultdict(Counter)
        for (patient, cell), n in Counter(zip(patients, cells, strict=True)).items():
            if cell is not None:
                self._counts[patient][cell] = n
        #: patients alike in what they had count together
        self._alike = Counter(tuple(counts.items()) for counts in self._counts.values())

    def __len__(self) -> int:
        """How many patients."""
        return len(self._counts)

    def squares(
        self, felt: Iterable[int], weight: Mapping[Hashable, float], expected: Mapping[Hashable, float]
    ) -> float:
        """The sum over patients of the square of what each adds: the weight of each treatment with the effect, less
        what is expected of each treatment."""
        total = 0.0
        for counts, patients in self._alike.items():
            total += patients * sum(n * expected[cell] for cell, n in counts) ** 2
        told: dict[Hashable, float] = defaultdict(float)
        for n in felt:
            if (cell := self._cells[n]) is not None:
                told[self._patients[n]] += weight[cell]
        for patient, said in told.items():
            awaited = sum(n * expected[cell] for cell, n in self._counts[patient].items())
            total += said * (said - 2 * awaited)
        return max(total, 0.0)
