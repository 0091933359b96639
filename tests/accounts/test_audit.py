"""The audit trail is a chain: what was changed, removed, put in or moved is found, and nothing can be by accident."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pwa.accounts import audit
from pwa.records import AuditRow, Person, chain, db
from tests.conftest import CAST, CLINIC, OTHER_CLINIC

ANA, CLINICIAN = CAST["ana"][1], CAST["clinician"][:2]


def looks(app, times, who="clinician"):
    with app.app_context():
        for _ in range(times):
            audit.read(db.session.get_one(Person, CAST[who][:2]), "patient", [ANA])
        db.session.remove()


def findings(app, clinic=CLINIC):
    with app.app_context():
        found = list(chain.findings(clinic))
        db.session.remove()
    return found


@pytest.fixture
def past_the_guards(app_on_both):
    """As somebody does who holds the database itself. Nobody begins anew with tables that have none."""

    def does(*sentences):
        with app_on_both.app_context():
            on = " ON audit" if db.engine.dialect.name == "postgresql" else ""
            for sentence in (f"DROP TRIGGER audit_stays{on}", f"DROP TRIGGER audit_stands{on}", *sentences):
                db.session.execute(text(sentence))
            db.session.commit()
            db.session.remove()

    yield does
    with app_on_both.app_context():
        db.session.remove()
        db.drop_all()


@pytest.mark.parametrize(
    ("blow", "found"),
    [
        (["UPDATE audit SET why = 'curiosity' WHERE number = 3"], ["row 3 was changed"]),
        (["UPDATE audit SET address = '10.0.0.9' WHERE number = 3"], ["row 3 was changed"]),
        (["DELETE FROM audit WHERE number IN (3, 4)"], ["missing: rows 3 to 4"]),
        (["DELETE FROM audit WHERE number = 6"], ["missing: row 6"]),
        (["DELETE FROM audit"], ["missing: rows 1 to 6"]),
        (
            [
                "DELETE FROM audit WHERE number = 6",
                "UPDATE audit_chain SET number = 5, hash = (SELECT hash FROM audit WHERE number = 5)",
            ],
            ["its ends are not sealed"],
        ),
        (["DELETE FROM audit_chain"], ["its chain is gone", "row 6 is not the end"]),
        (
            [
                "UPDATE audit SET number = 99 WHERE number = 3",
                "UPDATE audit SET number = 3 WHERE number = 4",
                "UPDATE audit SET number = 4 WHERE number = 99",
            ],
            ["row 3 was changed, or stands", "row 4 was changed, or stands", "row 5 was changed, or stands"],
        ),
        (
            [
                "INSERT INTO audit (clinic_id, number, at, person_id, role, action, what, patients, records, why, hash)"
                " SELECT clinic_id, 7, at, person_id, role, action, what, patients, records, why, hash"
                " FROM audit WHERE number = 6"
            ],
            ["row 7 was changed, or stands", "row 7 is not the end"],
        ),
    ],
)
def test_a_row_that_was_changed_removed_put_in_or_moved_is_found(app_on_both, past_the_guards, blow, found):
    looks(app_on_both, 6)
    assert findings(app_on_both) == []
    past_the_guards(*blow)
    said = [one for one in findings(app_on_both) if "shown" not in one]
    assert len(said) == len(found), said
    assert all(one.startswith(start) for one, start in zip(said, found, strict=True)), said


@pytest.mark.parametrize(
    ("blow", "found"),
    [
        ("DELETE FROM audit_patient WHERE number = 3", "row 3 names other patients than are shown it"),
        (
            f"UPDATE audit_patient SET patient_id = '{CAST['another-patient'][1]}' WHERE number = 2",
            "row 2 names other patients than are shown it",
        ),
        ("UPDATE audit_patient SET number = 9 WHERE number = 6", "row 6 names other patients than are shown it"),
        (
            f"INSERT INTO audit_patient VALUES ('{CLINIC}', '{CAST['another-patient'][1]}', 4)",
            "row 4 names other patients than are shown it",
        ),
        (f"INSERT INTO audit_patient VALUES ('{CLINIC}', '{ANA}', 7)", "patients are shown a row 7 that is not there"),
    ],
)
def test_what_a_patient_is_shown_of_the_trail_is_held_to_its_rows(app_on_both, blow, found):
    looks(app_on_both, 6)
    with app_on_both.app_context():
        db.session.execute(text(blow))
        db.session.commit()
        db.session.remove()
    assert findings(app_on_both)[0] == found
    assert run(app_on_both, "verify").exit_code == 1


def test_it_is_held_over_many_rows_and_after_old_ones_went(app_on_both, clock):
    with app_on_both.app_context():
        clinician = db.session.get_one(Person, CLINICIAN)
        for _ in range(1005):
            audit.wrote(clinician, "patient", [ANA])
        db.session.commit()
    clock.moment += timedelta(days=3661)
    looks(app_on_both, 2)
    assert findings(app_on_both) == []
    run(app_on_both, "expire")
    assert findings(app_on_both) == []
    with app_on_both.app_context():
        db.session.execute(text(f"INSERT INTO audit_patient VALUES ('{CLINIC}', '{ANA}', 4)"))
        db.session.commit()
        db.session.remove()
    assert findings(app_on_both) == ["row 4 names other patients than are shown it"]


@pytest.mark.parametrize("sentence", ["UPDATE audit SET why = 'care'", "DELETE FROM audit", "TRUNCATE audit"])
def test_the_database_itself_refuses_to_change_or_remove_a_row(app_on_both, sentence):
    looks(app_on_both, 1)
    with app_on_both.app_context():
        if sentence.startswith("TRUNCATE") and db.engine.dialect.name == "sqlite":
            return  # which knows no such sentence
        with pytest.raises(DatabaseError, match="not changed, nor removed"):
            db.session.execute(text(sentence))
        db.session.rollback()
        assert db.session.scalar(db.select(db.func.count(AuditRow.id))) == 1


def test_the_chain_holds_when_many_write_at_once(app_on_both):
    looks(app_on_both, 1)
    with ThreadPoolExecutor(8) as hands:
        writing = [
            hands.submit(looks, app_on_both, 10, who) for who in ["clinician", "another-clinician", "stranger"] * 4
        ]
        while not all(one.done() for one in writing):
            assert findings(app_on_both) == [], "what comes while it looks is no finding"
    assert [one.result() for one in writing] == [None] * 12
    assert findings(app_on_both) == findings(app_on_both, OTHER_CLINIC) == []
    with app_on_both.app_context():
        assert (chain.end(CLINIC)[0], chain.end(OTHER_CLINIC)[0]) == (81, 40)


@pytest.mark.parametrize("sentence", ["DELETE FROM {}", "DELETE FROM {} WHERE clinic_id = '" + CLINIC + "'"])
def test_a_clinic_whose_whole_trail_is_gone_is_found(app_on_both, past_the_guards, sentence):
    looks(app_on_both, 2)
    looks(app_on_both, 2, "stranger")
    assert run(app_on_both, "verify").exit_code == 0
    past_the_guards(*(sentence.format(table) for table in ("audit", "audit_patient", "audit_chain")))
    again = run(app_on_both, "verify")
    assert again.exit_code == 1
    assert f"{CLINIC}: its chain is gone, or never began" in again.stderr


def test_no_row_takes_the_place_of_another(app):
    """SQLite alone knows such a sentence, by which a row goes and no trigger for what goes is asked."""
    looks(app, 3)
    with app.app_context():
        of_third = " SELECT {}, clinic_id, 3, at, person_id, role, action, what, patients, records, 'curiosity', hash"
        into = (
            "INSERT OR REPLACE INTO audit (id, clinic_id, number, at, person_id, role, action, what, patients, records,"
        )
        into += " why, hash)"
        for its_id in ("id", "NULL"):
            with pytest.raises(DatabaseError, match="not changed, nor removed"):
                db.session.execute(text(f"{into}{of_third.format(its_id)} FROM audit WHERE number = 3"))
            db.session.rollback()
    assert findings(app) == []


def test_the_ends_of_last_night_are_passed_back_from_a_file(app_on_both, past_the_guards, tmp_path):
    """Noted, then rows came and were taken away again: the chain by itself holds."""
    looks(app_on_both, 2, "stranger")
    looks(app_on_both, 2)
    ends = tmp_path / "ends"
    assert run(app_on_both, "verify", "--noted-in", str(ends)).exit_code == 0, "the first night there is none"
    with app_on_both.app_context():
        [kept] = db.session.execute(text(f"SELECT * FROM audit_chain WHERE clinic_id = '{CLINIC}'")).mappings()
    looks(app_on_both, 5)
    ends.write_text(run(app_on_both, "verify").stdout)
    assert run(app_on_both, "verify", "--noted-in", str(ends)).exit_code == 0
    past_the_guards(
        f"DELETE FROM audit WHERE number > 2 AND clinic_id = '{CLINIC}'",
        f"DELETE FROM audit_patient WHERE number > 2 AND clinic_id = '{CLINIC}'",
        f"UPDATE audit_chain SET number = 2, hash = '{kept['hash']}', seal = '{kept['seal']}'"
        f" WHERE clinic_id = '{CLINIC}'",
    )
    assert run(app_on_both, "verify").exit_code == 0
    again = run(app_on_both, "verify", "--noted-in", str(ends))
    assert (again.exit_code, again.stderr.count("no longer there")) == (1, 1)


def test_a_trail_that_was_put_back_to_an_earlier_end_is_found_by_whoever_noted_a_later_one(
    app_on_both, past_the_guards
):
    """The earlier end carries a seal of ours; what shows it is the line that the command printed, kept elsewhere."""
    looks(app_on_both, 2, "stranger")
    looks(app_on_both, 2)
    with app_on_both.app_context():
        [ends] = db.session.execute(text(f"SELECT * FROM audit_chain WHERE clinic_id = '{CLINIC}'")).mappings()
    looks(app_on_both, 2)
    noted = run(app_on_both, "verify").stdout.split()[0]
    assert run(app_on_both, "verify", "--noted", noted).exit_code == 0
    past_the_guards(
        "DELETE FROM audit WHERE number > 2",
        "DELETE FROM audit_patient WHERE number > 2",
        f"UPDATE audit_chain SET number = 2, hash = '{ends['hash']}', seal = '{ends['seal']}'"
        f" WHERE clinic_id = '{CLINIC}'",
    )
    assert run(app_on_both, "verify").exit_code == 0
    again = run(app_on_both, "verify", "--noted", noted)
    assert (again.exit_code, again.stderr) == (1, f"no longer there: {noted}\n")


def test_what_is_older_than_the_clinic_keeps_it_goes_and_the_chain_of_the_rest_holds(app_on_both, clock):
    looks(app_on_both, 1, "stranger")
    looks(app_on_both, 3)
    noted = run(app_on_both, "verify").stdout.split()[0]
    clock.moment += timedelta(days=3660 - 1)
    looks(app_on_both, 2)
    assert run(app_on_both, "expire").output.startswith("Harbour clinic: 0 removed")
    clock.moment += timedelta(days=2)
    assert "Harbour clinic: 3 removed" in run(app_on_both, "expire").output
    looks(app_on_both, 1)
    assert findings(app_on_both) == []
    assert run(app_on_both, "verify", "--noted", noted).exit_code == 0
    with app_on_both.app_context():
        left = db.select(AuditRow.number).where(AuditRow.clinic_id == CLINIC).order_by(AuditRow.number)
        assert db.session.scalars(left).all() == [4, 5, 6, 7], "that rows went is a row too"


def test_nothing_is_removed_from_a_chain_that_does_not_hold(app_on_both, past_the_guards, clock):
    looks(app_on_both, 3)
    past_the_guards("UPDATE audit SET why = 'curiosity' WHERE number = 3")
    clock.moment += timedelta(days=4000)
    assert run(app_on_both, "expire").exit_code == 1
    with app_on_both.app_context():
        assert db.session.scalar(db.select(db.func.count(AuditRow.id))) == 3


def test_a_row_says_from_which_browser_and_address(app, signed_in, audit):
    signed_in("clinician").get(f"/clinic/patients/{ANA}", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    [row] = audit()
    with app.app_context():
        [device] = db.session.scalars(text("SELECT id FROM device"))
    assert (row.address, row.device) == ("192.0.2.7", device)


def run(app, *words):
    ran = app.test_cli_runner().invoke(args=["audit", *words])
    with app.app_context():
        db.session.remove()
    return ran
