"""What is summed up of each treatment: kept current whatever arrives, in whichever order, and whoever writes it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, update

from pwa.domain.days import week_of
from pwa.records import AfterTreatment, FeltAfter, db
from tests.sync.phones import by_the_clinic, over, rows, said

GIVEN: dict[str, Any] = {
    "status": "given",
    "at": "2026-11-19T10:00:00-05:00",
    "minutes": 120,
    "route": "iv",
    "drug": "ketamine",
    "dose": 0.6,
    "unit": "mg/kg",
    "place": "clinic",
    "lot": "a12 ",
    "number": 2,
    "of": 6,
}
HOME = {**GIVEN, "status": "planned", "route": "sublingual", "dose": 100, "unit": "mg", "place": "home"}


@pytest.fixture
def session(phone):
    """The text of a treatment that was given on Thursday."""
    text = said(GIVEN, "treatment", day="2026-11-19")
    assert by_the_clinic(phone, text) == ["stored"]
    return text


def report(treatment: str, window: str = "acute", **severities: int) -> str:
    effects = [{"effect": effect, "severity": severity} for effect, severity in severities.items()]
    return said({"treatment": record_in(treatment), "window": window, "effects": effects}, "effects")


def record_in(text: str) -> str:
    return str(json.loads(text)["record"])


def told(phone) -> set[str]:
    return {row.window for row in rows(phone, AfterTreatment)}


def felt(phone) -> set[tuple[str, str, int]]:
    return {(row.window, row.effect, row.severity) for row in rows(phone, FeltAfter)}


def test_a_treatment_that_was_given_is_summed_up_with_how_it_was_given(phone, session):
    [row] = rows(phone, AfterTreatment)
    assert (row.treatment, row.window) == (record_in(session), "given")
    assert (row.route, row.number, row.dose, row.place, row.lot) == ("iv", "2-3", "mg/kg-0.5", "clinic", "A12")
    assert row.week == week_of(date(2026, 11, 19))


def test_a_report_counts_in_its_window_with_what_was_felt_and_not_with_what_was_not(phone, session):
    phone.send(report(session, nausea=2, headache=0), report(session, "next-day", nausea=0))
    assert told(phone) == {"given", "acute", "next-day"}
    assert felt(phone) == {("acute", "nausea", 2)}


def test_of_two_reports_of_a_window_the_strongest_level_stands(phone, session):
    phone.send(report(session, nausea=1, headache=1), report(session, nausea=3))
    assert felt(phone) == {("acute", "nausea", 3), ("acute", "headache", 1)}


def test_an_edit_and_a_withdrawal_are_followed(phone, session):
    first = report(session, nausea=3)
    phone.send(first)
    edit = over(first, body={"treatment": record_in(session), "window": "next-day", "effects": []} | {"note": "Well"})
    phone.send(edit)
    assert (told(phone), felt(phone)) == ({"given", "next-day"}, set())
    phone.send(over(edit, body=None))
    assert told(phone) == {"given"}


def test_a_report_that_is_moved_to_another_treatment_leaves_the_first(phone, session):
    other = said(GIVEN, "treatment", day="2026-11-16")
    by_the_clinic(phone, other)
    first = report(session, nausea=3)
    phone.send(first)
    body = {"treatment": record_in(other), "window": "acute", "effects": [{"effect": "nausea", "severity": 3}]}
    phone.send(over(first, body=body))
    assert [row.treatment for row in rows(phone, FeltAfter)] == [record_in(other)]


def test_a_report_that_comes_before_its_treatment_counts_once_that_is_there(phone):
    text = said(GIVEN, "treatment", day="2026-11-19")
    phone.send(report(text, nausea=2))
    assert told(phone) == set()
    by_the_clinic(phone, text)
    assert (told(phone), felt(phone)) == ({"given", "acute"}, {("acute", "nausea", 2)})


def test_a_plan_is_no_treatment_and_what_is_called_off_is_none_any_more(phone, session):
    by_the_clinic(phone, said({**GIVEN, "status": "planned"}, "treatment"))
    assert len(rows(phone, AfterTreatment)) == 1
    phone.send(report(session, nausea=2))
    by_the_clinic(phone, over(session, body={**GIVEN, "status": "cancelled"}))
    assert (told(phone), felt(phone)) == (set(), set())


def test_a_treatment_that_is_moved_or_recorded_otherwise_takes_its_reports_along(phone, session):
    phone.send(report(session, nausea=2))
    by_the_clinic(phone, over(session, body={**GIVEN, "route": "im", "dose": 0.8, "number": 7}, day="2026-11-12"))
    [row] = rows(phone, FeltAfter)
    assert (row.route, row.dose, row.number) == ("im", "mg/kg-0.75", "later")
    assert {each.week for each in rows(phone, AfterTreatment)} == {row.week}


def test_a_treatment_that_is_withdrawn_takes_its_summary_along(phone, session):
    phone.send(report(session, nausea=2))
    by_the_clinic(phone, over(session, body=None))
    assert (told(phone), felt(phone)) == (set(), set())


def test_of_two_heads_of_a_treatment_the_later_written_stands(phone, session):
    later = {**GIVEN, "route": "nasal", "dose": 56, "unit": "mg"}
    by_the_clinic(phone, over(session, written_at="2026-11-19T13:00:00-05:00", day="2026-11-19"))
    by_the_clinic(phone, over(session, body=later, written_at="2026-11-19T14:00:00-05:00", day="2026-11-19"))
    assert [row.route for row in rows(phone, AfterTreatment)] == ["nasal"]


def test_a_dose_that_was_taken_at_home_is_a_treatment_though_the_clinic_has_only_planned_it(phone):
    plan = said(HOME, "treatment", day="2026-11-19")
    by_the_clinic(phone, plan)
    assert told(phone) == set()
    taken = {"at": "2026-11-19T20:00:00-05:00", "route": "sublingual", "mg": 100, "treatment": record_in(plan)}
    dose = said(taken, "home-dose")
    phone.send(dose)
    assert told(phone) == {"given"}
    phone.send(over(dose, body=None))
    assert told(phone) == set()


def test_a_report_between_treatments_or_of_a_treatment_that_is_not_there_is_in_no_summary(phone):
    phone.send(said({"window": "long-term", "effects": [{"effect": "nausea", "severity": 1}]}, "effects"))
    phone.send(report(said(GIVEN, "treatment"), nausea=2))
    assert (told(phone), felt(phone)) == (set(), set())


def test_a_command_finds_and_mends_a_summary_that_says_something_else(phone, session, run):
    phone.send(report(session, nausea=2))
    with phone.app.app_context():
        db.session.execute(update(FeltAfter).where(FeltAfter.patient_id == phone.owner.id).values(severity=1))
        db.session.execute(
            delete(AfterTreatment).where(AfterTreatment.patient_id == phone.owner.id, AfterTreatment.window == "acute")
        )
        db.session.commit()
        db.session.remove()
    found = run("rebuild", "--check")
    assert found.exit_code == 1
    key = f"{phone.owner.clinic_id}/{phone.owner.id}/{record_in(session)}/acute"
    assert f"felt_after {key}/nausea: different" in found.output
    assert f"after_treatment {key}: missing" in found.output
    assert run("rebuild").exit_code == 0
    assert run("rebuild", "--check").output == "0 differences\n"
    assert felt(phone) == {("acute", "nausea", 2)}
