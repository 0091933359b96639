"""A patient asks the clinic to call. It is never guessed from what they write elsewhere."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from pwa.domain import limits
from pwa.forms.adapter import BodyForm
from pwa.forms.fields import LongText, YesNo, needed


class CallForm(BodyForm):
    asked = YesNo(_("Please call me"), [needed])
    note = LongText(_("What it is about, if you like to say"), limits.NOTE)
