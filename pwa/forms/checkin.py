"""A check-in: four scales, the question about thoughts, a line of one's own. Blank is not zero."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from pwa.domain import checkin, limits
from pwa.forms.adapter import BodyForm
from pwa.forms.fields import LongText, Number, OneOf, Whole, in_halves
from pwa.forms.wrong import Wrong


def _scale(name: str) -> Whole:
    scale = checkin.scale(name)
    return Whole(_(scale.label), limits.Range(scale.min, scale.max), render_kw={"step": f"{scale.step:g}"})


class CheckInForm(BodyForm):
    mood = _scale("mood")
    anxiety = _scale("anxiety")
    energy = _scale("energy")
    sleep = Number(
        _(checkin.scale("sleep").label),
        limits.Range(checkin.scale("sleep").min, checkin.scale("sleep").max),
        in_halves,
        render_kw={"step": "0.5"},
    )
    thoughts = OneOf(_(checkin.THOUGHTS_QUESTION), checkin.THOUGHTS)
    note = LongText(_("A line of your own, if you like"), limits.NOTE)

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and all(field.data is None for field in self._fields.values()):
            self.form_errors = [Wrong("nothing")]
            return False
        return bool(good)
