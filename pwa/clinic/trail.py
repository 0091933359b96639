"""The audit trail as a manager reads it: who looked at what and changed what, searched, paged, or as CSV."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from pwa.accounts import audit, reads
from pwa.accounts.called import by_operator, callers
from pwa.accounts.proving import is_proved, proved
from pwa.clinic.desk import blueprint, clinic, here, page_number, pages_for, today
from pwa.clinic.queries import emergency as ask_emergency
from pwa.clinic.queries import trail as ask
from pwa.clinic.sheet import sheet
from pwa.clinic.trail_words import ACTIONS, FIELDS, OTHERS, SPOKEN, WHATS, WHYS
from pwa.domain.days import at_wall
from pwa.errors import Problem
from pwa.forms.clinic import TrailYearsForm
from pwa.forms.fields import day_in
from pwa.records import AuditRow, chain, db, exported
from pwa.records.base import begin_writing

MONTH = timedelta(days=30)
#: of a row that names more patients the page says only how many; CSV names all
NAMED = 3
#: what is chosen from a list, and may stand in an address
CHOSEN = ("person", "action", "what", "why")


@dataclass(frozen=True)
class Asked:
    """What is asked for; what is asked wrongly is as if it were not asked."""

    first: date
    last: date
    person: str | None
    action: str | None
    what: str | None
    why: str | None
    #: a patient's code or id, and a network's address: they stand in no address of ours
    code: str
    network: str

    def address(self) -> dict[str, Any]:
        days = {"from": self.first.isoformat(), "to": self.last.isoformat()}
        return days | {name: chosen for name in CHOSEN if (chosen := getattr(self, name))}

    def typed(self) -> dict[str, str]:
        return {name: typed for name in ("code", "network") if (typed := getattr(self, name))}

    def everything(self) -> dict[str, Any]:
        return self.address() | self.typed()

    def wanted(self) -> ask.Wanted:
        first, last = (at_wall(day, time(0), clinic().zone) for day in (self.first, self.last + timedelta(days=1)))
        patient = ask.patient_with(current_user, self.code) if self.code else None
        return ask.Wanted(first, last, self.person, self.action, self.what, self.why, patient, self.network)


@blueprint.get("/audit")
@reads("trail")
def trail() -> str:
    return _page(TrailYearsForm(data={"years": clinic().audit_years}))


@blueprint.post("/audit/found")
@reads("trail")
def trail_found() -> str:
    """Of a patient, or from somewhere: what was typed for it stands in no address."""
    return trail()


@blueprint.route("/audit.csv", methods=["GET", "POST"])
@reads("trail")
def trail_csv() -> AnyResponse:
    names = ask.names(current_user)
    asked = _asked(names)
    if not is_proved():
        return redirect(url_for("accounts.prove", next=url_for("clinic.trail", **asked.address())))
    rows = ask.listed(current_user, asked.wanted())
    codes = ask.codes(current_user, (one for row in rows for one in row.AuditRow.patients))
    _was_read(codes)
    reasons = ask_emergency.reasons(current_user, (one for row in rows for one in _opened_by(row.AuditRow)))
    return sheet(f"audit-{asked.first}-{asked.last}", exported.HEADINGS, _lines(rows, codes, reasons))


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


def who_of(row: Any, called: Callable[[Any], str], codes: Mapping[str, str]) -> str:
    """A patient by code, and by id once that is gone; of the operator's rows also in whose name."""
    id_ = row.AuditRow.person_id or ""
    name = called(row) if row.name and row.role != "patient" else codes.get(id_, id_)
    return by_operator(name) if row.AuditRow.role == audit.OPERATOR else name


def _page(form: TrailYearsForm) -> str:
    names, number = ask.names(current_user), page_number()
    asked = _asked(names)
    wanted = asked.wanted()
    total = ask.count(current_user, wanted)
    pages = pages_for(total, ask.PER_PAGE)
    if number > 1 and number > pages:
        raise Problem("not-found")
    rows = ask.listed(current_user, wanted, number)
    codes = ask.codes(current_user, _few(row.AuditRow for row in rows))
    opened = ask_emergency.listed(current_user, wanted.first, wanted.last)
    _was_read({*codes, *(one.Emergency.patient_id for one in opened)})
    found = {"rows": rows, "codes": codes, "total": total, "number": number, "pages": pages, "opened": opened}
    found["renamed"] = ask.renamed(current_user, wanted.first, wanted.last)
    words: dict[str, Any] = {"names": names, "others": OTHERS, "who_of": who_of, "called": callers()}
    words |= {"whats": WHATS, "actions": ACTIONS, "whys": WHYS, "spoken": SPOKEN, "fields": FIELDS}
    return render_template("clinic/audit.html", asked=asked, form=form, most=NAMED, **found, **words)


def _asked(names: Mapping[str, str]) -> Asked:
    args = request.form if request.method == "POST" else request.args
    last = day_in(args.get("to", "")) or today()
    first = day_in(args.get("from", "")) or last - MONTH
    known = {"person": {**names, **OTHERS}, "action": ACTIONS, "what": WHATS, "why": WHYS}
    chosen = {name: args[name] if args.get(name) in those else None for name, those in known.items()}
    return Asked(min(first, last), max(first, last), **chosen, code=_typed("code"), network=_typed("network"))


def _typed(name: str) -> str:
    return request.form.get(name, "").replace("\0", "").strip()


def _few(rows: Iterable[AuditRow]) -> Iterator[str]:
    """The patients whom the page names."""
    return (one for row in rows if len(row.patients) <= NAMED for one in row.patients)


def _opened_by(row: AuditRow) -> Sequence[str]:
    """Ids of emergencies, of the rows of opening and ending one."""
    return row.records if row.what == "emergency" else ()


def _was_read(codes: Iterable[str]) -> None:
    audit.read(current_user, "audit", codes, why="administration")


def _lines(rows: Sequence[Any], codes: Mapping[str, str], reasons: Mapping[str, str]) -> Iterator[list[Any]]:
    for found in rows:
        row: AuditRow = found.AuditRow
        said = chain.said_by(vars(row))
        is_staff = found.role not in (None, "patient")
        cells = exported.held(dict(zip(chain.SAID, said, strict=True))) | {
            "at": here(row.at).isoformat(timespec="seconds"),
            "who": who_of(found, lambda one: str(one.name), codes),
            "who_now": found.name_now if is_staff else "",
            "here_since": here(found.here_since).isoformat(timespec="seconds") if is_staff else "",
            "codes": ", ".join(codes.get(one, one).replace(",", " ") for one in row.patients),
            "reason": " ".join(reasons[one] for one in _opened_by(row) if one in reasons),
            "said": json.dumps(said),
            "before": found.before,
            "hash": row.hash,
        }
        yield [cells[name] for name in exported.COLUMNS]
