"""The words of what goes out: by what it is and the person's language alone, so that no content can slip in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from pwa.domain.words import N_
from pwa.notices import off
from pwa.records import Notice, Person

TITLE = "Tidelog"
LOOK = N_("There is something for you to look at in Tidelog.")
TEXTS = {
    "reminder": N_("A good moment to write down how you are, if you like."),
    "operator": N_("Tidelog needs a look by whoever runs it."),
}
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
    link = address + START.get(person.role, AT_THE_CLINIC)
    off_link = address + off.path(person) if notice.what == "reminder" else None
    with force_locale(person.language):
        text = _(TEXTS.get(notice.what, LOOK))
        body = f"{text}\n\n{link}\n"
        if off_link:
            ends = _("No more reminders: open this link and press the button. It asks for no password.")
            body += f"\n{ends}\n{off_link}\n"
    return Message(TITLE, text, link, person.language, off_link, body)
