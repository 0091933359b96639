"""What one fills in to come in, and in which language one reads."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectChoice,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import AnyOf, InputRequired, Length, Regexp
from wtforms.widgets import HiddenInput

from pwa.forms.fields import ID
from pwa.forms.password import NewPassword


def as_kept(email: str | None) -> str:
    """Addresses are kept in lower case; PostgreSQL takes no null character in a text."""
    return (email or "").replace("\0", "").strip().lower()


class ComingIn(FlaskForm):
    """What is said of a try to come in as a whole."""

    wrong: str
    wait: str
    #: the account is, so that nothing is sent by signing in
    closed = False

    def say_wrong(self) -> None:
        self.form_errors.append(str(self.wrong))

    def ask_to_wait(self) -> None:
        self.form_errors.append(str(self.wait))

    def say_closed(self, clinic: str) -> None:
        self.closed = True
        self.form_errors.append(
            gettext(
                "This account at %(clinic)s is closed. Nothing can be sent. If this phone still holds something of "
                "yours, it stays on it. To open the account again, call the clinic.",
                clinic=clinic,
            )
        )

    def say_not_live(self, clinic: str) -> None:
        self.form_errors.append(
            gettext(
                "%(clinic)s has not begun with Tidelog yet. Your account is ready, and you can sign in once it has. "
                "If you need something now, call the clinic.",
                clinic=clinic,
            )
        )


class SignInForm(ComingIn):
    wrong = _("This email and password do not go together. Check both and try again.")
    wrong_among_clinics = _("This email and password do not go together at this clinic. Check all three and try again.")
    wait = _(
        "There were many wrong tries. Wait a little, about 15 minutes, then try again. "
        "If you do not know your password, ask your clinic."
    )
    clinic = SelectField(_("Your clinic"), validate_choice=False)
    email = EmailField(
        _("Email"),
        [InputRequired(_("Type the email address that your clinic has for you.")), Length(max=254)],
        [as_kept],
    )
    password = PasswordField(_("Password"), [InputRequired(_("Type your password.")), Length(max=256)])

    def offer(self, clinics: list[tuple[str, str]]) -> None:
        """By id and name. Where there is one it is nobody's choice."""
        self.is_among_clinics = len(clinics) > 1
        if self.is_among_clinics:
            self.wrong = self.wrong_among_clinics
            self.clinic.choices = [SelectChoice("", _("Choose")), *(SelectChoice(*one) for one in clinics)]
        else:
            self.clinic.choices = [SelectChoice(*one) for one in clinics]
            self.clinic.data = clinics[0][0]

    def validate_clinic(self, field: SelectField) -> None:
        if field.data not in {choice.value for choice in field.choices if choice.value}:
            raise ValidationError(_("Choose your clinic."))


class CodeForm(ComingIn):
    wrong = _("This code is wrong, was used already, or is older than 10 minutes. Get a new one and try again.")
    wait = _("There were many wrong tries. Wait a little, about 15 minutes, then try again.")
    code = StringField(_("Code"), [InputRequired(_("Type the code from your other screen.")), Length(max=32)])


class SecondStepForm(ComingIn):
    wrong = _("This code is wrong or was used already. Wait for the next one in your app, then try again.")
    wait = CodeForm.wait
    code = StringField(_("Code from your app"), [InputRequired(_("Type the code from your app.")), Length(max=32)])

    #: of whoever stands there
    has_passkeys = False
    has_app = True


class RecoveryForm(SecondStepForm):
    """Beside the passkeys of whoever has no app."""

    has_app = False
    wrong = _("This code is wrong or was used already. Type another one of your recovery codes.")
    code = StringField(
        _("One of your recovery codes"), [InputRequired(_("Type one of your recovery codes.")), Length(max=32)]
    )


class SetUpForm(SecondStepForm):
    #: what a screen reader says of the square
    square = _("A square for the camera of your app")


class ProveForm(ComingIn):
    wrong = _("That is not right. Try again.")
    wait = CodeForm.wait
    password = PasswordField(_("Password"), [InputRequired(_("Type your password.")), Length(max=256)])
    #: of whoever has a second step
    code = SecondStepForm.code

    def ask_for_a_recovery_code(self) -> None:
        """Of whoever has passkeys and no app."""
        self.code.label.text = gettext("One of your recovery codes")


class PasswordForm(ComingIn):
    wrong = _("That is not your password. Try again.")
    wait = CodeForm.wait
    #: whose password it is, for whatever keeps passwords
    email: str
    current = PasswordField(_("Your password now"), [InputRequired(_("Type your password.")), Length(max=256)])
    password = NewPassword(_("New password"))


class TokenForm(FlaskForm):
    """A button: all that it says is that it was pressed on a page of ours."""


class OwnedForm(FlaskForm):
    """Whether the invitation was asked for; it is told by the button that is pressed."""

    answer = StringField(validators=[AnyOf(("yes", "no"))])


class SeenForm(FlaskForm):
    """What was shown was seen."""

    #: id of the newest one that was shown
    newest = HiddenField(validators=[Regexp(ID.pattern + r"\Z")])


class TermsForm(FlaskForm):
    #: which were shown
    version = IntegerField(widget=HiddenInput())


class LanguageForm(FlaskForm):
    language = HiddenField(validators=[AnyOf(("en", "fr"))])
    #: the page to come back to
    back = HiddenField()
