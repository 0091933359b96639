"""What the clinic says of a course and of a treatment."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from pwa.domain import limits, routes, treatment
from pwa.forms.adapter import BodyForm
from pwa.forms.fields import Day, Moment, Number, OneNumber, OneOf, Text, Whole, needed
from pwa.forms.groups import Group
from pwa.forms.wrong import Wrong

ROUTES = [(route.id, route.label) for route in routes.ROUTES]


class CourseForm(BodyForm):
    phase = OneOf(_("Phase"), treatment.PHASES, needed)
    route = OneOf(_("Route"), ROUTES, needed)
    planned = Whole(_("Treatments planned"), limits.NUMBER)
    started = Day(_("First day"), [needed])
    #: in maintenance, days between two: in this rhythm it goes on
    every = Whole(_("In maintenance, one every so many days"), limits.RHYTHM)

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and (self.planned.data is None) != (self.phase.data == "maintenance"):
            self.planned.errors.append(Wrong("needed" if self.planned.data is None else "unknown"))
            return False
        return bool(good)


class ObservedForm(BodyForm):
    """What a nurse sees and measures around a treatment; all of it may be left blank."""

    before_systolic = Whole(_("Upper number before"), limits.SYSTOLIC)
    before_diastolic = Whole(_("Lower number before"), limits.DIASTOLIC)
    before_pulse = Whole(_("Pulse before"), limits.PULSE)
    peak_systolic = Whole(_("Upper number at the peak"), limits.SYSTOLIC)
    peak_diastolic = Whole(_("Lower number at the peak"), limits.DIASTOLIC)
    peak_pulse = Whole(_("Pulse at the peak"), limits.PULSE)
    leaving_systolic = Whole(_("Upper number before leaving"), limits.SYSTOLIC)
    leaving_diastolic = Whole(_("Lower number before leaving"), limits.DIASTOLIC)
    leaving_pulse = Whole(_("Pulse before leaving"), limits.PULSE)
    sedation = OneNumber(_("Sedation"), treatment.SEEN)
    dissociation = OneNumber(_("Dissociation"), treatment.SEEN)
    minutes = Whole(_("Minutes observed"), limits.MINUTES)
    escort = OneOf(_("Someone takes them home"), treatment.YES_NO)
    # what the REMS of nasal esketamine asks as well, in the USA
    oxygen = Whole(_("Lowest oxygen in the blood, in percent"), limits.OXYGEN)
    sedation_resolved = OneOf(_("Sedation gone before leaving"), treatment.YES_NO)
    dissociation_resolved = OneOf(_("Dissociation gone before leaving"), treatment.YES_NO)
    sedative = OneOf(_("Takes a sedative or an opioid"), treatment.YES_NO)
    stimulant = OneOf(_("Takes a stimulant"), treatment.YES_NO)
    maoi = OneOf(_("Takes an MAO inhibitor"), treatment.YES_NO)
    serious = OneOf(_("A serious adverse event"), treatment.YES_NO)
    form_sent = Day(_("Monitoring form sent on"))


class TreatmentForm(BodyForm):
    status = OneOf(_("Planned or given"), treatment.STATUSES, needed)
    at = Moment(_("When"), [needed])
    minutes = Whole(_("Minutes until the effect has worn off"), limits.MINUTES, needed)
    route = OneOf(_("Route"), ROUTES, needed)
    drug = OneOf(_("Drug"), routes.DRUGS, needed)
    dose = Number(_("Dose"), limits.DOSE, needed)
    unit = OneOf(_("Unit"), treatment.UNITS, needed)
    place = OneOf(_("Place"), routes.PLACES, needed)
    #: where it was given by weight, its mg follow
    weight = Number(_("Weight in kg"), limits.WEIGHT)
    lot = Text(_("Lot"), limits.NAME)
    given_by = Text(_("Given by"), limits.NAME)
    ended = Moment(_("End"))
    observed = Group(_("Observations"), ObservedForm)
    number = Whole(_("Which one of the course"), limits.NUMBER)
    of = Whole(_("Of how many"), limits.NUMBER)
