"""What of somebody was written down wrongly."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, Regexp

from pwa.domain import limits
from pwa.forms.accounts import ComingIn, as_kept
from pwa.forms.fields import Day, Text, needed
from pwa.forms.invitations import ADDRESS, EARLIEST, a_phone
from pwa.forms.names import a_name


def address_field(label: str) -> StringField:
    is_one = Regexp(ADDRESS, message=_("This must be an email address."))
    return StringField(label, [InputRequired(_("This is needed.")), Length(max=254), is_one], [as_kept])


class WhoForm(FlaskForm):
    """Of a member of staff."""

    name = Text(_("Name"), limits.NAME, needed, a_name)
    #: left out once its owner came in: then it is theirs to change
    email = address_field(_("Email"))

    def say_taken(self, field: str) -> None:
        self[field].errors = [_("Somebody has this already.")]


class WhichPatientForm(WhoForm):
    code = Text(_("Code that the clinic says aloud, such as KT-1042"), 12, needed)
    birth_date = Day(_("Birth date"), [needed])
    phone = Text(_("Phone, such as +14165550101"), 16, a_phone)
    may_leave_message = BooleanField(_("A message may be left there"))

    today: date

    def validate_birth_date(self, field: Day) -> None:
        if field.data and not EARLIEST <= field.data < self.today:
            raise ValidationError(_("Check the year."))

    def kept_code(self) -> str:
        return str(self.code.data).strip().upper()


class FindForm(FlaskForm):
    whose = StringField(_("Their code or email"), [InputRequired(_("This is needed."))], [as_kept])


class AddressForm(ComingIn):
    wait = _("You asked for several links just now. Wait a little, about 15 minutes, then try again.")
    email = address_field(_("New email address"))
