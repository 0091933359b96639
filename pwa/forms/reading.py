"""What a therapist fills in beside what was shared."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from pwa.domain import visit
from pwa.domain.days import at_wall
from pwa.forms.clinic import Clock
from pwa.forms.fields import Day, Id, Whole, needed


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
