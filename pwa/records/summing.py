"""Summaries from typed rows: of which treatments they change, and what they say then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, select

from pwa.domain.days import week_of
from pwa.domain.outcomes import in_all
from pwa.domain.outcomes.felt import TOLD_IN
from pwa.domain.signals import bands
from pwa.records.base import db, table_of
from pwa.records.bulk import write_all
from pwa.records.entries import EffectsReport, HomeDose, ReportedEffect, Treatment
from pwa.records.summaries import GIVEN, AfterTreatment, FeltAfter, FeltInAll
from pwa.records.typed import HUNDREDS, Row, Rows

TREATMENTS, DOSES, REPORTS, EFFECTS = map(table_of, (Treatment, HomeDose, EffectsReport, ReportedEffect))
AFTER, FELT, IN_ALL = map(table_of, (AfterTreatment, FeltAfter, FeltInAll))
#: for writing; the other way round for taking away
SUMMARIES = (AFTER, FELT, IN_ALL)
#: the kinds that a summary reads, by their column that names the treatment
NAMING = {"treatment": TREATMENTS.c.record, "home-dose": DOSES.c.treatment, "effects": REPORTS.c.treatment}


def _of(column: ColumnElement[Any], *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Said once: building such a statement costs more than running it."""
    table = column.table
    whose = table.c.clinic_id == bindparam("clinic"), table.c.patient_id == bindparam("patient")
    return select(*columns).where(*whose, column.in_(bindparam("these", expanding=True)))


_t, _r, _e = TREATMENTS.c, REPORTS.c, EFFECTS.c
SAID_OF = (_e.clinic_id == _r.clinic_id) & (_e.patient_id == _r.patient_id) & (_e.version_id == _r.version_id)
ASK_TREATMENTS = _of(
    _t.record,
    *(_t.record, _t.written_at, _t.version_id, _t.status, _t.day),
    *(_t.route, _t.number, _t.dose, _t.unit, _t.place, _t.lot),
)
ASK_DOSES = _of(DOSES.c.treatment, DOSES.c.treatment)
ASK_REPORTS = _of(_r.treatment, _r.version_id, _r.treatment, _r.window)
_said = _e.version_id, _e.effect, _e.severity, _e.ongoing, _e.lasted
ASK_EFFECTS = _of(_r.treatment, *_said).join(REPORTS, SAID_OF).where(_e.severity > 0)
OF_ALL = ("clinic_id", "patient_id", "treatment", "week", "route")
ASK_NAMED = {kind: _of(column.table.c.version_id, column) for kind, column in NAMING.items()}
TAKEN_AWAY = [
    delete(table).where(
        table.c.clinic_id == bindparam("clinic"),
        table.c.patient_id == bindparam("patient"),
        table.c.treatment.in_(bindparam("these", expanding=True)),
    )
    for table in reversed(SUMMARIES)
]


def named_by(clinic_id: str, patient_id: str, fallen: Mapping[str, Collection[str]]) -> set[str]:
    """The treatments that typed rows of these versions, by kind, are about, as long as they still stand."""
    found: set[str | None] = set()
    for kind in NAMING.keys() & fallen.keys():
        found |= {name for (name,) in _ask(ASK_NAMED[kind], clinic_id, patient_id, fallen[kind])}
    return {name for name in found if name}


def named_in(rows: Iterable[Rows]) -> set[str]:
    """The treatments that these typed rows are about."""
    every = (row[column.name] for some in rows for column in NAMING.values() for row in some.get(column.table, ()))
    return {name for name in every if name}


def renew(clinic_id: str, patient_id: str, treatments: Collection[str]) -> None:
    """Writes anew what is summed up of these treatments, from the typed rows as they stand."""
    if not treatments:
        return
    found = [
        [dict(row._mapping) for row in _ask(sentence, clinic_id, patient_id, treatments)]
        for sentence in (ASK_TREATMENTS, ASK_DOSES, ASK_REPORTS, ASK_EFFECTS)
    ]
    rows = summed(clinic_id, patient_id, *found)
    for sentence in TAKEN_AWAY:
        for some in _some(treatments):
            asked = {"clinic": clinic_id, "patient": patient_id, "these": some}
            db.session.connection().execute(sentence, asked)
    for table in SUMMARIES:
        write_all(table, rows[table])


def summed(
    clinic_id: str,
    patient_id: str,
    treatments: Iterable[Row],
    doses: Iterable[Row],
    reports: Iterable[Row],
    effects: Iterable[Row],
) -> Rows:
    """The rows that stand for typed rows. Of two heads of a treatment the later written stands; of what several
    reports say of one window, the strongest."""
    taken, whose = {dose["treatment"] for dose in doses}, {"clinic_id": clinic_id, "patient_id": patient_id}
    given = {row["record"]: {**whose, **_said_of(row)} for row in given_of(treatments, taken)}
    about = {row["version_id"]: (row["treatment"], row["window"]) for row in reports if row["treatment"] in given}
    strongest: dict[tuple[str, str, str], int] = {}
    said: dict[str, list[Said]] = defaultdict(list)
    for one in effects:
        treatment, window = about.get(one["version_id"], (None, None))
        if treatment and window and one["severity"]:
            key = treatment, window, one["effect"]
            strongest[key] = max(strongest.get(key, 0), one["severity"])
            said[treatment].append(Said(window, *(one[name] for name in ("effect", "severity", "ongoing", "lasted"))))
    told = {*((record, GIVEN) for record in given), *((record, window) for record, window in about.values() if window)}
    return {
        AFTER: [{**given[record], "window": window} for record, window in sorted(told)],
        FELT: [
            {**given[record], "window": window, "effect": effect, "severity": severity}
            for (record, window, effect), severity in sorted(strongest.items())
        ],
        IN_ALL: [
            {
                **{name: given[record][name] for name in OF_ALL},
                "told": any((record, window) in told for window in TOLD_IN),
                **asdict(in_all(said[record])),
            }
            for record in sorted(given)
        ],
    }


@dataclass(frozen=True)
class Said:
    window: str
    effect: str
    severity: int
    ongoing: bool | None
    lasted: str | None


def given_of(treatments: Iterable[Row], taken: Collection[str]) -> list[Row]:
    """As they stand. A dose that the patient took at home is a treatment, also where the clinic has only planned it."""
    by_time = sorted(treatments, key=lambda row: (row["written_at"], row["version_id"]))
    standing = {row["record"]: row for row in by_time}
    return [row for row in standing.values() if is_given(row["status"], row["record"] in taken)]


def is_given(status: str, is_taken: bool) -> bool:
    return status == "given" or (status == "planned" and is_taken)


def _said_of(row: Row) -> Row:
    return {
        "treatment": row["record"],
        "week": week_of(row["day"]),
        "route": row["route"],
        "number": bands.of_number(row["number"]),
        "dose": bands.of_dose(row["dose"], row["unit"]),
        "place": row["place"],
        "lot": (row["lot"] or "").strip().upper(),
    }


def _ask(sentence: Select[*tuple[Any, ...]], clinic_id: str, patient_id: str, these: Collection[str]) -> Iterator[Any]:
    for some in _some(these):
        asked = {"clinic": clinic_id, "patient": patient_id, "these": some}
        yield from db.session.connection().execute(sentence, asked)


def _some(these: Collection[str]) -> Iterator[Sequence[str]]:
    ordered = sorted(these)
    yield from (ordered[start : start + HUNDREDS] for start in range(0, len(ordered), HUNDREDS))
