"""What a patient wrote in their own words, outside of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pwa.clinic.standing import Standing
from pwa.records import CheckIn, EffectsReport


@dataclass(frozen=True)
class Words:
    entry: CheckIn | EffectsReport
    text: str
    #: record of the treatment that it is about
    treatment: str | None = None
    #: how strong the patient calls it, where that was asked
    severity: int | None = None


def own_words(entries: Iterable[Standing[CheckIn]], reports: Iterable[Standing[EffectsReport]]) -> list[Words]:
    """Of check-ins and effects reports, the newest first."""
    return sorted([*_notes(entries), *_remarks(reports)], key=lambda words: words.entry.felt_at, reverse=True)


def _notes(entries: Iterable[Standing[CheckIn]]) -> Iterator[Words]:
    for one in entries:
        if one.head.note:
            yield Words(one.head, one.head.note)


def _remarks(reports: Iterable[Standing[EffectsReport]]) -> Iterator[Words]:
    for one in reports:
        report = one.head
        if report.other:
            yield Words(report, report.other, report.treatment, report.other_severity)
        if report.note:
            yield Words(report, report.note, report.treatment)
