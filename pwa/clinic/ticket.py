"""The sheet of an invitation: what it says in the language of whom it is for. It names nobody, since sheets are left
lying about."""

from __future__ import annotations

from babel.dates import format_date, format_datetime
from flask import make_response, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from pwa.accounts.invitations import asks_for_mail, mailed_code
from pwa.accounts.qr import qr
from pwa.accounts.way import own_address
from pwa.clinic.desk import clinic, here
from pwa.records import Invitation, Patient, Person, db


def ticket(person: Person, made: Invitation, code: str) -> Response:
    shown = "-".join(code[at : at + 4] for at in range(0, len(code), 4))
    page = url_for("accounts.invited", language=person.language)
    link = f"{own_address()}{page}#{code}"
    patient = db.session.get(Patient, (person.clinic_id, person.id))
    with force_locale(person.language):
        drawn, said = qr(link, _("Your invitation, for your phone’s camera")), _said(patient)
        sheet = {"qr": drawn, "steps": _steps(person, shown, made), **said}
    whose = patient.code if patient else ""
    if clinic().is_demo and asks_for_mail(made):
        sheet["mailed"] = mailed_code(made)
    return make_response(render_template("clinic/invitation.html", person=person, made=made, code=whose, **sheet))


def _said(patient: Patient | None) -> dict[str, str]:
    """What it is, and whom to call: the number is written there by hand, as it is on the clinic's door."""
    if patient is None:
        about = _("Tidelog is where our patients write down how they are, and where we read it.")
    else:
        about = _("Tidelog is a diary for your treatment, on your phone: for you, and for what you share with us.")
    whose = _("For the clinic only: %(code)s is who this sheet is for.", code=patient.code) if patient else ""
    return {"about": about, "help": _("Something does not work? Call us:"), "whose": whose}


def _steps(person: Person, code: str, made: Invitation) -> list[str]:
    until = format_date(here(made.expires_at), "full", locale=person.language)
    short = own_address().partition("://")[2] + url_for("accounts.invited")
    return [
        _(
            "Point your phone’s camera at the square and open the link. Or type %(page)s into a browser.",
            page=short,
        ),
        _("The code is %(code)s. It works once, until %(day)s.", code=code, day=until),
        *_before(person, made),
        _("Choose a password, or use your face, finger or phone’s code. Then put Tidelog on your home screen.")
        if person.role == "patient"
        else _("Choose a password, then set up a second step, such as an app with codes. A passkey does both at once."),
        _("Keep this sheet to yourself until then: whoever has it can come in instead of you."),
    ]


def _before(person: Person, made: Invitation) -> list[str]:
    """What else opens an account that is in use."""
    if made.opens_at:
        opens = format_datetime(here(made.opens_at), "EEEE d MMMM, H:mm", locale=person.language)
        return [
            _(
                "It opens once a clinician who treats you has said that you asked for it, and not before %(moment)s.",
                moment=opens,
            )
        ]
    by_mail = _("A second code was sent to your email address. You are asked for it next.")
    return [by_mail] if asks_for_mail(made) else []
