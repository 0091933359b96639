"""What a patient wants of reminders."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from pwa.domain import reminders
from pwa.forms.adapter import BodyForm
from pwa.forms.fields import OneOf, YesNo, needed


class RemindersForm(BodyForm):
    way = OneOf(_("How"), reminders.WAYS, needed)
    sessions = YesNo(_("After a session: that evening, the next day and after three days"), [needed])
    checks = YesNo(_("When a regular check is due"), [needed])
    daily = OneOf(_("Every day at"), [(hour, hour) for hour in reminders.HOURS])
