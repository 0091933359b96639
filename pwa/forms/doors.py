"""How long sign-ins last, as the clinic wishes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from pwa.domain.limits import Range
from pwa.forms.fields import Whole, needed


class DoorsForm(FlaskForm):
    idle_minutes = Whole(_("Minutes without use after which staff are signed out"), Range(5, 720), needed)
    patient_days = Whole(_("Days for which a patient stays signed in on a phone"), Range(1, 400), needed)
