"""How long records are kept, and whose is taken out."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from pwa.domain.limits import Range
from pwa.forms.fields import Whole, needed


class KeepingForm(FlaskForm):
    years = Whole(_("Years after the last entry"), Range(1, 100), needed)


class ExportForm(FlaskForm):
    code = StringField(
        _("The patient’s code"),
        [InputRequired(_("Type the patient’s code.")), Length(max=12)],
        [lambda typed: (typed or "").replace("\0", "")],
    )
