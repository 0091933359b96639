"""What one fills in to come in."""

from flask_babel import gettext, lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length


class SignInForm(FlaskForm):
    email = EmailField(_("Email"), [InputRequired(_("Type the email address that your clinic has of you.")), Length(max=254)])
    password = PasswordField(_("Password"), [InputRequired(_("Type your password.")), Length(max=256)])

    def wrong(self) -> str:
        return gettext("This email and password do not go together. Check both and try again.")
