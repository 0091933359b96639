"""What to look at before the next treatment: first reports of a sore bladder, and what the patient said can wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_login import current_user

from pwa.clinic.home import given, taken
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


def before(patient: AnyRow, record: str | None) -> list[Look]:
    """Said since the last other treatment that was given; the newest first."""
    treatments, doses = taken(patient)
    this = next((one.head.at for one in treatments if one.head.record == record), None)
    before_it = [one.at for one in given(treatments, doses) if one.record != record and (this is None or one.at < this)]
    last = next(iter(before_it), None)
    alert = ask_alerts.open_one(patient, "bladder")
    effects, known, found = ask.effects_said(current_user, patient, date.min), set[str](), list[Look]()
    for report in reversed(ask.effects_reports(patient, date.min)):
        felt = [one for one in effects.get(report.head.version_id, []) if one.severity]
        if (last is None or report.head.felt_at > last) and (this is None or report.head.felt_at <= this):
            found += _looks(report.head, felt, known, alert)
        known |= {one.effect for one in felt}
    return found[::-1]


def _looks(report: EffectsReport, felt: list[ReportedEffect], known: set[str], alert: str | None) -> Iterator[Look]:
    for one in felt:
        if one.effect in PAINFUL and one.effect not in known:
            yield Look(report.day, effect_words(one), one.severity, N_("first report"), alert)
        elif report.can_wait:
            level = None if one.effect in YES_NO else one.severity
            yield Look(report.day, effect_words(one), level, N_("can wait until the visit, the patient says"))
    if report.can_wait and report.other:
        yield Look(report.day, report.other, report.other_severity, N_("can wait until the visit, the patient says"))
