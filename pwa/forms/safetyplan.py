"""A patient's safety plan: their own words for a hard hour, and who else may read them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from pwa.domain import journal, limits
from pwa.forms.adapter import BodyForm
from pwa.forms.fields import LongText, OneOf, needed


class SafetyPlanForm(BodyForm):
    signs = LongText(_("How I notice that it is getting hard"), limits.NOTE)
    helps = LongText(_("What helps me"), limits.NOTE)
    people = LongText(_("People I can turn to"), limits.NOTE)
    places = LongText(_("Where I feel better"), limits.NOTE)
    safer = LongText(_("Making what is around me safer"), limits.NOTE)
    audience = OneOf(_("Who can read this"), [(one.id, one.label) for one in journal.AUDIENCES], needed)
