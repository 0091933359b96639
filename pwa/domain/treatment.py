"""What is said of a course and of one treatment, besides its route."""

from pwa.domain.words import N_

PHASES = (("induction", N_("Induction")), ("maintenance", N_("Maintenance")))
STATUSES = (("planned", N_("Planned")), ("given", N_("Given")), ("cancelled", N_("Cancelled")))
UNITS = (("mg/kg", N_("mg/kg")), ("mg", N_("mg")))

#: how one seemed, to whoever watched
SEEN = ((0, N_("None")), (1, N_("Mild")), (2, N_("Moderate")), (3, N_("Severe")))
YES_NO = (("yes", N_("Yes")), ("no", N_("No")))
#: doses of nasal esketamine, in mg, and days within which the REMS wants its form after each session in the USA
REMS_DOSES, REMS_DAYS, REMS_MINUTES = (56, 84), 7, 120


def in_mg(dose: float, unit: str, weight: float | None) -> float | None:
    """None: given by weight, and the weight is not known."""
    if unit == "mg":
        return dose
    return round(dose * weight, 1) if weight else None
