"""What a manager and the front desk learn of what patients answer: nothing of one, and what many said in tens."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete

from pwa.records import AuditRow, CareTeam, Patient, db
from tests.attacks.routes import TABLE
from tests.clinic.conftest import CROWD, plain
from tests.clinic.test_safety import PAGE, filled
from tests.conftest import CAST, CLINIC

#: what went out and who looked are shown by name and say that there was something, never what: docs/rights.md
TOLD_BY_NAME = ("/clinic/messages", "/clinic/audit", "/clinic/audit.csv")
TOO_FEW = "Fewer than 10 patients, or all but fewer than 10: no number is shown."


@pytest.fixture
def alone(app):
    """Ana is the clinic's only patient."""
    with app.app_context():
        others = (CareTeam.clinic_id == CLINIC, CareTeam.patient_id != CAST["ana"][1])
        db.session.execute(delete(CareTeam).where(*others))
        db.session.execute(delete(Patient).where(Patient.clinic_id == CLINIC, Patient.id != CAST["ana"][1]))
        db.session.commit()
        db.session.remove()


def pages(browser):
    """All that the browser's role opens without naming anybody, but for what is another time at each look."""
    routes = [rule for method, rule in TABLE if method == "GET" and rule.startswith("/clinic") and "<" not in rule]
    answers = {rule: browser.get(rule) for rule in routes if rule not in TOLD_BY_NAME}
    return {rule: changeless(answer.text) for rule, answer in answers.items() if answer.status_code == 200}


def changeless(html):
    return re.sub(r'nonce="[^"]+"|name="(csrf_token|key)"[^>]*', "", html)


def tried(browser, **figures):
    answer = filled(browser, **figures, **{"try": "y"})
    assert answer.status_code == 200
    return plain(answer.text).split("tried and not saved")[1].split("What came of")[0]


@pytest.mark.parametrize("role", ["manager", "front-desk"])
def test_no_page_of_who_reads_no_answers_changes_by_what_one_patient_says(alone, signed_in, says, treated, role):
    treated(days=0.1)
    browser = signed_in(role)
    before = pages(browser)
    says("ana", "check-in", {"mood": 1, "anxiety": 9, "thoughts": "often"})
    says("ana", "effects", {"effects": [{"effect": "craving", "severity": 3}, {"effect": "took-more", "severity": 2}]})
    assert len(before) > 1
    assert pages(browser) == before


@pytest.mark.parametrize("mood", [0, 1, 3])
def test_levels_that_are_tried_one_after_another_find_out_nothing_of_one_patient(alone, signed_in, says, mood):
    says("ana", "check-in", {"mood": mood}, ago=timedelta(hours=1))
    manager = signed_in("manager")
    answers = {tried(manager, level_lowest_mood=level) for level in ("0", "1", "2")}
    assert len(answers) == 1
    assert TOO_FEW in answers.pop()


def test_who_stands_out_among_many_is_not_found_by_trying_either(signed_in, crowd):
    for n, one in enumerate(CROWD):
        crowd(one, "check-in", {"mood": 0 if n < 12 else 1 if n == 12 else 6}, ago=timedelta(hours=1))
    manager = signed_in("manager")
    assert "All rules 10+ 10+ 50" in tried(manager, level_lowest_mood="0")
    assert tried(manager, level_lowest_mood="1") == tried(manager, level_lowest_mood="0")


def test_rules_behind_which_too_few_stand_are_told_as_one_whether_there_are_any_or_not(signed_in, crowd):
    for n, one in enumerate(CROWD):
        crowd(one, "check-in", {"mood": 0 if n < 12 else 6})
    manager = signed_in("manager")
    before = manager.get(PAGE).text
    assert f"Every other rule {TOO_FEW}" in plain(before)
    crowd("one-20", "effects", {"effects": [{"effect": "took-more", "severity": 2}]})
    assert changeless(manager.get(PAGE).text) == changeless(before)


def test_looking_and_trying_are_rows_of_the_trail_and_say_what_was_tried(signed_in, audit):
    manager = signed_in("manager")
    manager.get(PAGE)
    looked = audit()[-1]
    filled(manager, level_lowest_mood="2", **{"try": "y"})
    rows: list[AuditRow] = audit()
    assert (looked.what, looked.action, looked.why, looked.records) == ("safety", "read", "administration", [])
    assert (rows[-1].what, rows[-1].action, rows[-1].records) == ("safety", "read", ["level lowest mood 1 → 2"])
    said = plain(manager.get("/clinic/audit").text)
    assert "1 → 2" in said


def test_the_patients_page_says_what_managers_see_of_answers(signed_in):
    said = plain(signed_in("ana").get("/account/looks").text)
    assert "managers, and only as numbers of at least 10 patients together, never about one person." in said
