"""What a clinician types to open a record in an emergency."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from pwa.forms.fields import LongText, needed

REASON = 500


class EmergencyForm(FlaskForm):
    who = StringField(
        _("The patient’s code or full name"),
        [InputRequired(_("Type the patient’s code or full name.")), Length(max=120)],
        [lambda typed: (typed or "").replace("\0", "").strip()],
    )
    reason = LongText(_("Why it cannot wait"), REASON, needed)
