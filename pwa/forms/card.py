"""The clinic's card: what a patient's phone must know of the clinic, as far as it is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms import Field, Form, ValidationError

from pwa.domain import checks, effects, limits, routes
from pwa.forms.adapter import BodyForm
from pwa.forms.fields import Check, OneOf, Several, Text, Whole, YesNo, needed
from pwa.forms.groups import Group, GroupList
from pwa.forms.wrong import Wrong

PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}")
REGION = re.compile(r"[A-Z]{2}|elsewhere")


def phone_number(form: Form, field: Any) -> None:
    if field.data is not None and not PHONE.fullmatch(field.data):
        raise ValidationError(Wrong("phone"))


def zone(form: Form, field: Any) -> None:
    if field.data not in limits.zones():
        raise ValidationError(Wrong("zone"))


def region(form: Form, field: Any) -> None:
    if field.data is not None and not REGION.fullmatch(field.data):
        raise ValidationError(Wrong("choice"))


def own(form: Form, field: Any) -> None:
    if not effects.OWN.fullmatch(field.data):
        raise ValidationError(Wrong("id"))


def clock(form: Form, field: Any) -> None:
    try:
        if CLOCK.fullmatch(field.data) and time.fromisoformat(field.data):
            return
    except ValueError:
        pass
    raise ValidationError(Wrong("moment"))


def is_date(text: str) -> bool:
    try:
        return bool(DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


class Weekdays(Field):
    """A list of ISO weekdays, Monday is 1; at least one."""

    json: ClassVar[tuple[type, ...]] = (list,)
    wrong = "list"

    def __init__(self, label: str, *checks: Check, **options: Any) -> None:
        super().__init__(label, list(checks), **options)

    def process_formdata(self, raw: Sequence[Any]) -> None:
        self.data = raw[0] if raw else None

    def pre_validate(self, form: Form) -> None:
        if self.data is not None and not (self.data and all(type(day) is int and 1 <= day <= 7 for day in self.data)):
            raise ValidationError(Wrong("choice"))


class Dates(Field):
    """A list of ISO dates."""

    json: ClassVar[tuple[type, ...]] = (list,)
    wrong = "list"

    def process_formdata(self, raw: Sequence[Any]) -> None:
        self.data = raw[0] if raw else None

    def pre_validate(self, form: Form) -> None:
        if not all(isinstance(day, str) and is_date(day) for day in self.data or ()):
            raise ValidationError(Wrong("moment"))


class HoursForm(BodyForm):
    en = Text(_("Hours, in English"), 200, needed)
    fr = Text(_("Hours, in French"), 200, needed)


class ReadsForm(BodyForm):
    days = Weekdays(_("Days"), needed)
    at = Text(_("From"), 5, needed, clock)


class CoverForm(BodyForm):
    """When somebody answers, by the clinic's clock."""

    days = Weekdays(_("Days"), needed)
    opens = Text(_("From"), 5, needed, clock)
    closes = Text(_("To"), 5, needed, clock)
    closed = Dates(_("Closed on"))


class OftenForm(BodyForm):
    """How often a check comes."""

    days = Whole(_("Days"), checks.LIMITS["days"])
    treatments = Whole(_("Sessions"), checks.LIMITS["treatments"])
    mg = Whole(_("mg in all"), checks.LIMITS["mg"])


class EveryForm(OftenForm):
    id = OneOf(_("Check"), [(check.id, check.name) for check in checks.CHECKS], needed)


class OwnEffectForm(OftenForm):
    """An effect that the clinic added; a check as well, if it says how often."""

    id = Text(_("Effect"), 32, needed, own)
    en = Text(_("In English"), limits.NAME, needed)
    fr = Text(_("In French"), limits.NAME, needed)
    routes = Several(_("Route"), [(route.id, route.label) for route in routes.ROUTES])


class AskedForm(BodyForm):
    """What of the catalogue this clinic leaves out, and what it added."""

    effects_off = Several(_("Effects not asked about"), [(effect.id, effect.label) for effect in effects.CATALOGUE])
    checks_off = Several(_("Checks not asked"), [(check.id, check.name) for check in checks.CHECKS])
    own = GroupList(_("Effects of the clinic’s own"), OwnEffectForm, "id")
    every = GroupList(_("How often checks come"), EveryForm, "id")


class CardForm(BodyForm):
    name = Text(_("Name of the clinic"), 120, needed)
    phone = Text(_("Phone"), 16, phone_number)
    hours = Group(_("Hours"), HoursForm)
    region = Text(_("Region for the crisis lines"), 9, region)
    zone = Text(_("Time zone"), 64, needed, zone)
    reads = Group(_("When what patients send is read"), ReadsForm)
    cover = Group(_("Hours of cover"), CoverForm)
    thoughts_asked = YesNo(_("The question about thoughts is asked"), [needed])
    asked = Group(_("What is asked"), AskedForm)
    therapist = Text(_("Therapist"), 120)
    clinician = Text(_("Clinician"), 120)
