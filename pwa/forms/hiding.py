"""What a patient hides from a role, or shows it again."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, ValidationError
from wtforms.validators import AnyOf

from pwa.domain import rights


class HideForm(FlaskForm):
    what = HiddenField(validators=[AnyOf(("hide", "show"))])
    part = HiddenField(validators=[AnyOf([part.id for part in rights.PARTS if part.hideable])])
    role = HiddenField(validators=[AnyOf(rights.ROLES)])

    def validate_role(self, field: Any) -> None:
        if not any(part.id == self.part.data and field.data in part.hideable for part in rights.PARTS):
            raise ValidationError
