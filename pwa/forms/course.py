"""What staff fill in of a clinic's protocols, of a patient's course, and of what is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice, SelectMultipleField, ValidationError

from pwa.domain import limits, treatment
from pwa.domain.catalogue import CATALOGUE
from pwa.domain.checks import CHECKS, LIMITS, Check
from pwa.domain.routes import ROUTES
from pwa.forms.clinic import Clock, Decimal, of_its_unit
from pwa.forms.fields import Day, Id, OneOf, Text, Whole, needed
from pwa.forms.treatment import TreatmentForm


class ProtocolForm(FlaskForm):
    name = Text(_("Name"), limits.NAME, needed)
    route = TreatmentForm.route
    drug = TreatmentForm.drug
    dose = Decimal(_("Usual dose"), limits.DOSE, needed, of_its_unit)
    unit = TreatmentForm.unit
    place = TreatmentForm.place
    minutes = TreatmentForm.minutes
    treatments = Whole(_("Treatments of the induction"), limits.NUMBER, needed)
    days = Whole(_("Over so many days"), limits.RHYTHM, needed)
    apart = Whole(_("At least so many days apart"), limits.RHYTHM, needed)
    every = Whole(_("In maintenance, one every so many days"), limits.RHYTHM, needed)


class GiveCourseForm(FlaskForm):
    #: its choices are the clinic's own
    protocol = RadioField(_("Protocol"), choices=[], validate_choice=True)
    phase = OneOf(_("Phase"), treatment.PHASES, needed)
    day = Day(_("First day"), [needed])
    clock = Clock(_("Time"), [needed])
    cancel = BooleanField(_("Cancel what was planned before"))
    #: of the course; made when the form opened, so that sending it twice makes one
    record = Id(validators=[needed])

    def offer(self, protocols: Iterable[tuple[str, str]]) -> None:
        """By id and name."""
        self.protocol.choices = [SelectChoice(id_, name) for id_, name in protocols]

    def begins(self) -> tuple[date, time]:
        assert self.day.data is not None
        assert self.clock.data is not None
        return self.day.data, self.clock.data


class RhythmForm(FlaskForm):
    """Of a maintenance that was given before its rhythm was kept."""

    every = ProtocolForm.every

    def days(self) -> int:
        assert self.every.data is not None
        return int(self.every.data)


class AskedPageForm(FlaskForm):
    """What the clinic asks: everything that is ticked."""

    effects = SelectMultipleField(choices=[SelectChoice(one.id, one.label) for one in CATALOGUE if not one.emergency])
    checks = SelectMultipleField(choices=[SelectChoice(check.id, check.name) for check in CHECKS])
    #: its choices are the clinic's own
    own = SelectMultipleField(choices=[])
    en = Text(_("In English"), limits.NAME)
    fr = Text(_("In French"), limits.NAME)
    routes = SelectMultipleField(_("By these routes"), choices=[SelectChoice(one.id, _(one.label)) for one in ROUTES])
    days = Whole(_("Every so many days"), LIMITS["days"])
    treatments = Whole(_("Every so many sessions"), LIMITS["treatments"])
    mg = Whole(_("Every so many mg in all"), LIMITS["mg"])
    thoughts = BooleanField(_("Ask about thoughts of suicide"))
    rems = BooleanField(_("Ask what the REMS of nasal esketamine wants (USA)"))

    #: somebody is named who answers, or it is a demo clinic
    has_responder = False

    def offer(self, own: Iterable[tuple[str, str]]) -> None:
        """The effects that the clinic added: id and words."""
        self.own.choices = [SelectChoice(id_, words) for id_, words in own]

    def unticked(self, name: str) -> list[str]:
        field = self._fields[name]
        return sorted({choice.value for choice in field.choices} - set(field.data))

    def often(self, check: Check) -> dict[str, int]:
        """Where it is not as in the catalogue."""
        said = {by: self[f"{check.id}_{by}"].data for by in LIMITS if getattr(check, by)}
        return {by: n for by, n in said.items() if n is not None and n != getattr(check, by)}

    def new(self) -> dict[str, Any] | None:
        """What was added: its words, its routes if not all, and how often it comes as a check."""
        if not (self.en.data and self.fr.data):
            return None
        routes = self.routes.data if 0 < len(self.routes.data) < len(ROUTES) else None
        return {"en": self.en.data.strip(), "fr": self.fr.data.strip(), "every": self.every(), "routes": routes}

    def every(self, of: str = "") -> dict[str, int] | None:
        """How often an effect of its own comes as a check, the new one or one by its id; None: as no check."""
        named = {by: self[f"{of}_{by}" if of else by].data for by in LIMITS}
        return {by: n for by, n in named.items() if n is not None} or None

    def validate_thoughts(self, field: Any) -> None:
        if field.data and not self.has_responder:
            raise ValidationError(_("First name who answers, on the page Safety."))

    def validate_fr(self, field: Any) -> None:
        if bool((self.en.data or "").strip()) != bool((field.data or "").strip()):
            raise ValidationError(_("An effect of your own needs its words in both languages."))


def asked_form(own: Iterable[str]) -> type[AskedPageForm]:
    """It asks also how often each of these comes as a check. `own`: ids of the effects that the clinic added."""
    return type("AskedPageForm", (AskedPageForm,), {f"{id_}_{by}": _often(by) for id_ in own for by in LIMITS})


def _often(by: str) -> Any:
    return Whole(getattr(AskedPageForm, by).args[0], LIMITS[by])


for _check in CHECKS:
    for _by in LIMITS:
        if getattr(_check, _by):
            setattr(AskedPageForm, f"{_check.id}_{_by}", _often(_by))
