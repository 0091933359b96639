"""What not to do on the day of a treatment, by route, until one has slept and it is tomorrow.

Nasal: label of esketamine (Spravato): no driving or machines until the next day, after a restful sleep, and somebody to
take one home. By the other routes no label says it; clinics commonly say the same or 24 hours, which is not confirmed.
So all routes begin from the label's words. Read on 2026-11-26.
"""

from dataclasses import dataclass

from pwa.domain.routes import ROUTE_IDS
from pwa.domain.words import N_


@dataclass(frozen=True)
class Rest:
    #: one sentence; it is shown as it is
    dont: str
    source: str
    is_confirmed: bool


_LABEL = "Label of nasal esketamine: not until the next day, after a restful sleep"
_HABIT = "No label by this route; clinics say the same day or 24 hours"
AT_CLINIC = N_(
    "no driving and no machines, not until you have slept and it is tomorrow. No big decisions. "
    "Let someone take you home."
)
AT_HOME = N_(
    "no driving and no machines, not until you have slept and it is tomorrow. No big decisions. "
    "Stay where someone can reach you."
)

REST = {
    route: Rest(
        AT_HOME if route in ("sublingual", "oral") else AT_CLINIC,
        _LABEL if route == "nasal" else _HABIT,
        route == "nasal",
    )
    for route in ROUTE_IDS
}
