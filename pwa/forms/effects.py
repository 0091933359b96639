"""An effects report: what a patient says about side effects after one treatment, or between treatments."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Form

from pwa.domain import checks, limits
from pwa.domain import effects as catalogue
from pwa.forms.adapter import BodyForm
from pwa.forms.fields import Id, LongText, OneNumber, OneOf, Several, Text, Whole, YesNo, needed
from pwa.forms.groups import GroupList
from pwa.forms.wrong import Wrong


class EffectId(OneOf):
    """One of the catalogue, or one that a clinic added."""

    def pre_validate(self, form: Form) -> None:
        if not catalogue.OWN.fullmatch(str(self.data)):
            super().pre_validate(form)


class Checks(Several):
    """Those of the catalogue, and effects that a clinic added and asks as checks."""

    def pre_validate(self, form: Form) -> None:
        own = {one for one in self.data or () if type(one) is str and catalogue.OWN.fullmatch(one)}
        self.known = {choice.value for choice in self.choices} | own
        super().pre_validate(form)


class EffectForm(BodyForm):
    """One effect: how strong, whether it still goes on, how long it lasted."""

    effect = EffectId(_("Effect"), [(effect.id, effect.label) for effect in catalogue.CATALOGUE], needed)
    #: of an effect that the clinic added, as it was read
    words = Text(_("In words"), limits.NAME)
    severity = OneNumber(_("How strong"), catalogue.SEVERITIES, needed)
    ongoing = YesNo(_("Still going on"))
    lasted = OneOf(_("How long it lasted"), catalogue.LASTED)

    def validate(self, extra_validators: Any = None) -> bool:
        """Words go with what a clinic added alone. Whether it still asks that is not looked at: a phone that was away
        knows what it asked then."""
        good = super().validate(extra_validators)
        if good and self.words.data is not None and not catalogue.OWN.fullmatch(self.effect.data):
            self.words.errors.append(Wrong("unknown"))
            return False
        return bool(good)


class EffectsForm(BodyForm):
    treatment = Id(_("Session"))
    window = OneOf(_("When"), catalogue.WINDOWS)
    effects = GroupList(_("Effects"), EffectForm, "effect", needed)
    other = Text(_("Anything else"), limits.OTHER)
    other_severity = OneNumber(_("How strong"), catalogue.SEVERITIES)
    systolic = Whole(_("Blood pressure, upper number"), limits.SYSTOLIC)
    diastolic = Whole(_("Blood pressure, lower number"), limits.DIASTOLIC)
    pulse = Whole(_("Pulse"), limits.PULSE)
    #: the checks of which this is the answer
    checks = Checks(_("Checks"), [(check.id, check.name) for check in checks.CHECKS])
    can_wait = YesNo(_("This can wait until my next visit"))
    note = LongText(_("A line of your own, if you like"), limits.NOTE)

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        said = (self.effects, self.checks, self.other, self.systolic, self.diastolic, self.pulse, self.note)
        if good and not any(field.data for field in said):
            self.form_errors = [Wrong("nothing")]
            return False
        return bool(good)
