"""Who treats a patient, and who takes over the patients of somebody who leaves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from pwa.forms.safety import Several

Member = tuple[str, str, str]


class TeamForm(FlaskForm):
    """`offer` before it is shown or read: the choices are the clinic's own people."""

    clinician = Several(_("Clinicians"), choices=[])
    therapist = Several(_("Therapists"), choices=[])

    def offer(self, people: Iterable[Member]) -> None:
        """By role, id and name."""
        for field in (self.clinician, self.therapist):
            field.choices = [SelectChoice(id_, name) for role, id_, name in people if role == field.short_name]

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and not self.chosen():
            self.form_errors.append(_("Choose at least one person. To end a treatment, close the account."))
            return False
        return bool(good)

    def chosen(self) -> dict[str, str]:
        """Id → role."""
        return {id_: field.short_name for field in (self.clinician, self.therapist) for id_ in field.data or ()}


class HandOverForm(FlaskForm):
    to = RadioField(_("From now on in the care of"), [InputRequired(_("Choose somebody."))], choices=[])

    def offer(self, people: Iterable[Member], role: str, leaves: str) -> None:
        self.to.choices = [SelectChoice(id_, name) for of, id_, name in people if of == role and id_ != leaves]
