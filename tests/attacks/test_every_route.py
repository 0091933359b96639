"""Every route, tried by everyone with everyone's ids. A new route fails here until it stands in the table."""

from __future__ import annotations

import pytest

from pwa.records import AuditRow, CareTeam, Clinic, db
from tests.attacks.places import EVERYONE, SEATS, expected, names_a_row
from tests.attacks.routes import TABLE
from tests.attacks.whole import ALL, forbidden_to, words_in
from tests.conftest import CAST, CLINIC

#: guarded by something else than a form's token: a script's header, what is signed in the address itself
OTHER_TOKENS = ("/sync", "/reminders/off/<token>")
#: pages that show nothing of any patient
OF_NOBODY = {"/clinic/triage/stand", "/clinic/protocols", "/clinic/protocols/new", "/clinic/asked", "/clinic/safety"}
OF_NOBODY |= {"/clinic/doors", "/clinic/keeping", "/clinic/invitations/patient", "/clinic/invitations/member"}
OF_NOBODY |= {"/clinic/protocols/<uuid:protocol>", "/clinic/emergency", "/clinic/correct"}
#: counts over the whole clinic, with whoever is behind a chosen one
OF_NOBODY |= {"/clinic/effects", "/clinic/effects.csv", "/clinic/outcomes", "/clinic/outcomes.csv"}
#: which of the wordings on an open page may still stand there
OF_NOBODY |= {"/clinic/patients/<uuid:patient>/shared"}
ROUTES_WITH_IDS = [(method, rule) for method, rule in TABLE if names_a_row(rule)]
#: those that name a row within a patient
NESTED = [(method, rule) for method, rule in ROUTES_WITH_IDS if rule.count("<uuid:") > 1]


def asked(browser, method, path):
    return browser.open(path, method=method, data={"answers": "none"} if method == "POST" else None)


def audited(whole):
    with whole.app.app_context():
        return list(db.session.scalars(db.select(AuditRow).order_by(AuditRow.id)))


def test_every_route_stands_in_the_table(whole):
    rules = whole.app.url_map.iter_rules()
    assert {(method, rule.rule) for rule in rules for method in rule.methods & {"GET", "POST"}} == set(TABLE)
    assert {method for rule in rules for method in rule.methods} <= {"GET", "POST", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("who", EVERYONE)
def test_each_route_opens_to_whom_it_should_and_to_nobody_else(whole, who):
    browser = whole.browser(who)
    for (method, rule), (path, _) in TABLE.items():
        answer = asked(browser, method, path.format(**whole.ids["ana"]))
        assert answer.status_code == expected(method, rule, who, "ana"), f"{method} {rule}"
        said = words_in(answer)
        assert not [words for words in forbidden_to(who, rule=rule) if words in said], f"{method} {rule}"
        if rule.startswith("/clinic"):
            assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("whose", [whose for whose in SEATS if whose != "ana"])
def test_with_the_ids_of_others_it_is_the_same_from_where_one_sits(whole, who, whose):
    browser = whole.browser(who)
    for method, rule in ROUTES_WITH_IDS:
        answer = asked(browser, method, TABLE[method, rule][0].format(**whole.ids[whose]))
        assert answer.status_code == expected(method, rule, who, whose), f"{method} {rule}"
        assert not [words for words in forbidden_to(who) if words.encode() in answer.data], f"{method} {rule}"


@pytest.mark.parametrize("who", ["clinician", "therapist", "manager"])
def test_a_row_of_another_patient_is_not_found_within_ones_own(whole, who):
    with whole.rows() as rows:
        for role in ("clinician", "therapist"):  # who treats both, and could read it in its own place
            of = {"clinic_id": CLINIC, "patient_id": CAST["another-patient"][1]}
            rows.add(CareTeam(**of, person_id=CAST[role][1], role=role))
    browser = whole.browser(who)
    for foreign in ("another-patient", "patient-elsewhere"):
        ids = {**whole.ids[foreign], "patient": CAST["ana"][1]}
        for method, rule in NESTED:
            path, row = TABLE[method, rule]
            answer = asked(browser, method, path.format(**ids))
            assert answer.status_code in ((403, 404) if row[who] == 403 else (404,)), f"{foreign}: {method} {rule}"


def test_nothing_is_changed_by_a_form_that_carries_no_token(whole):
    browsers = {who: whole.browser(who) for who in ("clinician", "therapist", "manager")}
    whole.app.config["WTF_CSRF_ENABLED"] = True
    before = len(audited(whole))
    for (method, rule), (path, row) in TABLE.items():
        for who, browser in browsers.items():
            if method == "POST" and rule not in OTHER_TOKENS and row[who] != 403:
                assert browser.post(path.format(**whole.ids["ana"])).status_code == 400, f"{who}: {rule}"
    assert len(audited(whole)) == before


@pytest.mark.parametrize("who", ["clinician", "therapist", "manager", "front-desk"])
def test_in_a_real_clinic_staff_without_a_second_step_open_nothing_of_it(whole, who):
    browser = whole.browser(who)
    with whole.rows() as rows:
        rows.get_one(Clinic, CLINIC).is_demo = False
    for (method, rule), (path, row) in TABLE.items():
        answer = asked(browser, method, path.format(**whole.ids["ana"]))
        assert not [words for words in forbidden_to("nobody") if words in words_in(answer)], f"{method} {rule}"
        if rule.startswith("/clinic") and not (row[who] == 403 and answer.status_code == 403):
            assert (answer.status_code, answer.headers["Location"]) == (302, "/account/second"), f"{method} {rule}"


def test_a_page_that_needs_a_sign_in_leads_there_and_back(whole):
    answer = whole.browser("nobody").get(f"/clinic/patients/{ALL['ana'][1]}?days=91")
    assert answer.headers["Location"].startswith("/sign-in?next=/clinic/patients/")
    assert "days" in answer.headers["Location"]


@pytest.mark.parametrize("who", ["clinician", "therapist", "manager", "front-desk"])
def test_every_reading_page_of_the_clinic_leaves_exactly_one_audit_row(whole, who):
    ana, browser = CAST["ana"][1], whole.browser(who)
    for (method, rule), (path, row) in TABLE.items():
        if method == "GET" and rule.startswith("/clinic") and row[who] == 200 and rule not in OF_NOBODY:
            before = len(audited(whole))
            browser.get(path.format(**whole.ids["ana"]))
            [left] = audited(whole)[before:]
            assert (left.action, left.role, left.person_id) == ("read", who, CAST[who][1]), rule
            assert left.patients, rule
            if "<uuid:patient>" in rule:
                assert left.patients == [ana], rule
