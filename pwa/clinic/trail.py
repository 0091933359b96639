"""The audit trail as a manager reads it: who looked at what and changed what, searched, paged, or as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from pwa.accounts import audit, reads
from pwa.accounts.proving import is_proved, proved
from pwa.clinic.desk import blueprint, clinic, here, page_number, pages_for, today, typed_code
from pwa.clinic.queries import emergency as ask_emergency
from pwa.clinic.queries import trail as ask
from pwa.clinic.sheet import sheet
from pwa.domain.days import at_wall
from pwa.domain.words import N_
from pwa.errors import Problem
from pwa.forms.clinic import TrailYearsForm
from pwa.forms.fields import day_in
from pwa.forms.keeping import REASONS
from pwa.records import AuditRow, db
from pwa.records.base import begin_writing

MONTH = timedelta(days=30)
#: of a row that names more patients the page says only how many; CSV names all
NAMED = 3
ACTIONS = {"read": N_("read"), "write": N_("changed")}
WHYS = {"care": N_("care"), "administration": N_("administration")}
WHYS |= {"emergency": N_("emergency"), "own-account": N_("their own account"), "coming-in": N_("coming in")}
WHYS |= REASONS
WHATS = {
    "patients": N_("List of patients"),
    "patient": N_("A patient’s page"),
    "journal": N_("Journal"),
    "room": N_("Reading room"),
    "alerts": N_("Triage"),
    "alert": N_("An alert"),
    "sessions": N_("Sessions"),
    "treatment": N_("A session"),
    "course": N_("A course"),
    "effects": N_("Side effects"),
    "outcomes": N_("Outcomes"),
    "adverse-events": N_("Register of adverse events"),
    "adverse-event": N_("An adverse event"),
    "notes": N_("Notes"),
    "note": N_("A note"),
    "summary": N_("Visit summary"),
    "entry-mark": N_("A mark on an entry"),
    "visit": N_("A visit"),
    "offer": N_("An offer"),
    "goal": N_("A goal"),
    "people": N_("People"),
    "sign-ins": N_("Sign-ins"),
    "closed": N_("An account closed"),
    "opened": N_("An account opened again"),
    "invitations": N_("Invitations"),
    "without-mail": N_("An invitation without the mail’s code"),
    "agreed": N_("An invitation without the mail’s code, agreed to"),
    "refused": N_("An invitation without the mail’s code, refused"),
    "came-in": N_("An invitation used"),
    "withdrawn": N_("An invitation withdrawn"),
    "keys": N_("Way in changed"),
    "address": N_("Mail address changed"),
    "doors": N_("Signing in"),
    "messages": N_("Messages"),
    "asked": N_("What is asked"),
    "safety": N_("Safety"),
    "protocol": N_("A protocol"),
    "audit": N_("Audit trail"),
    "hide": N_("What a patient hides"),
    "show": N_("What a patient shows again"),
    "emergency": N_("Emergency access"),
    "team": N_("Care team"),
    "emergency-missed": N_("Emergency access tried, nobody found"),
    "keeping": N_("Records kept"),
    "record": N_("A copy of a record"),
    "whole-record": N_("A whole record taken out on the server"),
    "erasure": N_("A record erased"),
    "terms": N_("Terms of use"),
}


#: in whose rows words stand in place of records: the years before and since, the version of the terms
SPOKEN = ("keeping", "audit", "terms")


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it asks wrongly is as if it did not ask."""

    first: date
    last: date
    person: str | None
    action: str | None
    what: str | None
    code: str

    def address(self) -> dict[str, Any]:
        chosen = {"person": self.person, "action": self.action, "what": self.what, "code": self.code or None}
        days = {"from": self.first.isoformat(), "to": self.last.isoformat()}
        return {**days, **{name: value for name, value in chosen.items() if value}}

    def wanted(self) -> ask.Wanted:
        first, last = (at_wall(day, time(0), clinic().zone) for day in (self.first, self.last + timedelta(days=1)))
        patient = ask.patient_with(current_user, self.code) if self.code else None
        return ask.Wanted(first, last, self.person, self.action, self.what, patient)


@blueprint.get("/audit")
@reads("trail")
def trail() -> str:
    return _page(TrailYearsForm(data={"years": clinic().audit_years}))


@blueprint.get("/audit.csv")
@reads("trail")
def trail_csv() -> AnyResponse:
    names = ask.names(current_user)
    asked = _asked(names)
    if not is_proved():
        return redirect(url_for("accounts.prove", next=url_for("clinic.trail", **asked.address())))
    rows = ask.listed(current_user, asked.wanted())
    codes = ask.codes(current_user, (one for row in rows for one in row.patients))
    _was_read(codes)
    head = ["number", "at", "who", "role", "action", "what", "patients", "records", "why", "address", "device", "hash"]
    return sheet(f"audit-{asked.first}-{asked.last}", head, _lines(rows, names, codes))


@blueprint.post("/audit")
@reads("trail", "settings")
@proved
def keep_trail() -> AnyResponse:
    """How long. Rows go by the operator's command alone, never by this."""
    form = TrailYearsForm()
    if not form.validate_on_submit():
        return make_response(_page(form), 422)
    begin_writing()
    years = [clinic().audit_years, int(form.years.data or 0)]
    clinic().audit_years = years[-1]
    audit.wrote(current_user, "audit", [], [" → ".join(map(str, years))], why="administration")
    db.session.commit()
    return redirect(url_for("clinic.trail"))


@blueprint.app_template_filter("as_said")
def as_said(code: str, words: Mapping[str, str]) -> str:
    """In words; a code of a later release as it is."""
    return str(_(words[code])) if code in words else code


def _page(form: TrailYearsForm) -> str:
    names, number = ask.names(current_user), page_number()
    asked = _asked(names)
    wanted = asked.wanted()
    total = ask.count(current_user, wanted)
    pages = pages_for(total, ask.PER_PAGE)
    if number > 1 and number > pages:
        raise Problem("not-found")
    rows = ask.listed(current_user, wanted, number)
    codes = ask.codes(current_user, (one for row in rows if len(row.patients) <= NAMED for one in row.patients))
    opened = ask_emergency.listed(current_user, wanted.first, wanted.last)
    _was_read({*codes, *(one.Emergency.patient_id for one in opened)})
    found = {"rows": rows, "codes": codes, "total": total, "number": number, "pages": pages, "opened": opened}
    words = {"names": names, "whats": WHATS, "actions": ACTIONS, "whys": WHYS, "spoken": SPOKEN}
    return render_template("clinic/audit.html", asked=asked, form=form, most=NAMED, **found, **words)


def _asked(names: Mapping[str, str]) -> Asked:
    args = request.args
    last = day_in(args.get("to", "")) or today()
    first = day_in(args.get("from", "")) or last - MONTH
    known = {"person": names, "action": ACTIONS, "what": WHATS}
    chosen = {name: args[name] if args.get(name) in those else None for name, those in known.items()}
    return Asked(min(first, last), max(first, last), **chosen, code=typed_code())


def _was_read(codes: Iterable[str]) -> None:
    audit.read(current_user, "audit", codes, why="administration")


def _lines(rows: Sequence[AuditRow], names: Mapping[str, str], codes: Mapping[str, str]) -> Iterator[list[Any]]:
    for row in rows:
        patients = " ".join(codes.get(one, one) for one in row.patients)
        said = [row.role, row.action, row.what, patients, " ".join(row.records), row.why, row.address, row.device]
        who = names.get(row.person_id) or codes.get(row.person_id, row.person_id)
        yield [row.number, here(row.at).isoformat(timespec="seconds"), who, *said, row.hash]
