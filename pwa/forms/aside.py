"""A patient puts aside what was offered: it leaves Today, and nobody asks why."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from pwa.forms.adapter import BodyForm
from pwa.forms.fields import Id, needed


class AsideForm(BodyForm):
    offer = Id(_("What was offered"), [needed])
