"""What a patient can see of reminders: what became of each, and the button that ends them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import Blueprint, render_template, request
from flask_babel import force_locale, get_locale
from flask_login import current_user, login_required
from sqlalchemy import select

from pwa.domain.words import N_
from pwa.errors import Problem
from pwa.notices.off import person_of, switch_off
from pwa.notices.reminders import zone
from pwa.records import Notice, db
from pwa.records.base import end_reading

blueprint = Blueprint("notices", __name__)
SHOWN = 60
SHORT = "EEE d MMM, HH:mm"
KINDS = {
    "ok": N_("After a dose at home"),
    "evening": N_("The evening of a session"),
    "next-day": N_("The day after a session"),
    "third-day": N_("Three days after a session"),
    "check": N_("A regular check"),
    "daily": N_("Every day"),
}
FATES = {
    "waiting": N_("waits to be sent"),
    "claimed": N_("waits to be sent"),
    "sent": N_("sent"),
    "dead": N_("could not be sent"),
    "off": N_("not sent"),
}
#: why it was not sent, where that says more
WHY = {
    "off": N_("switched off"),
    "ok": N_("you had said that you are OK"),
    "written": N_("you had written by then"),
    "late": N_("it would have come too late"),
    "ignored": N_("the last two went by, so we kept quiet"),
}
WAYS = {"push": N_("on the phone"), "mail": N_("by mail")}


@blueprint.get("/reminders")
@login_required
def fates() -> str:
    if current_user.role != "patient":
        raise Problem("not-yours")
    whose = current_user.clinic_id, current_user.id
    theirs = (Notice.clinic_id == whose[0], Notice.person_id == whose[1], Notice.what == "reminder")
    found = db.session.scalars(select(Notice).where(*theirs).order_by(Notice.due_at.desc()).limit(SHOWN)).all()
    there = ZoneInfo(zone(whose))
    rows = [(format_datetime(each.due_at, SHORT, there, get_locale()), each) for each in found]
    return render_template("notices/reminders.html", rows=rows, kinds=KINDS, fates=FATES, why=WHY, ways=WAYS)


@blueprint.route("/reminders/off/<token>", methods=["GET", "POST"])
def off(token: str) -> str:
    """One tap, for whoever holds the mail: a mail program may press the button by itself (RFC 8058)."""
    person = person_of(token)
    if person is None:
        raise Problem("not-found")
    if request.method == "POST":
        end_reading()
        switch_off(person)
    with force_locale(person.language):
        return render_template("notices/off.html", is_off=request.method == "POST")
