"""Who needs a person now, why, since when, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Response, jsonify, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from pwa.accounts import audit, staff
from pwa.clinic.desk import blueprint
from pwa.clinic.queries import alerts as ask
from pwa.clinic.queries import answers as ask_answers
from pwa.config import now
from pwa.domain.checkin import THOUGHTS_QUESTION
from pwa.domain.safety import PROBLEMS, RULES, TIERS
from pwa.errors import Problem
from pwa.forms.alerts import ACTIONS, ActForm, AssignForm, SnoozeForm
from pwa.records import AlertEvent
from pwa.records.notices import is_courier_silent

LISTS = ("open", "mine", "snoozed")
WORDS = {rule.id: rule.words for rule in RULES}


@blueprint.get("/triage")
@staff("clinician", "therapist")
def triage() -> str:
    which = request.args.get("show", LISTS[0])
    stand = _stand()  # asked first: what comes meanwhile makes the page look again
    shown = ask.listed(current_user, which if which in LISTS else LISTS[0], now())
    audit.read(current_user, "alerts", [one.row.id for one in shown], [one.alert.id for one in shown])
    counts = ask.counts(current_user, now())
    return render_template("clinic/triage.html", shown=shown, which=which, counts=counts, tiers=TIERS, stand=stand)


@blueprint.get("/triage/stand")
@staff("clinician", "therapist")
def triage_stand() -> Response:
    """Whether an open page still shows what stands: asked every few seconds, and it shows nobody, so no audit row."""
    return jsonify(stand=_stand())


def _stand() -> str:
    """Another word as soon as the list, or what is said of a silent courier, would be another."""
    return ask.stand(current_user, now()) + ("-silent" if is_courier_silent(now()) else "")


@blueprint.get("/alerts/<uuid:alert>")
@staff("clinician", "therapist")
def alert(alert: UUID) -> str:
    return alert_page(alert)


def alert_page(alert: UUID, **forms: Any) -> str:
    """`forms`: those that were sent in and refused, by name."""
    found = ask.one(current_user, str(alert))
    if found is None:
        raise Problem("not-found")
    audit.read(current_user, "alert", [found.row.id], [found.alert.id])
    given = {"act": ActForm(formdata=None), "snooze": SnoozeForm(formdata=None), "assign": assign_form(found)}
    return render_template(
        "clinic/alert.html",
        one=found,
        causes=ask.causes(found.alert),
        answers=ask_answers.of_alert(found.alert) if found.alert.problem == "thoughts" else [],
        question=THOUGHTS_QUESTION,
        events=ask.events(found.alert),
        actions=dict(ACTIONS),
        may_answer=current_user.role == "clinician",
        **(given | forms),
    )


def assign_form(found: ask.Shown, **options: Any) -> AssignForm:
    form = AssignForm(**({"formdata": None} | options))
    form.offer([(one.id, one.name) for one in ask.may_take(found.alert)])
    return form


@blueprint.app_template_filter("rule_words")
def rule_words(rule: str) -> str:
    """The sentence, to be translated; a rule that is gone since has its id."""
    return WORDS.get(rule.removeprefix("failed:"), rule)


@blueprint.app_template_filter("problem")
def problem_words(problem: str) -> str:
    return PROBLEMS.get(problem, problem)


@blueprint.app_template_filter("tier")
def tier_words(tier: str) -> str:
    return TIERS[tier]


@blueprint.app_template_filter("since")
def since_words(moment: datetime) -> str:
    return span_words(now() - moment)


@blueprint.app_template_test("past")
def is_past(moment: datetime | None) -> bool:
    return moment is not None and moment <= now()


@blueprint.app_template_filter("span")
def span_words(span: timedelta) -> str:
    """52 min, 3 h, 2 days."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return str(_("%(n)s min", n=max(minutes, 0)))
    if minutes < 48 * 60:
        return str(_("%(n)s h", n=minutes // 60))
    return str(ngettext("%(num)s day", "%(num)s days", minutes // (24 * 60)))


@blueprint.app_template_filter("happened")
def happened(event: AlertEvent, name: str | None, actions: Mapping[str, str]) -> str:
    """One line of the log, in the reader's language."""
    said = event.details
    graveness, done = TIERS.get(said.get("tier", ""), ""), actions.get(said.get("action", ""), "")
    tier, action = _(graveness) if graveness else "", _(done) if done else ""
    sentences = {
        "raised": _("Raised: %(tier)s", tier=tier),
        "graver": _("Graver than before: %(tier)s", tier=tier),
        "again": _("Raised again: %(tier)s", tier=tier),
        "acknowledged": _("Acknowledged by %(name)s", name=name),
        "taken-back": _("%(name)s took the acknowledgement back", name=name),
        "assigned": _("%(name)s handed it on", name=name),
        "snoozed": _("%(name)s let it wait", name=name),
        "acted": _("%(action)s: %(name)s", action=action, name=name),
        "escalated": _("Nobody answered in time; it went on to the next person"),
        "resolved": _("Resolved by %(name)s", name=name),
    }
    return str(sentences[event.what])
