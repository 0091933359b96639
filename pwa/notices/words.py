"""The words of what goes out: by what it is, how urgent, and the language alone, so that no content slips in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from pwa.accounts.invitations import asks_for_mail, mailed_code
from pwa.domain.safety import Tier
from pwa.domain.words import N_
from pwa.notices import addresses, off
from pwa.records import Alert, Invitation, Notice, Person, db
from pwa.records.notices import CLOSED, GOODBYE, OPENED

TITLE = "Tidelog"
LOOK = N_("There is something for you to look at in Tidelog.")
TEXTS = {
    "reminder": N_("A good moment to write down how you are, if you like."),
    "operator": N_("Tidelog needs a look by whoever runs it."),
    "keys": N_(
        "How you sign in to Tidelog was changed: an invitation was used, or a password, a passkey or a second step is "
        "new or gone. If that was not you, call your clinic."
    ),
    "looked": N_(
        "A clinician of your clinic used emergency access to open your record in Tidelog. Sign in, and see who and why "
        "under More: Who can see what, and who looked. Was that not right? Ask your clinic."
    ),
    "emergency-team": N_(
        "Emergency access was used for a patient of yours. Sign in to Tidelog: your list of patients says for whom, "
        "and by whom."
    ),
    "team": N_(
        "Your clinic changed who treats you, and so who can see what you write. Sign in to Tidelog, and see who under "
        "More: Who can see what, and who looked."
    ),
    GOODBYE: N_(
        "Your Tidelog account is closed, as you asked, and you are signed out everywhere. Your clinic keeps what you "
        "sent for as long as the law asks. If that was not you, or you want it open again, call your clinic."
    ),
    CLOSED: N_(
        "Your clinic closed your Tidelog account, and you are signed out everywhere. Nothing is deleted by that. If "
        "that is not right, or you want it open again, call your clinic."
    ),
    OPENED: N_(
        "Your clinic opened your Tidelog account again: you can sign in as before. If you did not want that, call your "
        "clinic."
    ),
    "closed-by-patient": N_(
        "A patient of your clinic closed their own Tidelog account. The page People says who, and opens it again if "
        "they ask you to. Nothing of their record is gone."
    ),
    "taken-out": N_(
        "Your clinic took a copy of your record out of Tidelog. Sign in, and see who and why under More: Who can see "
        "what, and who looked."
    ),
    "corrected": N_(
        "Your clinic corrected your name, birth date, telephone number or code in Tidelog. Sign in, and look under "
        "More: Where you are signed in, and your password. If it is not right, call your clinic."
    ),
    "new-address": N_(
        "Somebody signed in to Tidelog wants to get mail at this address, and to sign in with it. If that is you, open "
        "this link within a day and press the button. If not, do nothing: nothing changes then."
    ),
    "old-address": N_(
        "Somebody signed in as you asked to change the address for mail of your Tidelog account. It changes once a "
        "link in a mail to the new address is used. If that was not you, sign in, stop it and change your password "
        "under More: Where you are signed in, and call your clinic."
    ),
    "address-changed": N_(
        "The address for mail of your Tidelog account was changed: mail goes to the new one from now on, and one signs "
        "in with it. If that was not you, call your clinic at once."
    ),
    "agree": N_(
        "A patient of yours is to come in anew without the code of their mail. Sign in to Tidelog, and say under "
        "Invitations whether they asked for it. Ask them first."
    ),
    "refused": N_(
        "An invitation into an account was stopped, since nobody asked for it. Sign in to Tidelog, and see in the "
        "audit trail who made it."
    ),
    "emergency": N_("Emergency access was used. Please sign in to Tidelog and look at the audit trail."),
}
#: beside what was done meanwhile
WHILE_CLOSED = N_(
    "Your Tidelog account is closed, so you cannot sign in to see more. Ask your clinic, which can open it again."
)
#: of an invitation into an account that is in use: by the code of this mail, after a day, or as it is
INVITED = N_(
    "Your clinic made a new invitation for your Tidelog account. Whoever uses it signs in as you, and every other "
    "browser is signed out."
)
BY_MAIL = N_(
    "Besides the sheet from your clinic it needs this code: %(code)s. Give it to nobody, not to the clinic either."
)
AFTER_A_DAY = N_(
    "It is for somebody who cannot read this mail: it opens a day after it was made, once a clinician who treats you "
    "has said that you asked for it."
)
NOT_YOU = N_("If you did not ask for it, sign in where you can and stop it, or call your clinic.")
#: a title that is seen among forty others, and by when to look
BY_TIER: Mapping[Tier, tuple[str, str]] = {
    "urgent": (N_("Tidelog: urgent"), N_("Urgent: please sign in to Tidelog and look at once.")),
    "high": (N_("Tidelog: today"), N_("Please sign in to Tidelog and look today.")),
    "watch": (TITLE, N_("Please sign in to Tidelog and look by the next working day.")),
}
WENT_ON = N_("Nobody answered in time, so this comes to you.")
#: where a person's own pages begin
START = {"patient": "/"}
AT_THE_CLINIC = "/clinic/"


@dataclass(frozen=True)
class Message:
    title: str
    text: str
    #: a page of ours, which asks to sign in
    link: str
    language: str
    #: reminders only: switches them off without signing in
    off: str | None
    #: the whole mail
    body: str


def message(notice: Notice, person: Person) -> Message:
    address = current_app.config["OUTGOING"].address
    link = address + (addresses.way(notice) or START.get(person.role, AT_THE_CLINIC))
    off_link = address + off.path(person) if notice.what == "reminder" else None
    with force_locale(person.language):
        title, text = _said(notice)
        if person.closed_at and kind_of(notice) not in (GOODBYE, CLOSED, OPENED):
            text += f" {_(WHILE_CLOSED)}"
        body = f"{text}\n\n{link}\n"
        if off_link:
            ends = _("No more reminders: open this link and press the button. It asks for no password.")
            body += f"\n{ends}\n{off_link}\n"
    return Message(title, text, link, person.language, off_link, body)


def kind_of(notice: Notice) -> str:
    """What its cause begins with: where one `what` has several reasons it says which."""
    return notice.cause.partition(":")[0]


def _said(notice: Notice) -> tuple[str, str]:
    if notice.what == "invited":
        return TITLE, _invited(notice)
    alert = db.session.get(Alert, (notice.clinic_id, notice.about))
    if alert is None:
        return TITLE, _(TEXTS.get(kind_of(notice)) or TEXTS.get(notice.what, LOOK))
    title, text = BY_TIER[alert.tier]
    went_on = f"{_(WENT_ON)} " if notice.what == "escalation" else ""
    return _(title), went_on + _(text)


def _invited(notice: Notice) -> str:
    made = db.session.get(Invitation, (notice.clinic_id, notice.about))
    how = []
    if made and made.opens_at:
        how = [_(AFTER_A_DAY)]
    elif made and asks_for_mail(made):
        code = mailed_code(made)
        how = [_(BY_MAIL, code=f"{code[:4]}-{code[4:]}")]
    return " ".join([_(INVITED), *how, _(NOT_YOU)])
