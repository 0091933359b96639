"""What a manager and the front desk learn of what patients answer: nothing of one, and what many said in tens."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from pwa.domain.safety import RULES
from pwa.records import Alert, AlertEvent, AuditRow, CareTeam, Patient, db
from pwa.records.ids import uuid7
from tests.attacks.routes import TABLE
from tests.clinic.conftest import CROWD, plain
from tests.clinic.test_safety import PAGE, filled
from tests.conftest import CAST, CLINIC

#: what went out and who looked are shown by name and say that there was something, never what: docs/rights.md
TOLD_BY_NAME = ("/clinic/messages", "/clinic/audit", "/clinic/audit.csv")
TOO_FEW = "Fewer than 10 patients, or all but fewer than 10: no number is shown."
OTHERS = f"Every other rule {TOO_FEW}"
OFTEN, LOWEST = (str(one.words) for id_ in ("thoughts-often", "mood-lowest") for one in RULES if one.id == id_)
#: what a manager reads of a week is there when the next one has begun
WEEK = timedelta(days=7)


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


def figures(browser):
    """The lines of what came of the rules."""
    body = browser.get(PAGE).text.split('id="figures"')[1].split("<tbody>")[1].split("</tbody>")[0]
    return [plain(line).strip() for line in body.split("</tr>")[:-1]]


def acts(app, clock, people, after):
    """The alerts of these are acknowledged and acted on."""
    with app.app_context():
        ids = [CROWD[one][1] for one in people]
        for alert in db.session.scalars(select(Alert).where(Alert.patient_id.in_(ids))):
            its = {"clinic_id": CLINIC, "alert_id": alert.id, "at": alert.raised_at + after}
            its["person_id"] = CAST["clinician"][1]
            db.session.add(AlertEvent(id=uuid7(clock()), what="acknowledged", details={}, **its))
            db.session.add(AlertEvent(id=uuid7(clock()), what="acted", details={"action": "call"}, **its))
        db.session.commit()
        db.session.remove()


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
    says("ana", "check-in", {"mood": mood}, ago=WEEK)
    manager = signed_in("manager")
    answers = {tried(manager, level_lowest_mood=level) for level in ("0", "1", "2")}
    assert len(answers) == 1
    assert TOO_FEW in answers.pop()


def test_who_stands_out_among_many_is_not_found_by_trying_either(signed_in, crowd):
    for n, one in enumerate(CROWD):
        crowd(one, "check-in", {"mood": 0 if n < 12 else 1 if n == 12 else 6}, ago=WEEK)
    manager = signed_in("manager")
    assert "All rules 10+ 10+ 50" in tried(manager, level_lowest_mood="0")
    assert tried(manager, level_lowest_mood="1") == tried(manager, level_lowest_mood="0")


@pytest.mark.parametrize("others", [0, 1])
def test_rules_behind_which_too_few_stand_are_told_as_one_whether_there_are_any_or_not(signed_in, crowd, clock, others):
    for n, one in enumerate(CROWD):
        crowd(one, "check-in", {"mood": 0 if n < 12 else 6})
    for one in list(CROWD)[20 : 20 + others]:
        crowd(one, "effects", {"effects": [{"effect": "took-more", "severity": 2}]})
    clock.forward(days=7)
    assert figures(signed_in("manager")) == ["All rules 10+ 10+ 50 – –", f"Every other rule {TOO_FEW}"]


def test_nothing_changes_on_safety_before_the_week_is_over(signed_in, crowd, app, clock):
    """Else the trail, which names whose alert it was, would say at the same moment what it was about."""
    for n, one in enumerate(CROWD):
        crowd(one, "check-in", {"thoughts": "often"} if n < 12 else {"mood": 0})
    clock.forward(days=7)
    manager = signed_in("manager")
    before = figures(manager)
    acts(app, clock, CROWD, after=timedelta(days=6))
    for one in CROWD:
        crowd(one, "check-in", {"mood": 0})
    assert figures(manager) == before
    assert before == ["All rules 10+ 10+ 50 – –", f"{LOWEST} 10+ 10+ 50 – –", f"{OFTEN} 10+ 10+ 50 – –", OTHERS]


@pytest.mark.parametrize(
    ("often", "lowest", "told"),
    [
        (9, 11, "– –"),  # too few of this rule
        (10, 9, "– –"),  # too few of any other: the trail names whose alerts were acted on
        (10, 10, "10+ up to 1 h"),
    ],
)
def test_what_was_done_of_a_rule_is_told_where_ten_patients_stand_behind_it(
    signed_in, crowd, app, clock, often, lowest, told
):
    people = list(CROWD)
    for n, one in enumerate(people):
        crowd(one, "check-in", {"thoughts": "often"} if n < 12 else {"mood": 0})
    acts(app, clock, people[:often] + people[12 : 12 + lowest], after=timedelta(minutes=37))
    clock.forward(days=7)
    everybody, _, of_often, *_ = figures(signed_in("manager"))
    assert of_often == f"{OFTEN} 10+ 10+ 50 {told}"
    assert everybody == "All rules 10+ 10+ 50 10+ up to 1 h"


def test_a_rule_is_told_only_where_ten_others_had_alerts_too(signed_in, crowd, clock):
    """The trail names who had an alert that somebody looked at: of all of them it must not say which."""
    for n, one in enumerate(CROWD):
        crowd(one, "check-in", {"thoughts": "often"} if n < 14 else {"mood": 0} if n < 19 else {"mood": 6})
    clock.forward(days=7)
    assert figures(signed_in("manager")) == ["All rules 10+ 10+ 50 – –", OTHERS]


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
