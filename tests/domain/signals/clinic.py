"""A simulated clinic in which nothing makes a difference, unless one is planted.

As at a real one a patient comes again and again, is prone to an effect or not, has it more surely after the first
treatment than later, and keeps the route; a lot is used up in six weeks. Between patients the counts scatter two to
four times as much as those of independent treatments would, so that whoever takes them for independent is often wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from pwa.domain.signals.bands import of_number
from pwa.domain.signals.looking import BEFORE, QUARTER, Given

#: percent of patients who are prone to it
EFFECTS = {
    "dissociation": 40, "dizziness": 36, "nausea": 28, "drowsiness": 45, "headache": 20, "taste": 19, "anxiety": 13,
    "blurred-vision": 12, "vomiting": 9, "insomnia": 8, "euphoria": 6, "palpitations": 5, "sweating": 4, "tremor": 3,
}  # fmt: skip
ROUTES = {"iv": 44, "im": 20, "nasal": 17, "sublingual": 13, "oral": 6}
FIRST, LATER = 0.85, 0.5
#: days after the first treatment, in an induction
DAYS = (0, 3, 7, 10, 14, 17)
#: treatments after it
MORE = (0, 0, 2, 4, 6)
WEEKS = BEFORE + 2 * QUARTER

#: share of what was felt that is still there the next day, and of treatments of which the next day is told
LINGERS, TOLD = 0.3, 0.6

#: effects that a treatment brings besides
Planted = Callable[[Random, Given], set[str]]
Clinic = dict[str, list[Given]]


def clinic(seed: str, a_week: int = 60, planted: Planted | None = None) -> Clinic:
    """A year of treatments, by window. Week 0 is the first that is counted."""
    chance = Random(seed)
    patients = round(a_week * (WEEKS + 20) / 9)
    every = [one for n in range(patients) for one in _of_patient(chance, f"p{n}", planted)]
    acute = [one for one in every if 0 <= one.week < WEEKS]
    later = [_next_day(chance, one) for one in acute if chance.random() < TOLD]
    return {"acute": acute, "next-day": later}


def _next_day(chance: Random, one: Given) -> Given:
    return replace(one, felt={effect for effect in sorted(one.felt) if chance.random() < LINGERS})


def _of_patient(chance: Random, patient: str, planted: Planted | None) -> Iterator[Given]:
    route = chance.choices(list(ROUTES), list(ROUTES.values()))[0]
    began = chance.randrange(-20 * 7, WEEKS * 7)
    apart = chance.randint(14, 35)
    days = [began + day for day in DAYS] + [began + DAYS[-1] + apart * (n + 1) for n in range(chance.choice(MORE))]
    prone = [effect for effect, share in EFFECTS.items() if chance.random() * 100 < share]
    stronger = chance.random() < 0.5
    for n, day in enumerate(days):
        one = Given(
            patient=patient,
            week=day // 7,
            route=route,
            number=of_number(n + 1 if n < len(DAYS) else None),
            dose="high" if stronger and n > 1 else "low",
            place="home" if route in ("sublingual", "oral") else "clinic",
            lot=f"{route} {day // 42}{chance.choice('AB')}" if route != "oral" else None,
            felt={effect for effect in prone if chance.random() < (LATER if n else FIRST)},
        )
        yield replace(one, felt={*one.felt, *planted(chance, one)}) if planted else one
