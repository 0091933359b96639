"""What a nurse of the demo clinic observes around a treatment."""

import random
from datetime import date, datetime, timedelta
from typing import Any

NURSES = ("R. Osei", "M. Tremblay", "K. Adeyemi")
#: days in which two lots of a drug are used up
LOT_DAYS = 42


class Nurse:
    """Observes one patient: the same body each time, on another day."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        #: kg; mmHg and beats a minute at rest
        self.weight = round(chance.gauss(74, 13), 1)
        self.top, self.pulse = chance.gauss(122, 9), chance.gauss(72, 7)

    def observes(self, body: dict[str, Any], at: datetime) -> dict[str, Any]:
        """What is added to a treatment given at the clinic."""
        minutes = max(body["minutes"], 120) + self.chance.randrange(0, 45, 5)
        said: dict[str, Any] = {
            "lot": lot(body["drug"], at.date(), self.chance.randrange(1000, 9999)),
            "given_by": self.chance.choice(NURSES),
            "ended": (at + timedelta(minutes=40)).isoformat(),
            "observed": {
                **self._measured("before", 0),
                **self._measured("peak", max(2, self.chance.gauss(14, 6))),
                **self._measured("leaving", self.chance.gauss(3, 4)),
                "sedation": self.chance.choice((0, 1, 1, 2)),
                "dissociation": self.chance.choice((0, 1, 1, 2, 2)),
                "minutes": minutes,
                "escort": "yes",
            },
        }
        return said | ({"weight": self.weight} if body["unit"] == "mg/kg" else {})

    def _measured(self, part: str, above: float) -> dict[str, int]:
        top = round(self.top + above + self.chance.gauss(0, 4))
        pulse = round(self.pulse + above / 2 + self.chance.gauss(0, 3))
        return {f"{part}_systolic": top, f"{part}_diastolic": round(top * 0.63), f"{part}_pulse": pulse}


def lot(drug: str, day: date, luck: int) -> str:
    """One of the two that are in use on that day."""
    return f"{'EK' if drug == 'esketamine' else 'KT'}{day.toordinal() // LOT_DAYS}{'AB'[luck % 2]}"
