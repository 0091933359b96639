"""How the demo writes versions: as a phone would, but with ids and moments that come out the same every time."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from pwa.domain.days import at_wall, day_of
from pwa.sync.envelope import written

Author = Literal["patient", "clinic"]
#: an entry reaches the clinic at once, or, this share of them, when the phone is online again
AT_ONCE, OFFLINE, UP_TO_DAYS = timedelta(seconds=20), 0.06, 3
#: how long a form is open before it is saved
OPEN_FOR = timedelta(seconds=30)


@dataclass(frozen=True)
class Said:
    """One version and how it came."""

    by: Author
    received_at: datetime
    text: str


@dataclass(frozen=True)
class Written:
    """What one must know of a version to write another one over it."""

    id: str
    record: str


class Pen:
    """Writes the versions of one patient, and what the clinic says to this patient."""

    def __init__(self, chance: random.Random, zone: str) -> None:
        self.chance, self.zone = chance, zone
        self.said: list[Said] = []

    def writes(
        self,
        kind: str,
        body: dict[str, Any] | None,
        written_at: datetime,
        *,
        by: Author = "patient",
        day: date | None = None,
        felt_at: datetime | None = None,
        over: Sequence[Written] = (),
        online: bool = False,
    ) -> Written:
        """`over`: the versions that stood on the screen; without them it is a new record. `online`: sent at once."""
        written_at = written_at.replace(microsecond=0)
        version = Written(self.id(written_at), over[0].record if over else self.id(written_at - OPEN_FOR))
        text = written(
            kind,
            body,
            id=version.id,
            record=version.record,
            day=day or day_of(written_at, self.zone),
            felt_at=felt_at or written_at,
            written_at=written_at,
            zone=self.zone,
            parents=[each.id for each in over],
        )
        self.said.append(Said(by, self._received(written_at, online or by == "clinic"), text))
        return version

    def at(self, day: date, hour: float, spread: float = 0) -> datetime:
        """A moment of that day, in hours of the wall clock and a spread around it in hours."""
        seconds = int((hour + self.chance.uniform(-spread, spread)) * 3600)
        return at_wall(day, time(seconds // 3600 % 24, seconds // 60 % 60, seconds % 60), self.zone)

    def id(self, moment: datetime) -> str:
        return uuid7(self.chance, moment)

    def _received(self, written_at: datetime, online: bool) -> datetime:
        if online or self.chance.random() > OFFLINE:
            return written_at + AT_ONCE
        return written_at + timedelta(minutes=self.chance.randint(60, 60 * 24 * UP_TO_DAYS))


def uuid7(chance: random.Random, moment: datetime) -> str:
    """Of this moment, and by this chance: the same again for the same seed."""
    bits = chance.getrandbits(74)
    number = int(moment.timestamp() * 1000) << 80 | 7 << 76 | (bits >> 62) << 64 | 2 << 62 | bits & (1 << 62) - 1
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def midnight_after(day: date, zone: str) -> datetime:
    return at_wall(day + timedelta(days=1), time(0), zone)
