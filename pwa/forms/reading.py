"""What a therapist fills in beside what was shared."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField, ValidationError

from pwa.domain import goals, limits, offers, visit
from pwa.domain.days import at_wall
from pwa.domain.words import N_
from pwa.forms import room
from pwa.forms.clinic import Clock
from pwa.forms.fields import Day, Id, LongText, OneOf, Whole, YesNo, needed
from pwa.forms.wrong import Wrong

PLACE = limits.Range(0, limits.JOURNAL)
SOON = (("high", N_("Look at it today")), ("urgent", N_("Call now")))


class MarkForm(FlaskForm):
    #: wordings of the entry that stood on the page: one that came since was not read
    versions = StringField()

    def seen(self) -> list[str]:
        return (self.versions.data or "").split()


class NoteForm(FlaskForm):
    text = LongText(_("Note"), limits.NOTE, needed)
    #: the entry that it is about
    about = Id(_("About"))
    #: of its words those that it is about: in which wording, and where they begin and end, in characters
    version = Id()
    begins = Whole("", PLACE)
    ends = Whole("", PLACE)
    #: made when the form opened, so that sending it twice makes one
    record = Id(validators=[needed])

    def edges(self) -> tuple[int, int]:
        """Of the chosen words; the same twice where none are."""
        begins, ends = self.begins.data, self.ends.data
        return (0, 0) if begins is None or ends is None else (int(begins), int(ends))


class RaiseForm(FlaskForm):
    tier = OneOf(_("How soon"), SOON, needed)
    note = LongText(_("What the clinic should know"), limits.NOTE, needed)
    #: made when the form opened, so that sending it twice asks once
    record = Id(validators=[needed])


class OfferPageForm(FlaskForm):
    offer = SelectField(_("Prompt or practice"))
    line = LongText(_("A line of your own"), limits.OTHER)
    days = Whole(_("For so many days"), offers.DAYS, needed)
    #: made when the form opened, so that sending it twice makes one
    record = Id(validators=[needed])

    def __init__(self, **filled: Any) -> None:
        super().__init__(**filled)
        ours = [SelectChoice(one.id, _(one.title), optgroup=_(offers.KINDS[one.kind])) for one in offers.OFFERS]
        self.offer.choices = [SelectChoice("", _("None")), *ours]

    def validate_line(self, field: Any) -> None:
        if not (self.offer.data or (field.data or "").strip()):
            raise ValidationError(_("Choose one, or write a line."))

    def said(self) -> dict[str, Any]:
        named = {"offer": self.offer.data, "line": (self.line.data or "").strip()}
        return {name: value for name, value in named.items() if value}

    def for_days(self) -> int:
        assert self.days.data is not None
        return int(self.days.data)


class GoalForm(FlaskForm):
    words = room.GoalForm.words
    measure = room.GoalForm.measure
    #: made when the form opened, so that sending it twice makes one
    record = Id(validators=[needed])


class LevelForm(FlaskForm):
    level = Whole(_("How near"), goals.LEVEL)
    done = YesNo(_("Close this goal"))
    #: of the goal
    measure: str

    def validate_level(self, field: Any) -> None:
        if field.data is None and not self.done.data:
            raise ValidationError(Wrong("needed"))
        if field.data is not None and field.data > goals.TOP[self.measure]:
            raise ValidationError(Wrong("range", min=0, max=goals.TOP[self.measure]))


class BookForm(FlaskForm):
    day = Day(_("Day"), [needed])
    clock = Clock(_("Time"), [needed])
    minutes = Whole(_("Minutes"), visit.MINUTES, needed)
    #: made when the form opened, so that sending it twice makes one
    record = Id(validators=[needed])

    def at(self, zone: str) -> datetime:
        assert self.day.data is not None
        assert self.clock.data is not None
        return at_wall(self.day.data, self.clock.data, zone)
