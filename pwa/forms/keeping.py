"""How long records are kept, and whose is taken out."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length

from pwa.domain.limits import Range
from pwa.domain.words import N_
from pwa.forms.fields import Whole, needed

#: why a record is taken out, as the audit trail has it
REASONS = {
    "patient-asks": N_("The patient asks for it"),
    "other-clinic": N_("Another clinic goes on with the care"),
    "by-law": N_("A law or a court asks for it"),
}


class KeepingForm(FlaskForm):
    years = Whole(_("Years after the last entry"), Range(1, 100), needed)


class ExportForm(FlaskForm):
    code = StringField(
        _("The patient’s code"),
        [InputRequired(_("Type the patient’s code.")), Length(max=12)],
        [lambda typed: (typed or "").replace("\0", "")],
    )
    why = RadioField(
        _("Why"),
        [InputRequired(_("Choose why."))],
        choices=[SelectChoice(code, _(words)) for code, words in REASONS.items()],
    )
