"""The clinic tells a patient that it has seen an entry: a version like others, so that it stands offline too."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import Form

from pwa.forms.fields import Id, Moment, needed


class SeenForm(Form):
    #: of the entry that was seen
    entry = Id(_("Entry"), validators=[needed])
    at = Moment(_("Seen"), validators=[needed])
