"""What is filled in to invite somebody, and by whom was invited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, Regexp

from pwa.domain import limits
from pwa.forms.accounts import ComingIn, as_kept
from pwa.forms.card import PHONE
from pwa.forms.fields import Day, Text, needed
from pwa.forms.names import a_name
from pwa.forms.password import NewPassword

#: to its very end, since WTForms looks at the beginning alone
ADDRESS = re.compile(r"[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+\Z")
EARLIEST = date(1900, 1, 1)
LANGUAGES = [SelectChoice("en", "English"), SelectChoice("fr", "Français")]
STAFF = [
    SelectChoice("clinician", _("Clinician")),
    SelectChoice("therapist", _("Therapist")),
    SelectChoice("front-desk", _("Front desk")),
    SelectChoice("manager", _("Manager")),
]


class InvitationForm(ComingIn):
    wrong = _("This code is wrong, was used already, or is too old. Your clinic can give you a new one.")
    wait = _("There were many wrong tries. Wait a little, about 15 minutes, then try again.")
    code = StringField(_("Code"), [InputRequired(_("Type the code from your clinic."))])

    def say_waits(self) -> None:
        self.form_errors.append(
            gettext(
                "This invitation is not open yet. It opens a day after it was made, once a clinician who treats you "
                "has said that you asked for it. Keep the sheet until then."
            )
        )


class MailedForm(InvitationForm):
    """In an account that is in use."""

    wrong = _("This code is wrong. Take the one from the newest mail of Tidelog.")
    code = StringField(_("Code from your email"), [InputRequired(_("Type the code from your email."))])


class ChooseForm(ComingIn):
    #: with which one signs in from then on
    email: str
    password = NewPassword(_("New password"))


def a_phone(form: Any, field: Text) -> None:
    if field.data and not PHONE.fullmatch(field.data):
        raise ValidationError(_("This must be a phone number such as +14165550101."))


class InvitedForm(FlaskForm):
    """Anyone who is invited for the first time."""

    name = Text(_("Name"), limits.NAME, needed, a_name)
    email = StringField(
        _("Email"),
        [
            InputRequired(_("This is needed.")),
            Length(max=254),
            Regexp(ADDRESS, message=_("This must be an email address.")),
        ],
        [as_kept],
    )
    #: unless it is chosen, that of whoever invites
    language = RadioField(_("Language"), choices=LANGUAGES, default=lambda: str(get_locale()))

    def say_taken(self, field: str) -> None:
        self[field].errors = [_("Somebody has this already. To let the same person in again, use Invite again.")]


class NewPatientForm(InvitedForm):
    code = Text(_("Code that the clinic says aloud, such as KT-1042"), 12, needed)
    birth_date = Day(_("Birth date"), [needed])
    phone = Text(_("Phone, such as +14165550101"), 16, a_phone)
    may_leave_message = BooleanField(_("A message may be left there"))
    #: their choices are the clinic's own
    clinician = SelectField(_("Clinician"), choices=[])
    therapist = SelectField(_("Therapist"), choices=[])

    today: date

    def validate_birth_date(self, field: Day) -> None:
        if field.data and not EARLIEST <= field.data < self.today:
            raise ValidationError(_("Check the year."))

    def kept_code(self) -> str:
        return str(self.code.data).strip().upper()

    def offer(self, people: Iterable[tuple[str, str, str]]) -> None:
        """By role, id and name."""
        for role in ("clinician", "therapist"):
            theirs = [SelectChoice(id_, name) for of, id_, name in people if of == role]
            self[role].choices = [SelectChoice("", _("nobody yet")), *theirs]


class NewMemberForm(InvitedForm):
    role = RadioField(_("Role"), choices=STAFF)


class AgainForm(FlaskForm):
    whose = StringField(_("Their code or email"), [InputRequired(_("This is needed."))], [as_kept])
    #: a manager's, and of patients
    without_mail = BooleanField(_("A patient who cannot read that mail any more"))
