"""An effects report: what a patient says about side effects after one treatment, or between treatments."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Form

from pwa.domain import effects as catalogue
from pwa.domain import limits
from pwa.forms.fields import Id, LongText, OneNumber, OneOf, Text, Whole, YesNo, needed
from pwa.forms.groups import GroupList
from pwa.forms.wrong import Wrong


class EffectForm(Form):
    """One effect: how strong, whether it still goes on, how long it lasted."""

    effect = OneOf(_("Effect"), [(effect.id, effect.label) for effect in catalogue.CATALOGUE], needed)
    severity = OneNumber(_("How strong"), catalogue.SEVERITIES, needed)
    ongoing = YesNo(_("Still going on"))
    lasted = OneOf(_("How long it lasted"), catalogue.LASTED)


class EffectsForm(Form):
    treatment = Id(_("Session"))
    window = OneOf(_("When"), catalogue.WINDOWS)
    effects = GroupList(_("Effects"), EffectForm, "effect", needed)
    other = Text(_("Anything else"), limits.OTHER)
    other_severity = OneNumber(_("How strong"), catalogue.SEVERITIES)
    systolic = Whole(_("Blood pressure, upper number"), limits.SYSTOLIC)
    diastolic = Whole(_("Blood pressure, lower number"), limits.DIASTOLIC)
    pulse = Whole(_("Pulse"), limits.PULSE)
    note = LongText(_("A line of your own, if you like"), limits.NOTE)

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        said = (self.effects, self.other, self.systolic, self.diastolic, self.pulse, self.note)
        if good and not any(field.data for field in said):
            self.form_errors = [Wrong("nothing")]
            return False
        return bool(good)
