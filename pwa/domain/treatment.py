"""What is said of a course and of one treatment, besides its route."""

from pwa.domain.words import N_

PHASES = (("induction", N_("Induction")), ("maintenance", N_("Maintenance")))
STATUSES = (("planned", N_("Planned")), ("given", N_("Given")), ("cancelled", N_("Cancelled")))
UNITS = (("mg/kg", N_("mg/kg")), ("mg", N_("mg")))
