"""What went out and what did not, for those who run the clinic. No word of it is kept, so none is here."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import ColumnElement, func

from pwa.accounts import audit, notices_of, reads
from pwa.clinic.desk import blueprint, page_number, pages_for
from pwa.domain.words import N_
from pwa.errors import Problem
from pwa.records import Notice, Person, db

PER_PAGE = 50
WHATS = {
    "alert": N_("Alert"),
    "escalation": N_("Escalation"),
    "reminder": N_("Reminder"),
    "operator": N_("For the operator"),
    "invited": N_("New invitation"),
    "keys": N_("Way in changed"),
    "emergency": N_("Emergency access"),
    "looked": N_("Looked at in an emergency"),
    "agree": N_("An invitation to agree to"),
    "taken-out": N_("A copy of their record was made"),
    "corrected": N_("Their name or birth date was corrected"),
    "team": N_("Their care team changed"),
    "new-address": N_("To a new mail address"),
    "old-address": N_("To the mail address until then"),
}
STATES = {
    "waiting": N_("waits"),
    "claimed": N_("waits"),
    "sent": N_("sent"),
    "dead": N_("not sent, given up"),
    "off": N_("not wanted any more"),
}
WAYS = {"push": N_("on the phone"), "mail": N_("by mail")}
#: why one did not go out, by the code that the courier left, and what helps
WHY = {
    "no-address": N_("no mail address is kept for this person"),
    "bad-address": N_("the mail address is not one that can be written to: correct it"),
    "no-mail-server": N_("no mail server is set"),
    "mail-server-away": N_("the mail server did not answer"),
    "no-push-key": N_("no key for push is set"),
    "no-browser": N_("no browser of this person can be reached"),
    "in-doubt": N_("the mail server did not say whether it took it, and it is not sent twice"),
    "never-done": N_("each try was cut off"),
    "closed": N_("the account is closed"),
    "seen": N_("read on the page instead"),
    "off": N_("switched off"),
    "ok": N_("“I am OK” came first"),
    "written": N_("something was written first"),
    "late": N_("it would have come too late"),
    "ignored": N_("nothing came after the last two"),
    "demo": N_("a demo’s past sends nothing"),
}
#: whose answer with a number it was; the number helps whoever runs the server
ANSWERS = {"smtp": N_("the mail server refused it"), "push": N_("the push service refused it")}


@blueprint.get("/messages")
@reads("messages", "names")
def messages() -> str:
    """Those that are dead first, since somebody must look."""
    number = page_number()
    to = (Person.clinic_id == Notice.clinic_id) & (Person.id == Notice.person_id)
    of_clinic = notices_of(current_user).join(Person, to)
    total = db.session.scalar(of_clinic.with_only_columns(func.count())) or 0
    if number > 1 and number > pages_for(total, PER_PAGE):
        raise Problem("not-found")
    dead: ColumnElement[bool] = Notice.state == "dead"
    rows = of_clinic.with_only_columns(Notice, Person.name, Person.role)
    found = db.session.execute(
        rows.order_by(dead.desc(), Notice.due_at.desc()).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    ).all()
    patients = sorted({row.Notice.person_id for row in found if row.role == "patient"})
    audit.read(current_user, "messages", patients, why="administration")
    given_up = db.session.scalar(of_clinic.where(dead).with_only_columns(func.count())) or 0
    words = {"whats": WHATS, "states": STATES, "ways": WAYS, "why": why}
    pages = pages_for(total, PER_PAGE)
    return render_template("clinic/messages.html", rows=found, given_up=given_up, number=number, pages=pages, **words)


def why(failure: str) -> str:
    if failure in WHY:
        return str(_(WHY[failure]))
    other_side, _dash, number = failure.partition("-")
    return f"{_(ANSWERS[other_side])} ({number})"
