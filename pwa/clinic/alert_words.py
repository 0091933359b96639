"""The clinic's words for an alert: what fired, how grave it is, how long it stands, and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from pwa.clinic.desk import blueprint
from pwa.config import now
from pwa.domain.safety import PROBLEMS, RULES, TIERS
from pwa.records import AlertEvent

WORDS = {rule.id: rule.words for rule in RULES}
#: from so many minutes on, the minutes are left out
LONG = 10 * 60


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
    """52 min, 1 h 24, 30 h, 2 days."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return str(_("%(n)s min", n=max(minutes, 0)))
    if minutes < LONG and minutes % 60:
        return str(_("%(n)s h %(minutes)s", n=minutes // 60, minutes=f"{minutes % 60:02}"))
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
