"""A patient puts aside what was offered: it leaves Today, and nobody asks why."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import Form

from pwa.forms.fields import Id, needed


class AsideForm(Form):
    offer = Id(_("What was offered"), [needed])
