"""Effects by treatment, as the patient said them: levels, bands and windows; nothing is worked out from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pwa.clinic.standing import Standing
from pwa.domain.effects import CATALOGUE, OWN, WINDOWS, Effect
from pwa.records import EffectsReport, ReportedEffect, Treatment

WINDOW_IDS = [window for window, _ in WINDOWS]


@dataclass(frozen=True)
class Said:
    """One effect in one report."""

    window: str | None
    severity: int
    ongoing: bool | None
    lasted: str | None


@dataclass(frozen=True)
class Column:
    treatment: Treatment
    reports: list[Standing[EffectsReport]]
    #: effect → what was said of it, one for each report, the earliest window first
    said: dict[str, list[Said]]

    def strongest(self, effect: str) -> Said | None:
        return max(self.said.get(effect, ()), key=lambda one: one.severity, default=None)

    def later(self, effect: str) -> list[Said]:
        """What was said in the windows after the strongest, the strongest of each."""
        all_of_it = self.said.get(effect, [])
        strongest = self.strongest(effect)
        after = all_of_it[all_of_it.index(strongest) + 1 :] if strongest else []
        windows = dict.fromkeys(one.window for one in after if strongest and one.window != strongest.window)
        return [max((one for one in after if one.window == of), key=lambda one: one.severity) for of in windows]

    @property
    def pressure(self) -> EffectsReport | None:
        """The report with the highest reading."""
        measured = [one.head for one in self.reports if one.head.systolic is not None]
        return max(measured, key=lambda report: (report.systolic or 0, report.diastolic or 0), default=None)


@dataclass(frozen=True)
class Matrix:
    columns: list[Column]
    #: felt at least once, in the catalogue's order
    felt: list[Effect]
    #: asked about and never felt
    absent: list[Effect]

    @property
    def has_pressure(self) -> bool:
        return any(column.pressure for column in self.columns)


def matrix(
    treatments: Sequence[Treatment],
    reports: Iterable[Standing[EffectsReport]],
    effects: Mapping[str, Sequence[ReportedEffect]],
) -> Matrix:
    """`treatments`: those that were given, in the order of the columns. `effects`: by the version that says them."""
    about: dict[str | None, list[Standing[EffectsReport]]] = defaultdict(list)
    for report in reports:
        about[session_of(report.head, treatments)].append(report)
    columns = [_column(treatment, about[treatment.record], effects) for treatment in treatments]
    asked = (*CATALOGUE, *_added(one for said in effects.values() for one in said))
    worst = {effect.id: _worst(columns, effect.id) for effect in asked}
    return Matrix(
        columns,
        felt=[effect for effect in asked if worst[effect.id] > 0],
        absent=[effect for effect in asked if worst[effect.id] == 0],
    )


def session_of(report: EffectsReport, treatments: Iterable[Treatment]) -> str | None:
    """The record of the treatment that a report is about. Who has just had one that the clinic has yet to enter names
    none: it is the one that was entered for that day since, the nearest of several."""
    if report.treatment or report.window != "acute":
        return report.treatment
    of_day = [one for one in treatments if one.day == report.day]
    nearest = min(of_day, key=lambda one: abs(one.at - report.felt_at), default=None)
    return nearest.record if nearest else None


def _added(said: Iterable[ReportedEffect]) -> list[Effect]:
    """What the clinic added to the catalogue, in the words in which it was read."""
    named = {one.effect: one.words or one.effect for one in said if OWN.fullmatch(one.effect)}
    return [Effect(effect, words, words, "", ()) for effect, words in named.items()]


def _column(
    treatment: Treatment,
    reports: list[Standing[EffectsReport]],
    effects: Mapping[str, Sequence[ReportedEffect]],
) -> Column:
    said: dict[str, list[Said]] = defaultdict(list)
    for report in sorted(reports, key=lambda one: (_order(one.head.window), one.head.felt_at)):
        for effect in effects.get(report.head.version_id, ()):
            said[effect.effect].append(Said(report.head.window, effect.severity, effect.ongoing, effect.lasted))
    return Column(treatment, reports, dict(said))


def _order(window: str | None) -> int:
    return WINDOW_IDS.index(window) if window in WINDOW_IDS else len(WINDOW_IDS)


def _worst(columns: Iterable[Column], effect: str) -> int:
    """-1: never asked."""
    return max((one.severity for column in columns for one in column.said.get(effect, ())), default=-1)
