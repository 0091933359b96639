"""A clinic takes a record out by right, and erases it when its law no longer asks to keep it."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from pwa import create_app
from pwa.accounts import audit as trail
from pwa.config import Settings
from pwa.operating.lines import Lines
from pwa.records import Erasure, Notice, Person, Version, chain, db
from pwa.records.boxed import new_pair
from tests.accounts.test_closed import sync
from tests.clinic.conftest import plain
from tests.conftest import CAST, CLINIC, KEYS, renames
from tests.sync.phones import said

ANA, BO = CAST["ana"][1], CAST["another-patient"][1]
MINE, SHARED = "the blue gate was open", "the walk was good"
TEN_YEARS = 366 * 10 + 1
OTHER_SECRET = "another secret that is long enough to be taken"
CODES = ("kt-1001", "KT-9999")
#: what stays: whose names the audit trail and sign-ins hold, by id
STAYS = {"person", "device", "sign_in", "audit_patient"}


@pytest.fixture
def lived(app, says, noted_by, treated, judged_by):
    """A record with a bit of everything."""
    says("ana", "check-in", {"mood": 2, "thoughts": "often", "note": "slept badly"})
    says("ana", "journal", {"text": MINE, "audience": "me"})
    says("ana", "journal", {"text": SHARED, "audience": "care-team"})
    treated(days=3)
    noted_by("clinician", "Call her on Monday.")
    judged_by("clinician", words="A fall")


def export(browser, code="kt-1001", why="other-clinic"):
    return browser.post("/clinic/keeping/export", data={"code": code, "why": why})


def taken(answer):
    box = zipfile.ZipFile(io.BytesIO(answer.data))
    return json.loads(box.read("data.json")), box.read("record.html").decode()


def test_a_manager_takes_out_a_copy_without_an_answer_or_a_word_of_anybody(signed_in, lived, audit):
    signed_in("clinician").get(f"/clinic/patients/{ANA}")
    answer = export(signed_in("manager"))
    data, page = taken(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert data["patient"]["code"] == "KT-1001"
    assert [(one["status"], one["route"]) for one in data["sessions"]] == [("given", "iv")]
    assert [(one["version"], one["language"]) for one in data["agreements"]] == [(1, "en")]
    assert "Version 1, agreed:" in page
    for words in ("slept badly", "often", MINE, SHARED, "Call her on Monday.", "A fall", "check-in"):
        assert words not in json.dumps(data["sessions"] + data["looks"], ensure_ascii=False), words
        assert words not in page, words
    assert not {"entries", "notes", "alerts", "adverse_events"} & set(data)
    assert any(look["what"] == "patient" for look in data["looks"])
    row = audit()[-1]
    assert (row.what, row.patients, row.action, row.why) == ("record", [ANA], "read", "other-clinic")


def test_in_a_copy_who_looked_keeps_the_name_of_then(app, clock, signed_in):
    signed_in("clinician").get(f"/clinic/patients/{ANA}")
    clock.forward(minutes=1)
    renames(app, CAST["clinician"][1], "Nadia")
    data, page = taken(export(signed_in("manager")))
    assert [one["name"] for one in data["looks"] if one["what"] == "patient"] == ["clinician"]
    assert " clinician · clinician · read · patient" in plain(page)


def test_a_copy_needs_a_reason_and_the_patient_is_told_that_it_was_made_and_why(app, signed_in, lived):
    assert export(signed_in("manager"), why="").status_code == 422
    assert told(app, "taken-out") == []
    export(signed_in("manager"))
    assert told(app, "taken-out") == [ANA]
    page = plain(signed_in("ana").get("/account/looks").text)
    assert "looked at: a copy of your record, without your answers and words, as a file For another clinic" in page
    assert "A copy of your record, as a file: managers." in page


def test_the_whole_record_is_taken_out_by_the_operator_alone_without_what_is_for_the_patient_alone(
    app, signed_in, lived, audit, tmp_path
):
    run, file = app.test_cli_runner().invoke, tmp_path / "record.zip"
    asked = ["patients", "export", "kt-1001", str(file), "--by", "manager@here.test"]
    assert run(args=asked).exit_code == 2, "--why must be said"
    assert run(args=[*asked[:-1], "clinician@here.test", "--why", "by-law"]).exit_code == 1
    assert not file.exists()
    done = run(args=[*asked, "--why", "by-law"])
    assert done.exit_code == 0, done.output
    assert file.stat().st_mode & 0o777 == 0o600
    box = zipfile.ZipFile(file)
    data, page = box.read("data.json").decode(), box.read("record.html").decode()
    for words in ("slept badly", SHARED, "Call her on Monday.", "A fall"):
        assert words in data, words
        assert words in page, words
    assert MINE not in data + page
    row = audit()[-1]
    assert (row.what, row.patients, row.why, row.person_id) == ("whole-record", [ANA], "by-law", CAST["manager"][1])
    assert told(app, "taken-out") == [ANA]
    assert "Because a law or a court asks for it." in signed_in("ana").get("/account/looks").text
    assert run(args=[*asked, "--why", "by-law"]).exit_code == 1, "over another file"


def told(app, what):
    """Ids of those to whom it goes by mail."""
    with app.app_context():
        found = db.session.scalars(select(Notice.person_id).where(Notice.what == what, Notice.channel == "mail")).all()
        db.session.remove()
        return found


def test_nobody_else_stands_in_a_record(app, signed_in, lived):
    with app.app_context():
        trail.read(db.session.get_one(Person, CAST["clinician"][:2]), "patients", [ANA, BO])
    data, page = taken(export(signed_in("manager")))
    assert BO not in json.dumps(data) + page
    assert export(signed_in("manager"), "KT-1003").status_code == 422, "of another clinic"


def test_only_who_proved_lately_who_they_are_takes_out_and_erases(app, signed_in, clock):
    manager = signed_in("manager")
    clock.forward(minutes=11)
    for path in ("export", f"{ANA}/erase"):
        typed = {"code": "KT-1001", "why": "by-law", "back": "/clinic/keeping"}
        answer = manager.post(f"/clinic/keeping/{path}", data=typed)
        assert answer.headers["Location"] == "/account/prove?next=/clinic/keeping"


def test_a_record_is_due_when_nothing_came_for_as_long_as_the_clinic_keeps_it(app, signed_in, clock, lived, says):
    clock.forward(days=TEN_YEARS - 2)
    assert "KT-1001" not in signed_in("manager").get("/clinic/keeping").text
    clock.forward(days=2)
    says("another-patient", "check-in", {"mood": 5})
    page = signed_in("manager").get("/clinic/keeping").text
    assert "Erase KT-1001 for good" in page
    assert "KT-1002" not in page
    manager = signed_in("manager")
    manager.post("/clinic/keeping", data={"years": "11"})
    assert "KT-1001" not in manager.get("/clinic/keeping").text
    assert manager.post(f"/clinic/keeping/{ANA}/erase").status_code == 404


def test_an_erased_patient_is_nowhere_but_in_the_trail_and_the_erasure_is_on_record(app, signed_in, clock, lived):
    signed_in("ana").post("/account/sign-ins/end")
    signed_in("front-desk").post("/clinic/invitations/again", data={"whose": "KT-1001"})
    clock.forward(days=TEN_YEARS)
    assert signed_in("manager").post(f"/clinic/keeping/{ANA}/erase").status_code == 302
    with app.app_context():
        for table in db.metadata.sorted_tables:
            rows = [dict(row) for row in db.session.execute(select(table)).mappings()]
            if table.name not in STAYS | {"audit"}:
                assert ANA not in str(rows), table.name
        assert list(chain.findings(CLINIC)) == []
        done = db.session.scalars(select(Erasure)).one()
        assert done.by == CAST["manager"][1]
        assert (done.counts["note"], done.counts["check_in"], done.counts["patient"]) == (1, 1, 1)
        person = db.session.get_one(Person, (CLINIC, ANA))
        assert (person.name, person.email, person.password_hash) == ("", None, None)
        assert db.session.scalars(select(Person.name).where(Person.id == BO)).one() == "another-patient"
    assert "Erased" in signed_in("manager").get("/clinic/keeping").text


def test_a_phone_that_comes_back_for_an_erased_patient_is_told_and_nothing_is_stored(app, signed_in, clock, lived):
    phone = signed_in("ana")
    clock.forward(days=TEN_YEARS)
    signed_in("manager").post(f"/clinic/keeping/{ANA}/erase")
    answer = sync(phone, said())
    assert (answer.status_code, answer.get_json()["error"]) == (403, "erased")
    assert "erased" in answer.get_json()["message"]
    with app.app_context():
        assert db.session.scalars(select(Version).where(Version.patient_id == ANA)).all() == []


def test_the_operators_command_erases_who_is_due_in_a_managers_name(app_on_both, clock):
    clock.forward(days=TEN_YEARS)
    run = app_on_both.test_cli_runner().invoke
    assert run(args=["patients", "erase", "--by", "manager@here.test"]).exit_code == 2, "--due or --again must be said"
    assert run(args=["patients", "erase", "--due", "--by", "clinician@here.test"]).exit_code == 1
    done = run(args=["patients", "erase", "--due", "--by", "manager@here.test"])
    assert [line.partition(":")[0] for line in done.output.splitlines()] == ["KT-1001", "KT-1002"]
    with app_on_both.app_context():
        db.session.remove()
        assert len(db.session.scalars(select(Erasure)).all()) == 2
        assert db.session.scalars(select(Person.name).where(Person.email_index.is_(None))).all() == ["", ""]
        db.session.remove()


def test_it_is_answered_whether_a_code_was_erased_also_after_every_key_has_changed(app_on_both, clock):
    clock.forward(days=TEN_YEARS)
    run = app_on_both.test_cli_runner().invoke
    run(args=["patients", "erase", "--due", "--by", "manager@here.test"])
    url = app_on_both.config["SQLALCHEMY_DATABASE_URI"]
    newer = create_app(Settings(OTHER_SECRET, url, {2: b"n" * 32, **KEYS}), clock)
    assert newer.test_cli_runner().invoke(args=["keys", "rotate"]).exit_code == 0
    ask = create_app(Settings(OTHER_SECRET, url, {2: b"n" * 32}), clock).test_cli_runner().invoke
    said = {code: ask(args=["patients", "erased", code, "--by", "manager@here.test"]).output for code in CODES}
    assert said == {"kt-1001": "Erased on 2036-11-28.\n", "KT-9999": "No record under this code was erased.\n"}


@pytest.mark.parametrize("style", ["json", "text"])
def test_who_was_erased_since_a_backup_is_erased_again_after_it_was_restored(app, clock, caplog, tmp_path, style):
    to, key = new_pair()
    clock.forward(days=TEN_YEARS)
    run = app.test_cli_runner(env={"BACKUP_TO": to, "BACKUP_KEY": key}).invoke
    assert run(args=["backup", str(tmp_path / "copy")]).exit_code == 0
    run(args=["patients", "erase", "--due", "--by", "manager@here.test"])
    lines = [Lines(style).format(record) for record in caplog.records if record.name == "pwa.clinic.keeping"]
    (tmp_path / "log").write_text("\n".join(lines))
    with app.app_context():
        db.session.remove()
        db.drop_all()
        db.create_all()
    assert run(args=["restore", str(tmp_path / "copy")]).exit_code == 0
    again = ["patients", "erase", "--again", str(tmp_path / "log"), "--by", "manager@here.test"]
    done = run(args=again)
    assert [line.partition(":")[0] for line in done.output.splitlines()] == ["KT-1001", "KT-1002"]
    assert run(args=again).output == "", "they are gone"
    with app.app_context():
        assert db.session.scalars(select(Person.name).where(Person.id.in_((ANA, BO)))).all() == ["", ""]
        db.session.remove()
