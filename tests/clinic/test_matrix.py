from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pwa.clinic.matrix import matrix, session_of
from pwa.clinic.standing import standing
from pwa.records import EffectsReport, ReportedEffect, Treatment

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
GIVEN = Treatment(record="t", version_id="t", status="given", day=NOON.date(), at=NOON)


def report(id, window, treatment="t", **more):
    times = {"day": NOON.date(), "felt_at": NOON, "written_at": NOON, **more}
    return EffectsReport(record=id, version_id=id, treatment=treatment, window=window, **times)


def said(effect, severity, **more):
    return ReportedEffect(effect=effect, severity=severity, **more)


def of(reports, effects):
    return matrix([GIVEN], standing(reports, by=lambda one: one.felt_at), effects)


def test_the_strongest_level_stands_first_and_later_windows_follow():
    found = of(
        [report("next", "next-day"), report("now", "acute")],
        {"now": [said("nausea", 3, lasted="1-4h")], "next": [said("nausea", 1)]},
    )
    [column] = found.columns
    assert (column.strongest("nausea").severity, column.strongest("nausea").lasted) == (3, "1-4h")
    assert [(after.window, after.severity) for after in column.later("nausea")] == [("next-day", 1)]


def test_a_window_in_which_two_reports_were_sent_is_named_once():
    windows = {"first": ("next-day", 2), "second": ("next-day", 1), "third": ("later", 1), "fourth": ("later", 1)}
    reports = [report(id_, window) for id_, (window, _) in windows.items()]
    found = of(reports, {id_: [said("nausea", severity)] for id_, (_, severity) in windows.items()})
    assert found.columns[0].strongest("nausea").window == "next-day"
    assert [after.window for after in found.columns[0].later("nausea")] == ["later"]


def test_what_was_asked_and_never_felt_is_told_apart_from_what_was_not_asked():
    found = of([report("now", "acute")], {"now": [said("nausea", 0), said("headache", 2)]})
    assert [effect.id for effect in found.felt] == ["headache"]
    assert [effect.id for effect in found.absent] == ["nausea"]
    assert found.columns[0].strongest("dizziness") is None


def test_the_highest_blood_pressure_of_a_treatment_stands():
    readings = [report("a", "acute", systolic=150, diastolic=80), report("b", "acute", systolic=148, diastolic=99)]
    assert of(readings, {}).columns[0].pressure.systolic == 150


def test_a_treatment_without_a_report_keeps_its_column():
    [column] = of([], {}).columns
    assert column.reports == []


def test_a_report_of_the_first_hours_that_names_no_treatment_is_about_the_one_of_its_day():
    assert [of([report("now", "acute", None)], {}).columns[0].reports[0].head.record] == ["now"]
    for other in (report("now", "acute", None, day=NOON.date() + timedelta(days=1)), report("now", None, None)):
        assert of([other], {}).columns[0].reports == []


def test_of_two_treatments_of_one_day_it_is_the_nearer():
    morning = Treatment(record="m", version_id="m", status="given", day=NOON.date(), at=NOON - timedelta(hours=4))
    for hours, its in ((-3, "m"), (1, "t")):
        assert session_of(report("now", "acute", None, felt_at=NOON + timedelta(hours=hours)), [morning, GIVEN]) == its
