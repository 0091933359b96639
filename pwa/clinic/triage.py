"""Who needs a person now, why, since when, and by when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as Redirect

from pwa.accounts import audit, onward, reads
from pwa.clinic.desk import blueprint, page_number, pages_for, today, typed_code
from pwa.clinic.heard import heard, heard_last
from pwa.clinic.queries import alerts as ask
from pwa.clinic.queries import answers as ask_answers
from pwa.clinic.queries import patients as ask_patients
from pwa.clinic.queries.glance import glances
from pwa.clinic.queries.latest import asked_last
from pwa.config import now
from pwa.domain.checkin import THOUGHTS_QUESTION
from pwa.domain.rights import may_write
from pwa.domain.safety import TIERS
from pwa.errors import Problem
from pwa.forms.alerts import ACTIONS, ActForm, AssignForm, SnoozeForm
from pwa.forms.clinic import KeysForm
from pwa.forms.fields import moment_in
from pwa.records import db
from pwa.records.base import end_reading
from pwa.records.notices import is_courier_silent
from pwa.records.responding import house_of

LISTS = ("open", "mine", "snoozed")
QUIET = "quiet"
#: causes of an alert of which the page shows what was said
MOST_SAID = 10


@blueprint.get("/triage")
@reads("alerts", "names")
def triage() -> str:
    if request.args.get("show") == QUIET:
        return _quiet()
    which = request.args.get("show", "")
    which = which if which in LISTS else LISTS[0]
    frame = _frame(which)  # asked first: what comes meanwhile makes the page look again
    shown = ask.listed(current_user, which, typed_code(), now())
    theirs = {one.row.id for one in shown if one.row.is_mine}
    seen = glances(current_user, sorted(theirs), today())
    audit.read(current_user, "alerts", [one.row.id for one in shown], {one.alert.id: one.row.id for one in shown})
    clinic_id = current_user.clinic_id
    loop = {"told": ask.tellers(clinic_id), "cover": house_of(clinic_id).cover, "tiers": TIERS}
    lists: dict[str, Any] = {"shown": shown, "seen": seen, "said": heard_last(shown), "most": ask.MOST}
    lists["asked"] = asked_last(clinic_id, [one.alert.id for one in shown if one.alert.problem == "raised"])
    return render_template("clinic/triage.html", **lists, **loop, **frame)


def _quiet() -> str:
    """Patients for whom nothing is open."""
    frame, code, number = _frame(QUIET), typed_code(), page_number()
    page = ask_patients.quiet_page(current_user, code, number, today(), now())
    if not page.lines and number > 1:
        raise Problem("not-found")
    audit.read(current_user, "patients", [line.patient.id for line in page.lines])
    pages = pages_for(page.total, ask_patients.PER_PAGE)
    return render_template("clinic/triage_quiet.html", page=page, number=number, pages=pages, **frame)


def _frame(which: str) -> dict[str, Any]:
    """What stands around each list."""
    moment = now()
    counts = ask.counts(current_user, moment) | {QUIET: ask_patients.quiet_count(current_user)}
    stand = ask.stand(current_user, moment, moment)
    return {"which": which, "code": typed_code(), "counts": counts, "since": moment, "stand": _word(stand)}


@blueprint.get("/triage/stand")
@reads("alerts")
def triage_stand() -> Response:
    """Whether an open page still shows what stands, and in words what came since it was made: asked every few seconds.
    It shows nobody, so there is no audit row."""
    since = moment_in(request.args.get("since", "")) or now()
    stand = ask.stand(current_user, now(), since)
    return jsonify(stand=_word(stand), news=_news(stand))


def _word(stand: ask.Stand) -> str:
    """Another one also as soon as what is said of a silent courier would be another."""
    return stand.word + ("-silent" if is_courier_silent(now()) else "")


def _news(stand: ask.Stand) -> str:
    if not stand.new:
        return str(_("This list has changed"))
    new = ngettext("%(num)s new alert", "%(num)s new alerts", stand.new)
    urgent = ngettext("%(num)s urgent", "%(num)s urgent", stand.urgent) if stand.urgent else ""
    return ", ".join(filter(None, (str(new), str(urgent))))


@blueprint.post("/keys")
@reads("care")
def switch_keys() -> Redirect:
    """Kept for the person: whoever speaks to a computer does so at every desk."""
    form = KeysForm()
    if form.validate_on_submit():
        end_reading()
        current_user.keys_off = form.keys.data == "off"
        db.session.commit()
    return redirect(onward(current_user, form.back.data))


@blueprint.get("/alerts/<uuid:alert>")
@reads("alerts", "names")
def alert(alert: UUID) -> str:
    return alert_page(alert)


def alert_page(alert: UUID, **forms: Any) -> str:
    """`forms`: those that were sent in and refused, by name."""
    found = ask.one(current_user, str(alert))
    if found is None:
        raise Problem("not-found")
    audit.read(current_user, "alert", [found.row.id], [found.alert.id])
    causes = ask.causes(found.alert)
    seen = glances(current_user, [found.row.id] if found.row.is_mine else [], today())
    given = {"act": ActForm(formdata=None), "snooze": SnoozeForm(formdata=None), "assign": assign_form(found)}
    return render_template(
        "clinic/alert.html",
        one=found,
        glance=seen.get(found.row.id),
        causes=causes,
        said=heard(found, {cause.version_id for cause in causes[:MOST_SAID]}),
        told=ask.told(found.alert) if found.alert.state == "raised" else None,
        answers=ask_answers.of_alert(found.alert, found.row.reads_check_ins)
        if found.alert.problem == "thoughts"
        else [],
        question=THOUGHTS_QUESTION,
        events=ask.events(found.alert),
        actions=dict(ACTIONS),
        may_answer=may_write(current_user.role, "alerts", "answering"),
        **(given | forms),
    )


def assign_form(found: ask.Shown, **options: Any) -> AssignForm:
    form = AssignForm(**({"formdata": None} | options))
    form.offer([(one.id, one.name) for one in ask.may_take(found.alert)])
    return form
