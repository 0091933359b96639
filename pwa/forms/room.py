"""What the reading room says to a patient's phone: versions that a therapist writes."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from pwa.domain import goals, limits, offers, visit
from pwa.forms.adapter import BodyForm
from pwa.forms.fields import Day, Id, LongText, Moment, OneOf, Whole, YesNo, needed
from pwa.forms.groups import GroupList
from pwa.forms.wrong import Wrong


class VisitForm(BodyForm):
    status = OneOf(_("Planned or cancelled"), visit.STATUSES, needed)
    at = Moment(_("When"), [needed])
    minutes = Whole(_("Minutes"), visit.MINUTES, needed)
    #: whom it is with
    therapist = Id(_("Therapist"), [needed])


class OfferForm(BodyForm):
    """A prompt or a practice of ours, a line of the therapist's own, or both."""

    offer = OneOf(_("Prompt or practice"), [(one.id, one.title) for one in offers.OFFERS])
    line = LongText(_("A line of your own"), limits.OTHER)
    until = Day(_("Until"), [needed])

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and not (self.offer.data or self.line.data):
            self.form_errors = [Wrong("nothing")]
            return False
        return bool(good)


class LevelForm(BodyForm):
    day = Day(_("Day"), [needed])
    level = Whole(_("How near"), goals.LEVEL, needed)


class GoalForm(BodyForm):
    #: the patient's own
    words = LongText(_("In the patient’s own words"), limits.OTHER, needed)
    measure = OneOf(_("Measured by"), goals.MEASURES, needed)
    #: as patient and therapist said at their visits
    levels = GroupList(_("Set at visits"), LevelForm, "day", needed)
    #: reached, or let go
    done = YesNo(_("Closed"))
