"""The ways in which a treatment is given. The set is open: a route is one more line here."""

from dataclasses import dataclass

from pwa.domain.words import N_


@dataclass(frozen=True)
class Route:
    id: str
    #: two capitals, the same in every language, shown in an outlined box
    tag: str
    label: str
    #: SNOMED CT, value set "is a 284009009"; several public implementations agree on each
    snomed: str


ROUTES = (
    Route("iv", "IV", N_("IV infusion"), "47625008"),
    Route("im", "IM", N_("IM injection"), "78421000"),
    Route("nasal", "NS", N_("Nasal spray"), "46713006"),
    Route("sublingual", "SL", N_("Under the tongue"), "37839007"),
    Route("oral", "PO", N_("By mouth"), "26643006"),
)
ROUTE_IDS = tuple(route.id for route in ROUTES)

DRUGS = (("ketamine", N_("Ketamine")), ("esketamine", N_("Esketamine")))
#: by which a patient takes a dose at home, and the minutes that it works, where no plan says it
AT_HOME = {"sublingual": 120, "oral": 180}
PLACES = (("clinic", N_("At the clinic")), ("home", N_("At home")))


def by_id(route: str) -> Route:
    """KeyError if there is no such route."""
    return _BY_ID[route]


_BY_ID = {route.id: route for route in ROUTES}
