"""What the clinic says of a course and of a treatment."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Form

from pwa.domain import limits, routes, treatment
from pwa.forms.fields import Day, Moment, Number, OneOf, Whole, needed
from pwa.forms.wrong import Wrong

ROUTES = [(route.id, route.label) for route in routes.ROUTES]


class CourseForm(Form):
    phase = OneOf(_("Phase"), treatment.PHASES, needed)
    route = OneOf(_("Route"), ROUTES, needed)
    planned = Whole(_("Treatments planned"), limits.NUMBER)
    started = Day(_("First day"), [needed])

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and (self.planned.data is None) != (self.phase.data == "maintenance"):
            self.planned.errors.append(Wrong("needed" if self.planned.data is None else "unknown"))
            return False
        return bool(good)


class TreatmentForm(Form):
    status = OneOf(_("Planned or given"), treatment.STATUSES, needed)
    at = Moment(_("When"), [needed])
    minutes = Whole(_("Minutes until the effect has worn off"), limits.MINUTES, needed)
    route = OneOf(_("Route"), ROUTES, needed)
    drug = OneOf(_("Drug"), routes.DRUGS, needed)
    dose = Number(_("Dose"), limits.DOSE, needed)
    unit = OneOf(_("Unit"), treatment.UNITS, needed)
    place = OneOf(_("Place"), routes.PLACES, needed)
    number = Whole(_("Which one of the course"), limits.NUMBER)
    of = Whole(_("Of how many"), limits.NUMBER)
