"""The clinic's words for an alert: what fired, how grave it is, how long it stands, and what happened to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from babel.dates import get_day_names
from flask_babel import gettext as _
from flask_babel import ngettext

from pwa.clinic.desk import blueprint, locale
from pwa.clinic.times import when_words
from pwa.clinic.words import effect_label, number, severity
from pwa.config import now
from pwa.domain import effects
from pwa.domain.safety import BY_HAND, PROBLEMS, RULES, TIERS, CheckIn, Entry, HomeDose, Report
from pwa.domain.safety.clock import Cover
from pwa.records import AlertEvent

WORDS = {rule.id: rule.words for rule in (*RULES, *BY_HAND.values())}
#: from so many minutes on, the minutes are left out
LONG = 10 * 60


@blueprint.app_template_filter("rule_words")
def rule_words(rule: str) -> str:
    """The sentence, to be translated; a rule that is gone since has its id."""
    return WORDS.get(rule.removeprefix("failed:"), rule)


@blueprint.app_template_filter("before_advice")
def before_advice(words: str) -> str:
    """What was found, without what to do about it, which the band of a list says."""
    return words.split(";")[0].rstrip()


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


@blueprint.app_template_filter("minutes")
def minutes_words(minutes: int) -> str:
    return span_words(timedelta(minutes=minutes))


@blueprint.app_template_filter("hours")
def hours_words(cover: Cover) -> str:
    """Mon to Fri, 09:00 to 17:00. Days that are no run stand one by one."""
    days, names = sorted(cover.days), get_day_names("abbreviated", locale=locale())
    is_run = len(days) > 2 and days[-1] - days[0] == len(days) - 1
    named = [names[day - 1] for day in days]
    run = _span(named[0], named[-1]) if is_run else ", ".join(named)
    return f"{run}, {_span(f'{cover.opens:%H:%M}', f'{cover.closes:%H:%M}')}"


def _span(first: str, last: str) -> str:
    return str(_("%(first)s to %(last)s", first=first, last=last))


@blueprint.app_template_filter("happened")
def happened(event: AlertEvent, name: str | None, actions: Mapping[str, str], to: str | None = None) -> str:
    """One line of the log, in the reader's language. `to`: the name of whom it went to."""
    said = event.details
    graveness, done = TIERS.get(said.get("tier", ""), ""), actions.get(said.get("action", ""), "")
    tier, action = _(graveness) if graveness else "", _(done) if done else ""
    sentences = {
        "raised": _("Raised: %(tier)s", tier=tier),
        "graver": _("Graver than before: %(tier)s", tier=tier),
        "again": _("Raised again: %(tier)s", tier=tier),
        "asked": _("%(name)s asks the clinic to look", name=name),
        "acknowledged": _("Acknowledged by %(name)s", name=name),
        "taken-back": _("%(name)s took the acknowledgement back", name=name),
        "assigned": _("%(name)s took it on", name=name)
        if event.person_id == said.get("to")
        else _("%(name)s handed it to %(to)s", name=name, to=to or _("another person")),
        "snoozed": _("%(name)s let it wait until %(when)s", name=name, when=_until(said)),
        "acted": _("%(action)s: %(name)s", action=action, name=name),
        "told": _("Its time ran out; %(to)s was told", to=to or _("the manager")),
        "escalated": _("Nobody answered in time; it went on to %(to)s", to=to or _("the next person")),
        "resolved": _("Resolved by %(name)s", name=name),
    }
    return str(sentences[event.what])


def _until(details: Mapping[str, str]) -> str:
    """Of a snooze; of any other event there is no such moment."""
    return when_words(datetime.fromisoformat(details["until"])) if "until" in details else ""


@blueprint.app_template_filter("said_words")
def said_words(entry: Entry) -> list[str]:
    """What an entry says that a rule may have found, the gravest effect first."""
    if isinstance(entry, CheckIn):
        said = ((_("Mood"), entry.mood), (_("Energy"), entry.energy), (_("Hours of sleep"), entry.sleep))
        return [f"{label} {number(value)}" for label, value in said if value is not None]
    if isinstance(entry, HomeDose):
        return [f"{number(entry.mg)}\N{NO-BREAK SPACE}mg"]
    return [*_measured(entry), *_felt(entry)] if isinstance(entry, Report) else []


def _measured(entry: Report) -> Iterator[str]:
    if entry.systolic or entry.diastolic:
        yield _("Blood pressure %(upper)s/%(lower)s", upper=entry.systolic or "–", lower=entry.diastolic or "–")
    if entry.pulse:
        yield _("Pulse %(beats)s", beats=entry.pulse)


def _felt(entry: Report) -> Iterator[str]:
    felt = ((id_, had) for id_, had in entry.effects.items() if had.severity and id_ in effects.IDS)
    for id_, had in sorted(felt, key=lambda one: -one[1].severity):
        yield f"{effect_label(id_)}{_(':')} {severity(had.severity, id_)}{_goes_on(had.ongoing)}"


def _goes_on(ongoing: bool | None) -> str:
    if ongoing is None:
        return ""
    return f", {_('still going') if ongoing else _('over')}"
