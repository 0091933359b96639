"""The demo clinic as it stands in the database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from pwa.accounts.passwords import hasher, people_at
from pwa.demo.closed import REASON
from pwa.demo.people import PASSWORD
from pwa.records import (
    Alert,
    CareTeam,
    CheckIn,
    Clinic,
    Device,
    Emergency,
    Hidden,
    Invitation,
    JournalEntry,
    Notice,
    Patient,
    Person,
    Treatment,
    Version,
    chain,
    db,
)
from tests.clinic.conftest import plain
from tests.conftest import Clock, made

CODES = [f"KT-{1001 + n}" for n in range(100)]


def ran(app: Flask, *options: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["demo", *options])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def emptied(app: Flask) -> Flask:
    with app.app_context():
        db.drop_all()
        db.create_all()
        db.session.remove()
    return app


@pytest.fixture
def empty(app_on_both: Flask) -> Flask:
    """Once on SQLite, once on PostgreSQL, with nobody in it."""
    return emptied(app_on_both)


@pytest.fixture
def empty_file(app: Flask) -> Flask:
    return emptied(app)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The clinic of `make demo`, to be looked at only."""
    for app in map(emptied, made(f"sqlite:///{tmp_path_factory.mktemp('usual')}/tidelog.db", Clock())):
        assert ran(app)[0] == 0
        yield app


def test_one_command_makes_a_clinic_and_says_how_to_sign_in(empty: Flask) -> None:
    code, output = ran(empty, "--patients", "7", "--days", "60")
    assert code == 0, output
    with empty.app_context():
        assert db.session.scalar(select(func.count()).select_from(Patient)) == 8, "with the one who begins next"
        assert [clinic.is_demo for clinic in db.session.scalars(select(Clinic))] == [True]
        assert set(db.session.scalars(select(Version.outcome))) == {"stored"}
        signing_in = list(db.session.scalars(select(Person).where(Person.password_hash.is_not(None))))
        roles = {role: role for role in ("patient", "clinician", "therapist", "manager")} | {"desk": "front-desk"}
        assert {(person.email, person.role) for person in signing_in} == {
            (f"{name}@demo.test", role) for name, role in roles.items()
        }
        assert all(hasher.verify(str(person.password_hash), PASSWORD) for person in signing_in)
        assert all(str(person.email) in output for person in signing_in)
        assert PASSWORD in output


def test_it_is_the_same_for_the_same_seed_and_day_and_another_the_next_day(empty_file: Flask, clock: Clock) -> None:
    seen = []
    for forward in (0, 3, 24):
        clock.forward(hours=forward)
        emptied(empty_file)
        assert ran(empty_file, "--patients", "6", "--days", "60")[0] == 0
        with empty_file.app_context():
            seen.append(
                set(db.session.execute(select(Version.patient_id, Version.seq, Version.text, Version.received_at)))
            )
    assert {tuple(row) for row in seen[0]} == {tuple(row) for row in seen[1]}
    assert {tuple(row) for row in seen[0]} != {tuple(row) for row in seen[2]}


def test_one_s_own_patients_means_something(usual: Flask) -> None:
    with usual.app_context():
        counts = select(func.count()).group_by(CareTeam.person_id)
        assert all(2 < count < 38 for count in db.session.scalars(counts.select_from(CareTeam)))
        rows = db.session.execute(
            select(CareTeam.role, func.count(CareTeam.person_id.distinct())).group_by(CareTeam.role)
        )
        assert dict(tuple(row) for row in rows) == {"clinician": 2, "therapist": 2}


def test_the_pages_have_something_to_show(usual: Flask) -> None:
    with usual.app_context():
        assert set(db.session.scalars(select(JournalEntry.audience))) == {"me", "therapist", "care-team"}
        assert set(db.session.scalars(select(Treatment.route))) == {"iv", "im", "nasal", "sublingual", "oral"}
        assert set(db.session.scalars(select(Treatment.status))) == {"planned", "given", "cancelled"}
        newest = db.session.scalar(select(func.max(CheckIn.received_at)))
        assert newest is not None
        assert timedelta(0) < usual.config["CLOCK"]() - newest < timedelta(days=1)


def test_months_come_in_at_once_and_still_each_version_has_its_own_moment_of_arrival(empty_file: Flask) -> None:
    ran(empty_file, "--patients", "3")
    with empty_file.app_context():
        came = list(db.session.scalars(select(Version.received_at)))
    assert len(set(came)) > 0.8 * len(came)


def test_only_the_newest_alerts_still_wait_for_an_answer(usual: Flask) -> None:
    with usual.app_context():
        alerts = list(db.session.scalars(select(Alert)))
        assert {"thoughts", "bladder", "pressure", "detached", "silent"} <= {alert.problem for alert in alerts}
        for alert in alerts:
            old = usual.config["CLOCK"]() - alert.raised_at > timedelta(days=7)
            assert not old or (alert.resolved_by and alert.resolved_at and alert.resolved_at > alert.raised_at)
        waiting = [alert.rule for alert in alerts if alert.state == "raised"]
        assert waiting.count("thoughts-often") == 1
        assert not db.session.scalar(select(func.count()).select_from(Notice).where(Notice.state == "waiting"))


def test_it_does_not_touch_a_real_clinic(empty_file: Flask, clock: Clock) -> None:
    with empty_file.app_context():
        db.session.add(
            Clinic(id="00000000-0000-4000-8000-000000000001", name="Real", created_at=clock(), is_demo=False)
        )
        db.session.commit()
    code, output = ran(empty_file)
    assert code == 1
    assert "real clinic" in output
    with empty_file.app_context():
        assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_it_says_what_to_do_first_where_there_are_no_tables(empty_file: Flask) -> None:
    with empty_file.app_context():
        db.drop_all()
    code, output = ran(empty_file)
    assert code == 1
    assert "db upgrade" in output


def test_it_is_not_made_twice(empty_file: Flask) -> None:
    ran(empty_file, "--patients", "2", "--days", "30")
    code, output = ran(empty_file, "--patients", "2", "--days", "30")
    assert code == 1
    assert "already" in output
    with empty_file.app_context():
        assert db.session.scalar(select(func.count()).select_from(Patient)) == 3, "with the one who begins next"


def test_a_clinic_that_opened_yesterday_has_one_patient_in_it(empty_file: Flask) -> None:
    assert ran(empty_file, "--patients", "1", "--days", "1")[0] == 0
    with empty_file.app_context():
        kinds = {json.loads(text)["kind"] for text in db.session.scalars(select(Version.text))}
    hers = {"check-in", "effects", "journal", "safety-plan"}
    assert kinds == hers | {"card", "course", "treatment", "visit", "seen", "goal", "offer"}


def test_the_therapist_comes_in_to_the_patient_of_the_next_visit_and_reads_on_from_the_last(empty_file: Flask) -> None:
    ran(empty_file, "--patients", "12")
    empty_file.config["WTF_CSRF_ENABLED"] = False
    browser = empty_file.test_client()
    signing_in = {"email": "therapist@demo.test", "password": PASSWORD}
    page = browser.post("/sign-in", data=signing_in, follow_redirects=True).text
    assert page.index("KT-1042") < page.index("I could see the blue gate.")
    assert "I stood at the window" not in page, "read at the last visit"
    with empty_file.app_context():
        told = list(db.session.scalars(select(Version.text).where(Version.kind == "seen")))
    assert {json.loads(text)["body"]["by"] for text in told} == {"therapist"}


def desk(app: Flask, who: str, path: str) -> str:
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    browser.post("/sign-in", data={"email": f"{who}@demo.test", "password": PASSWORD})
    return plain(browser.get(path).text)


def test_who_begins_next_is_invited_and_nobody_who_writes_is_or_never_came_in(usual: Flask) -> None:
    at_the_desk, with_staff = (desk(usual, who, "/clinic/invitations") for who in ("desk", "manager"))
    [code] = [code for code in CODES if code in at_the_desk]
    with usual.app_context():
        wrote = select(func.count()).select_from(Version).join(Patient, Patient.id == Version.patient_id)
        assert db.session.scalar(wrote.where(Patient.code == code)) == 0
    assert "Never came in" not in at_the_desk
    assert "Robin Caron" in with_staff
    assert "Hugo Tessier" in with_staff[with_staff.index("Never came in") :]


def test_whoever_writes_a_diary_came_in_has_an_address_that_leads_nowhere_and_is_let_in_again(usual: Flask) -> None:
    with usual.app_context():
        wrote = select(Version.patient_id).where(Version.patient_id == Device.person_id)
        came = set(db.session.scalars(select(Device.person_id).where(wrote.exists())))
        people = list(db.session.scalars(select(Person)))
    with usual.app_context():
        begin_next = set(db.session.scalars(select(Invitation.person_id)))
    assert came == {person.id for person in people if person.role == "patient"} - begin_next
    assert all(str(person.email).endswith(".test") for person in people)
    assert len({person.email for person in people}) == len(people)


def test_messages_says_of_what_fell_due_that_it_was_sent(usual: Flask) -> None:
    page = desk(usual, "manager", "/clinic/messages")
    assert "0 messages could not be sent." in page
    assert "sent" in page
    assert "given up" not in page
    assert "waits" not in page
    with usual.app_context():
        assert set(db.session.scalars(select(Notice.state).where(Notice.due_at <= usual.config["CLOCK"]()))) == {"sent"}


def test_one_hides_a_part_and_the_record_of_another_was_opened_in_an_emergency_and_told(usual: Flask) -> None:
    with usual.app_context():
        hidden, opened = (db.session.scalars(select(one)).one() for one in (Hidden, Emergency))
        ana = db.session.scalars(people_at("patient@demo.test")).one()
        assert opened.patient_id == ana.id != hidden.patient_id
        assert (opened.reason, opened.until - opened.at) == (REASON, timedelta(minutes=35))
        assert (hidden.part, hidden.role, hidden.until) == ("check-ins", "therapist", None)
        told = db.session.scalars(select(Notice).where(Notice.what.in_(("looked", "emergency"))))
        assert {(one.what, one.person_id == ana.id, one.state) for one in told} == {
            ("looked", True, "sent"),
            ("emergency", False, "sent"),
        }
        assert list(chain.findings(ana.clinic_id)) == []
        code = db.session.scalar(select(Patient.code).where(Patient.id == hidden.patient_id))
    usual.config["WTF_CSRF_ENABLED"] = False
    for who, path, words in (
        ("patient", "/account/looks", (REASON, "(in an emergency)")),
        ("manager", "/clinic/audit", (REASON, "What a patient hides", code)),
        ("therapist", f"/clinic/patients/{hidden.patient_id}", ("Hidden from you",)),
    ):
        browser = usual.test_client()
        browser.post("/sign-in", data={"email": f"{who}@demo.test", "password": PASSWORD})
        page = " ".join(browser.get(path).text.split())
        assert all(one in page for one in words), (who, words)
