"""What a clinician fills in about an alert."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, ValidationError

from pwa.domain import limits
from pwa.domain.days import at_wall
from pwa.domain.words import N_
from pwa.forms.fields import Day, LongText, OneOf, Text, YesNo, needed

ACTIONS = (
    ("call", N_("Called")),
    ("message", N_("Wrote a message")),
    ("dose-change", N_("Changed the dose")),
    ("visit", N_("Visit arranged")),
    ("none", N_("No action needed")),
)
#: how long an alert may sleep
SNOOZES = (
    ("4", N_("4 hours")),
    ("24", N_("1 day")),
    ("72", N_("3 days")),
    ("168", N_("1 week")),
    ("day", N_("Until a day")),
)
#: days that one may sleep at most, and the hour at which it wakes on a day of one's own
LONGEST, WAKES = 28, time(8)


class ActForm(FlaskForm):
    action = OneOf(_("What was done"), ACTIONS, needed)
    note = LongText(_("Note"), limits.NOTE)
    resolves = YesNo(_("This settles it"))

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and self.action.data == "none" and not (self.note.data or "").strip():
            self.note.errors = [_("Say why nothing needs to be done.")]
            return False
        return bool(good)


class SnoozeForm(FlaskForm):
    hours = OneOf(_("For"), SNOOZES, needed)
    day = Day(_("Day"))
    reason = Text(_("Why it can wait"), limits.OTHER, needed)
    #: the civil day at the clinic
    today: date

    def validate_day(self, field: Any) -> None:
        if self.hours.data != "day":
            return
        if field.data is None or not self.today < field.data <= self.today + timedelta(days=LONGEST):
            raise ValidationError(_("Choose a day from tomorrow on, at most %(n)s days ahead.", n=LONGEST))

    def until(self, moment: datetime, zone: str) -> datetime:
        """On a day of one's own in the morning, by the clinic's clock."""
        if self.hours.data == "day" and self.day.data:
            return at_wall(self.day.data, WAKES, zone)
        return moment + timedelta(hours=int(self.hours.data))


class AssignForm(FlaskForm):
    person = SelectField(_("To"), validators=[needed])

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Whom it can be given to: ids and names."""
        self.person.choices = [SelectChoice(id_, name) for id_, name in people]


class WordForm(FlaskForm):
    """A button alone."""
