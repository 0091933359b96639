"""What a therapist fills in beside what was shared."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from pwa.domain import limits, visit
from pwa.domain.days import at_wall
from pwa.domain.words import N_
from pwa.forms.clinic import Clock
from pwa.forms.fields import Day, Id, LongText, OneOf, Whole, needed

SOON = (("high", N_("Look at it today")), ("urgent", N_("Call now")))


class NoteForm(FlaskForm):
    text = LongText(_("Note"), limits.NOTE, needed)
    #: the entry that it is about
    about = Id(_("About"))
    #: made when the form opened, so that sending it twice makes one
    record = Id(validators=[needed])


class RaiseForm(FlaskForm):
    tier = OneOf(_("How soon"), SOON, needed)
    note = LongText(_("What the clinic should know"), limits.NOTE, needed)
    #: made when the form opened, so that sending it twice asks once
    record = Id(validators=[needed])


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
