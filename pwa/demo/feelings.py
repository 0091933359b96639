"""How a patient feels day by day: mood rises one to three days after a treatment and sags before the next.

The share that responds, 60 %, and the sizes are ours, chosen to look like a clinic; they are no published figures."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

#: how much of the lift is there so many days after a treatment; then it fades by a fifth a day
LIFT = (0.35, 1.0, 1.0, 0.9)
FADE = 0.8


@dataclass(frozen=True)
class Feeling:
    """Answers of one day, as a person would give them."""

    mood: int
    anxiety: int
    energy: int
    sleep: float


class Feelings:
    """Goes forward day by day; each day depends on the one before."""

    def __init__(self, chance: random.Random, treated: Sequence[date]) -> None:
        self.chance, self.treated = chance, set(treated)
        responds = chance.random() < 0.6
        self.base = chance.uniform(2.0, 4.3)
        self.anxious = chance.uniform(5.5, 8.5)
        self.amplitude = chance.uniform(1.2, 2.2) if responds else chance.uniform(0.4, 0.9)
        #: what treatments add for good, as far as it goes
        self.ceiling = chance.uniform(2.2, 3.8) if responds else chance.uniform(0, 1.2)
        self.gain = 0.0
        self.noise = 0.0
        self.since: int | None = None

    def of(self, day: date) -> Feeling:
        self.since = 0 if day in self.treated else None if self.since is None else self.since + 1
        if self.since == 0:
            self.gain += 0.25 * (self.ceiling - self.gain)
        elif self.since is not None and self.since > 10:
            self.gain *= 0.985
        self.noise = 0.4 * self.noise + self.chance.gauss(0, 0.8)
        level = self.base + self.gain + self.amplitude * self._lift() + self.noise
        calm = self.anxious - 0.75 * (level - self.base) + self.chance.gauss(0, 0.7)
        energy = 0.8 * level + 0.6 + self.chance.gauss(0, 0.9) - (1.5 if self.since == 0 else 0)
        sleep = 5.2 + 0.3 * level + self.chance.gauss(0, 0.8)
        return Feeling(_scale(level), _scale(calm), _scale(energy), round(2 * min(max(sleep, 1), 11)) / 2)

    def _lift(self) -> float:
        if self.since is None:
            return 0
        last = len(LIFT) - 1
        return LIFT[min(self.since, last)] * FADE ** max(0, self.since - last)


def _scale(level: float) -> int:
    return min(10, max(0, round(level)))
