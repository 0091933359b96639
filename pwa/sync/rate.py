"""How often one patient's phones may call: often enough for a thousand waiting entries, too seldom for a loop."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

#: calls at once, and calls a second ever after; each process of the server counts for itself
AT_ONCE, A_SECOND = 600, 5
REMEMBERED = 10_000


@dataclass(slots=True)
class Rate:
    #: of whom → calls left, and when that was so
    left: dict[str, tuple[float, datetime]] = field(default_factory=dict)

    def wait(self, whose: str, moment: datetime) -> int:
        """Seconds to wait; 0: go on, and one call is used up."""
        left, since = self.left.get(whose, (float(AT_ONCE), moment))
        left = min(float(AT_ONCE), left + max(0.0, (moment - since).total_seconds()) * A_SECOND)
        if len(self.left) >= REMEMBERED:
            self.left.clear()
        self.left[whose] = (max(0.0, left - 1), moment)
        return 0 if left >= 1 else 1
