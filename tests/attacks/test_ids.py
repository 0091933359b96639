"""Ids and names of columns where nobody is meant to type them: in the fields of forms and in what a phone sends."""

from __future__ import annotations

import re

import pytest

from pwa.records import CareTeam, Clinic, Person, SignIn, Version, db
from tests.attacks.forms import forms_of
from tests.attacks.nasty import GOLDEN
from tests.attacks.others import rows_of_others
from tests.attacks.places import pages_of
from tests.attacks.whole import ALL, TEAMS, forbidden_to, opened_by
from tests.conftest import OTHER_CLINIC
from tests.sync.phones import said

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OURS = {"X-Tidelog": "1", "Sec-Fetch-Site": "same-origin"}
STAFF = ("clinician", "therapist", "manager", "front-desk")


def hers(whole, who):
    """Forms on the pages of Ana and on those of nobody."""
    return forms_of(whole, who, pages_of(who, {"ana": whole.ids["ana"]}))


def takes_an_id(form):
    return [name for name, values in form.fields.items() if any(ID.fullmatch(value) for value in values)]


@pytest.mark.parametrize("who", STAFF)
def test_a_foreign_id_in_a_field_of_a_form_reaches_nobodys_row(whole, who):
    before, tried = rows_of_others(whole, who), 0
    others = ("another-patient", "patient-elsewhere")
    foreign = {whole.ids[whose][what] for whose in others for what in ("patient", "entry", "note", "protocol")}
    foreign |= {ALL[TEAMS[whose][0]][1] for whose in others}
    browser = whole.browser(who)
    alike = {(ID.sub("", form.action), *form.fields): form for form in hers(whole, who) if form.method == "POST"}
    for form in alike.values():
        for name in takes_an_id(form):
            for id_ in sorted(foreign):
                answer = browser.post(form.action, data={**form.filled(), "text": "x", name: id_})
                tried += 1
                assert not [words for words in forbidden_to(who) if words in answer.text], (form.action, name)
    assert tried or who == "front-desk"
    assert rows_of_others(whole, who) == before


@pytest.mark.parametrize("who", STAFF)
def test_an_emergency_opens_nobody_elsewhere_and_here_no_more_than_a_clinician_of_theirs_reads(whole, who):
    before, browser = rows_of_others(whole, who), whole.browser(who)
    here = {"who": "KT-1002", "birth_date": "1988-03-02", "reason": "Brought in by ambulance"}
    elsewhere = {"who": "KT-1003", "birth_date": "1988-03-03", "reason": "Brought in by ambulance"}
    beside = {"patient_id": ALL["patient-elsewhere"][1], "clinic_id": OTHER_CLINIC, "person_id": ALL["clinician"][1]}
    for typed in (elsewhere, {**here, **beside}, {**here, "until": "2099-01-01"}):
        browser.post("/clinic/emergency", data=typed)
    opened = opened_by(whole, who)
    assert opened == ({ALL["another-patient"][1]} if who == "clinician" else set())
    for path in pages_of("another-clinician", whole.ids):
        answer = browser.get(path)
        assert not [words for words in forbidden_to(who, opened) if words in answer.text], path
    assert rows_of_others(whole, who) == before


@pytest.mark.parametrize("kind", sorted(GOLDEN))
def test_what_a_phone_sends_under_foreign_ids_stays_its_own(whole, kind):
    before, browser = rows_of_others(whole, "ana"), whole.browser("ana")
    for whose in ("another-patient", "patient-elsewhere"):
        for id_ in whole.ids[whose].values():
            body = {name: id_ if ID.fullmatch(str(value)) else value for name, value in GOLDEN[kind].items()}
            texts = [
                said(body, kind, record=id_, parents=[id_]),
                said(body, kind, id=id_),
                said(None, kind, record=id_),
            ]
            call = {"batch": "b", "device": id_, "epoch": 1, "cursor": 0, "waiting": 0, "versions": texts}
            answer = browser.post("/sync", json={**call, "owner": ALL["ana"][1]}, headers=OURS)
            assert answer.status_code in (200, 409), answer.text
            assert not [words for words in forbidden_to("ana") if words in answer.text]
            refused = browser.post("/sync", json={**call, "owner": ALL[whose][1]}, headers=OURS)
            assert (refused.status_code, refused.json["error"]) == (409, "owner")
    assert rows_of_others(whole, "ana") == before
    with whole.app.app_context():
        mine = db.session.scalars(db.select(Version.author_id).where(Version.patient_id == ALL["ana"][1]))
        assert set(mine) <= {ALL[who][1] for who in ("ana", "clinician", "therapist")}


#: forms by which somebody comes, goes or changes places, which is what they are for
BESIDES = "sign-out|sign-ins|close|erase|/invitations|/team|/hand-over"
#: what a row holds and no form asks
COLUMNS = {"role": "manager", "clinic_id": OTHER_CLINIC, "person_id": ALL["manager"][1], "id": ALL["manager"][1]}
COLUMNS |= {"is_demo": "", "two_steps": "1", "password_hash": "x", "email": "a@evil.test", "made_by": ALL["manager"][1]}
COLUMNS |= {
    "patient_id": ALL["another-patient"][1],
    "closed_at": "",
    "proved_at": "2030-01-01",
    "expires_at": "2099-01-01",
}


def what_no_form_gives(whole):
    kept = {Person: ("clinic_id", "role", "email", "password_hash", "closed_at"), Clinic: ("is_demo", "created_at")}
    kept |= {CareTeam: ("patient_id", "person_id", "role"), SignIn: ("person_id", "two_steps", "expires_at")}
    with whole.app.app_context():
        return {
            (table.__name__, name): sorted(map(repr, db.session.scalars(db.select(getattr(table, name)))))
            for table, names in kept.items()
            for name in names
        }


@pytest.mark.parametrize("who", ["ana", *STAFF])
def test_what_is_sent_beside_a_form_changes_nothing(whole, who):
    forms = [form for form in hers(whole, who) if form.method == "POST" and not re.search(BESIDES, form.action)]
    browser, done = whole.browser(who), []
    before = what_no_form_gives(whole)
    for form in forms:
        beside = {name: value for name, value in COLUMNS.items() if name not in form.fields}
        done.append(browser.post(form.action, data={**form.filled(), **beside}).status_code)
    assert 302 in done
    assert what_no_form_gives(whole) == before
