"""What the reading room says to a patient's phone: versions that a therapist writes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import Form

from pwa.domain import visit
from pwa.forms.fields import Id, Moment, OneOf, Whole, needed


class VisitForm(Form):
    status = OneOf(_("Planned or cancelled"), visit.STATUSES, needed)
    at = Moment(_("When"), [needed])
    minutes = Whole(_("Minutes"), visit.MINUTES, needed)
    #: whom it is with
    therapist = Id(_("Therapist"), [needed])
