"""The effects that a patient can name, how strong, how long, and which ten to ask about first.

Left out of the published table on purpose: raised blood pressure (a reading, not a feeling; the form has fields for
it), fast heart (the same feeling as "heart racing"), and thoughts of suicide or self-harm (`checkin` asks about them).
"""

import re

from pwa.domain.catalogue import ALWAYS, CATALOGUE, GROUPS, VERSION, Effect, Group
from pwa.domain.rates import asked_first
from pwa.domain.routes import ROUTE_IDS
from pwa.domain.words import N_

__all__ = [
    "ALWAYS",
    "CATALOGUE",
    "GROUPS",
    "IDS",
    "LASTED",
    "OWN",
    "SEVERITIES",
    "VERSION",
    "WINDOWS",
    "YES_NO",
    "Effect",
    "Group",
    "always",
    "asked_after",
    "by_id",
    "counted_after",
    "first_ten",
    "for_route",
]

#: the number that travels, and its word
SEVERITIES = ((0, N_("None")), (1, N_("Mild")), (2, N_("Moderate")), (3, N_("Severe")))
LASTED = (
    ("under-1h", N_("Under 1 h")),
    ("1-4h", N_("1 to 4 h")),
    ("4-12h", N_("4 to 12 h")),
    ("longer", N_("Longer")),
)
#: the stretch after a treatment that a report is about; see `days.window`
WINDOWS = (
    ("acute", N_("First 4 hours")),
    ("next-day", N_("By the next day")),
    ("three-days", N_("After 3 days")),
    ("week", N_("After a week")),
    ("later", N_("Later")),
    ("long-term", N_("Long-term")),
)
IDS = tuple(effect.id for effect in CATALOGUE)
#: what is so or not; its severity is 1 or 0
YES_NO = frozenset(effect.id for effect in CATALOGUE if effect.yes_no)
#: an effect that a clinic added; it travels with its words
OWN = re.compile(r"own-[0-9a-f]{8}")


def first_ten(route: str) -> tuple[Effect, ...]:
    """At most ten effects to ask about after a treatment by this route, the most often published first."""
    fitting = [by_id(effect) for effect in asked_first(route)]
    return tuple(effect for effect in fitting if route in effect.routes and not effect.emergency)[:10]


def always() -> tuple[Effect, ...]:
    """The four that every list shows; choosing one shows the emergency number in place."""
    return tuple(by_id(effect) for effect in ALWAYS)


def asked_after(effect: str) -> tuple[str, ...]:
    """The routes whose form asks about it; of the others it is told only by whoever looks for it in the catalogue."""
    return _ASKED_AFTER.get(effect, ())


def counted_after(effect: str) -> tuple[str, ...]:
    """The routes after which a report that does not name it counts as one without it: they ask about it. One that no
    form asks about is told unasked after all routes alike, so that it counts after each that it can follow."""
    return asked_after(effect) or (_BY_ID[effect].routes if effect in _BY_ID else ROUTE_IDS)


def for_route(route: str) -> tuple[Effect, ...]:
    """The whole catalogue as far as it can follow this route, in the catalogue's order."""
    return tuple(effect for effect in CATALOGUE if route in effect.routes)


def by_id(effect: str) -> Effect:
    """KeyError if there is no such effect."""
    return _BY_ID[effect]


_BY_ID = {effect.id: effect for effect in CATALOGUE}
_ASKED = {route: {*ALWAYS, *(effect.id for effect in first_ten(route))} for route in ROUTE_IDS}
_ASKED_AFTER = {effect: tuple(route for route in ROUTE_IDS if effect in _ASKED[route]) for effect in _BY_ID}
