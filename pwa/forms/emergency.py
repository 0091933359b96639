"""What a clinician types to open the record of somebody who is at hand: who knows a code alone learns nothing."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField, ValidationError
from wtforms.validators import InputRequired, Length

from pwa.forms.fields import Day, LongText, needed

#: signs of a reason at most, and letters at least
REASON, LETTERS = 500, 10


def says_why(form: Any, field: LongText) -> None:
    """The patient and those who look afterwards learn nothing from a dot."""
    said = str(field.data)
    words = [word for word in said.split() if any(map(str.isalpha, word))]
    if len(words) < 2 or sum(map(str.isalpha, said)) < LETTERS:
        raise ValidationError(_("Say it in a few words, such as: brought in by ambulance, nobody of the team answers."))


class EmergencyForm(FlaskForm):
    who = StringField(
        _("The patient’s code or full name"),
        [InputRequired(_("Type the patient’s code or full name.")), Length(max=120)],
        [lambda typed: (typed or "").replace("\0", "").strip()],
    )
    birth_date = Day(_("Birth date"), [needed])
    reason = LongText(_("Why it cannot wait"), REASON, needed, says_why)

    def say_nobody(self) -> None:
        """Of neither field alone, so that neither is found out by the other."""
        self.who.errors = [_("Nobody of this clinic has this code or name and this birth date.")]

    def say_several(self) -> None:
        self.who.errors = [_("Several people have this name. Type the patient’s code.")]

    def ask_to_wait(self) -> None:
        self.who.errors = [_("That was tried too often. Wait 15 minutes, or ask a colleague.")]
