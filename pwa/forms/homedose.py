"""A dose that a patient took at home, in the patient's own words, and that they are well afterwards."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from pwa.domain import limits, routes
from pwa.forms.adapter import BodyForm
from pwa.forms.fields import Id, LongText, Moment, Number, OneOf, YesNo, needed

ROUTES = [(route, routes.by_id(route).label) for route in routes.AT_HOME]


class HomeDoseForm(BodyForm):
    at = Moment(_("When"), [needed])
    route = OneOf(_("How you took it"), ROUTES, needed)
    mg = Number(_("Dose in mg"), limits.DOSE, needed)
    someone = YesNo(_("I have someone with me"))
    #: when the patient said that they are well; blank: they have not
    ok_at = Moment(_("I am OK"))
    #: the planned treatment that it is, if there is one
    treatment = Id(_("Session"))
    note = LongText(_("A line of your own, if you like"), limits.NOTE)
