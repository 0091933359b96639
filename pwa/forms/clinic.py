"""What staff fill in: a treatment planned or given, and the switches of their pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FormField, HiddenField, StringField, ValidationError
from wtforms.validators import AnyOf, StopValidation

from pwa.domain import limits
from pwa.domain.days import at_wall
from pwa.forms.fields import Day, Id, Number, Text, Whole, needed
from pwa.forms.treatment import ObservedForm, TreatmentForm
from pwa.forms.wrong import Wrong

#: Our own bounds, far outside of any dose in use: beyond them mg and mg/kg were taken for each other.
MOST_MG_PER_KG, LEAST_MG = 10, 1
#: older courses may be written down afterwards; beyond this the year was mistyped
FARTHEST = timedelta(days=3660)
LOT = re.compile(r"(?:[^\W_]|[-/.])+")


class NamesForm(FlaskForm):
    names = HiddenField(validators=[AnyOf(("show", "hide"))])
    #: the page to come back to
    back = HiddenField()


class KeysForm(FlaskForm):
    keys = HiddenField(validators=[AnyOf(("on", "off"))])
    #: the page to come back to
    back = HiddenField()


#: the shortest law that we know of asks six (HIPAA's documents); Ontario's ten are what a clinic begins with
TRAIL_YEARS = limits.Range(6, 100)


class TrailYearsForm(FlaskForm):
    years = Whole(_("Kept for years"), TRAIL_YEARS, needed)


class Clock(StringField):
    """A wall clock: text of the form 14:30, read as a time."""

    def process_formdata(self, raw: Sequence[str]) -> None:
        self.data = None
        if raw and raw[0]:
            try:
                self.data = time.fromisoformat(raw[0])
            except ValueError:
                raise ValueError(_("This must be a time such as 14:30.")) from None

    def _value(self) -> str:
        return self.data.strftime("%H:%M") if self.data else ""


class Decimal(Number):
    """Typed by hand, in French with a comma."""

    def read(self, text: str) -> float:
        return super().read(text.strip().replace(",", "."))

    def _value(self) -> str:
        return "" if self.data is None else f"{self.data:g}"


def of_its_unit(form: Any, field: Any) -> None:
    if field.data > MOST_MG_PER_KG if form.unit.data == "mg/kg" else field.data < LEAST_MG:
        raise ValidationError(_("Check the dose and its unit: mg and mg/kg may be mixed up."))


class Lot(Text):
    """Kept in the clear: the rooms group by it. So it has the form of a number, and no sentence is one."""

    def process_formdata(self, raw: Sequence[str]) -> None:
        super().process_formdata([raw[0].strip()] if raw else raw)

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and not LOT.fullmatch(self.data):
            raise StopValidation(_("A lot number has letters, digits, - / and . alone."))


class TreatmentPageForm(FlaskForm):
    """A treatment as staff type it: day and time by the clinic's clock. The rest is the treatment's own form."""

    status = TreatmentForm.status
    day = Day(_("Day"), [needed])
    clock = Clock(_("Time"), [needed])
    minutes = TreatmentForm.minutes
    route = TreatmentForm.route
    drug = TreatmentForm.drug
    dose = Decimal(_("Dose"), limits.DOSE, needed, of_its_unit)
    unit = TreatmentForm.unit
    weight = Decimal(_("Weight in kg"), limits.WEIGHT)
    place = TreatmentForm.place
    lot = Lot(_("Lot"), limits.LOT)
    given_by = TreatmentForm.given_by
    ended = Clock(_("End"))
    observed = FormField(ObservedForm)
    #: made when the form opened, so that sending it twice makes one record
    record = Id(validators=[needed])
    #: the heads that stood on the screen, with spaces between
    parents = HiddenField()

    def said(self, zone: str) -> dict[str, Any]:
        """The body of a treatment, as far as it is typed; what is blank is left out."""
        names = ("status", "minutes", "route", "drug", "dose", "unit", "weight", "place", "lot", "given_by")
        typed = {name: self.data[name] for name in names}
        typed["at"], typed["ended"] = self.at(zone).isoformat(), self._end(zone)
        typed["observed"] = answered(self.observed.data) or None
        return answered(typed)

    def _end(self, zone: str) -> str | None:
        """On the day after if the clock shows less than at the start."""
        if self.ended.data is None:
            return None
        assert self.day.data is not None
        assert self.clock.data is not None
        past_midnight = timedelta(days=self.ended.data < self.clock.data)
        return at_wall(self.day.data + past_midnight, self.ended.data, zone).isoformat()

    def at(self, zone: str) -> datetime:
        assert self.day.data is not None
        assert self.clock.data is not None
        return at_wall(self.day.data, self.clock.data, zone)

    def fits_its_time(self, at: datetime, moment: datetime) -> bool:
        """Given lies behind, planned ahead; both are aware."""
        end = at + timedelta(minutes=self.minutes.data or 0)
        if at.time() != self.clock.data:
            self.clock.errors = [_("The clocks go forward then, and this time is left out. Choose another one.")]
        elif abs(at - moment) > FARTHEST:
            self.day.errors = [_("Check the year.")]
        elif self.status.data == "given" and at > moment:
            self.clock.errors = [_("This time has not come yet. Choose Planned, or an earlier time.")]
        elif self.status.data == "planned" and end <= moment:
            self.clock.errors = [_("This time has passed. Choose Given, or a later time.")]
        return not (self.day.errors or self.clock.errors)

    def take_over(self, errors: Sequence[Mapping[str, Any]]) -> None:
        """Shows errors that were found after the form was sent in, each at its field."""
        for error in errors:
            field = self._fields.get(error["field"])
            wrong = Wrong(error["code"], **{k: v for k, v in error.items() if k not in ("field", "code", "message")})
            (self.form_errors if field is None else field.errors).append(wrong)


def answered(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What is not blank, as JSON has it."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in typed.items()
        if value is not None
    }
