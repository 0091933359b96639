"""What to look at before the next treatment: a sore bladder, and what the patient said can wait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from flask_login import current_user

from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import alerts as ask_alerts
from pwa.clinic.queries import patient as ask
from pwa.clinic.words import effect_words
from pwa.domain.effects import YES_NO
from pwa.domain.safety.body import PAINFUL
from pwa.domain.words import N_
from pwa.records import EffectsReport, ReportedEffect


@dataclass(frozen=True)
class Look:
    day: date
    words: str
    severity: int | None
    #: a sentence, to be translated
    why: str
    #: of the bladder, while it is open
    alert: str | None = None


@dataclass(frozen=True)
class Said:
    report: EffectsReport
    felt: list[ReportedEffect]
    #: came since the clinic gave the last other treatment, whenever it was felt
    is_news: bool


def before(patient: AnyRow, record: str | None) -> list[Look]:
    """The newest first."""
    treatments = [one.head for one in ask.treatments(current_user, patient)]
    this = next((one.at for one in treatments if one.record == record), None)
    given = (one for one in treatments if one.status == "given" and one.place == "clinic" and one.record != record)
    last = next((one.at for one in given if this is None or one.at < this), None)
    effects = ask.effects_said(current_user, patient, date.min)
    said = [
        Said(report, [had for had in effects.get(report.version_id, []) if had.severity], _is_since(report, last))
        for report in (one.head for one in reversed(ask.effects_reports(current_user, patient, date.min)))
        if this is None or report.felt_at <= this
    ]
    return sorted([*_sore(patient, said), *_can_wait(said)], key=lambda look: look.day, reverse=True)


def _is_since(report: EffectsReport, last: datetime | None) -> bool:
    return last is None or report.received_at > last


def _sore(patient: AnyRow, said: Iterable[Said]) -> Iterable[Look]:
    """One line for each effect: its first report, and as long as the alert is open what began it."""
    alert = ask_alerts.open_one(current_user, patient, "bladder")
    about = {cause.record for cause in ask_alerts.causes(alert)} if alert else set()
    known, found = set[str](), dict[str, Look]()
    for one in said:
        for had in (had for had in one.felt if had.effect in PAINFUL):
            is_first = had.effect not in known
            known.add(had.effect)
            if (is_first and one.is_news) or one.report.record in about:
                why = N_("first report") if is_first else N_("reported again")
                look = Look(one.report.day, effect_words(had), had.severity, why, alert.id if alert else None)
                found.setdefault(had.effect, look)
    return found.values()


def _can_wait(said: Iterable[Said]) -> Iterator[Look]:
    why = N_("can wait until the visit, the patient says")
    for one in (one for one in said if one.is_news and one.report.can_wait):
        for had in one.felt:
            level = None if had.effect in YES_NO else had.severity
            yield Look(one.report.day, effect_words(had), level, why)
        if one.report.other:
            yield Look(one.report.day, one.report.other, one.report.other_severity, why)
