"""By when somebody must have answered an alert, by the clinic's hours of cover."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pwa.domain.days import at_wall
from pwa.domain.safety.rule import Tier

#: Tier → minutes until it goes to the next person: not acknowledged, and acknowledged without a recorded action.
#: Our own proposal, after "R at once, A the same working day, Y the next working day".
MINUTES: Mapping[Tier, tuple[int, int]] = {"urgent": (30, 60), "high": (240, 480), "watch": (480, 960)}
#: what a clinic may set
LEAST, MOST = 5, 7 * 24 * 60


@dataclass(frozen=True)
class Cover:
    """When somebody is there. An urgent alert does not wait for it."""

    zone: str
    #: ISO weekdays, Monday is 1
    days: Collection[int] = (1, 2, 3, 4, 5)
    opens: time = time(9)
    closes: time = time(17)
    #: days on which nobody is there, whatever weekday they are
    closed: Collection[date] = ()
    minutes: Mapping[Tier, tuple[int, int]] = field(default_factory=lambda: MINUTES)

    def due(self, tier: Tier, moment: datetime, acknowledged: bool = False) -> datetime:
        """When the alert goes to the next person. Below urgent only covered minutes count."""
        wait = timedelta(minutes=self.minutes[tier][acknowledged])
        return moment + wait if tier == "urgent" else self._covered(moment, wait)

    def _covered(self, moment: datetime, wait: timedelta) -> datetime:
        day = moment.astimezone(ZoneInfo(self.zone)).date()
        while True:
            opens, closes = self._hours(day)
            if day.isoweekday() in self.days and day not in self.closed and moment < closes:
                start = max(moment, opens)
                if start + wait <= closes:
                    return start + wait
                wait -= closes - start
            day += timedelta(days=1)

    def _hours(self, day: date) -> tuple[datetime, datetime]:
        return at_wall(day, self.opens, self.zone), at_wall(day, self.closes, self.zone)
