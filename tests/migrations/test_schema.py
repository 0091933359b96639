from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask_migrate import downgrade, upgrade
from sqlalchemy import MetaData, insert, inspect, select

from pwa import create_app
from pwa.accounts.passwords import people_at
from pwa.config import Settings
from pwa.records import (
    Alert,
    AlertCause,
    AuditPatient,
    Note,
    Person,
    ReportedEffect,
    ServerKey,
    Version,
    beginning,
    chain,
    db,
    erasing,
    lasting_hashes,
    summing,
)
from pwa.records.keyring import derived, keyring
from pwa.records.keys import unwrapped
from tests.conftest import KEYS, SECRET


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    url = f"sqlite:///{tmp_path}/empty.db" if request.param == "sqlite" else request.getfixturevalue("postgres")
    app = create_app(Settings(SECRET, url, KEYS))
    with app.app_context():
        yield
        db.session.remove()
        left = MetaData()
        left.reflect(db.engine)
        left.drop_all(db.engine)
        db.engine.dispose()


def test_the_migrated_schema_equals_the_models(empty):
    upgrade(directory="migrations")
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, db.metadata) == []
    migrated = constraints(), triggers()
    db.drop_all()
    db.create_all()
    assert migrated == (constraints(), triggers())


def test_migrations_can_be_taken_back(empty):
    upgrade(directory="migrations")
    downgrade(directory="migrations", revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}


WHOSE = {"clinic_id": "c", "patient_id": "p"}
WHEN = datetime(2026, 11, 20, 15, tzinfo=UTC)
#: as the third release of the schema had them
BEFORE = {
    "clinic": [{"id": "c", "name": "Harbour", "zone": "America/Toronto", "is_demo": False, "created_at": WHEN}],
    "person": [{"clinic_id": "c", "id": "p", "role": "patient", "name": "Ana", "language": "en", "created_at": WHEN}],
    "patient": [
        {"clinic_id": "c", "id": "p", "code": "K-1", "birth_date": WHEN.date(), "may_leave_message": False, "seq": 2}
    ],
    "version": [
        {
            **WHOSE,
            "id": id_,
            "seq": seq,
            "text": b"{}",
            "outcome": "stored",
            "record": "r",
            "kind": "check-in",
            "parents": [],
            "author_id": "p",
            "received_at": WHEN,
        }
        for seq, id_ in enumerate(("v1", "v2"), 1)
    ],
    "alert": [
        {**WHOSE, "version_id": "v1", "answer": "often", "raised_at": WHEN, "opened_at": WHEN, "opened_by": "p"},
        {**WHOSE, "version_id": "v2", "answer": "often", "raised_at": WHEN, "opened_at": None, "opened_by": None},
    ],
}


def test_what_stood_before_stands_after_and_an_answer_that_nobody_opened_is_due_at_once(empty):
    upgrade(directory="migrations", revision="0003")
    old = MetaData()
    old.reflect(db.engine)
    with db.engine.begin() as connection:
        for table, rows in BEFORE.items():
            connection.execute(old.tables[table].insert(), rows)
    upgrade(directory="migrations")
    alerts = {alert.version_id: alert for alert in db.session.scalars(select(Alert))}
    assert {id_: alert.state for id_, alert in alerts.items()} == {"v1": "resolved", "v2": "raised"}
    assert alerts["v2"].escalate_at == WHEN
    [cause] = db.session.scalars(select(AlertCause))
    assert (cause.alert_id, cause.version_id) == (alerts["v2"].id, "v2")
    assert db.session.scalars(select(Person.name)).all() == ["Ana"]


def test_what_fired_for_an_entry_goes_on_standing_for_its_version(empty):
    upgrade(directory="migrations", revision="0009")
    old = MetaData()
    old.reflect(db.engine)
    cause = {**WHOSE, "rule": "thoughts-often", "record": "r", "version_id": "v1", "at": WHEN, "came_at": WHEN}
    silent = {**cause, "rule": "silent", "version_id": None}
    with db.engine.begin() as connection:
        connection.execute(
            old.tables["clinic"].insert(), [{**BEFORE["clinic"][0], "rems": False, "thoughts_asked": True}]
        )
        for table in ("person", "patient"):
            connection.execute(old.tables[table].insert(), BEFORE[table])
        connection.execute(old.tables["alert_cause"].insert(), [cause, silent])
    upgrade(directory="migrations")
    versions = select(AlertCause.rule, AlertCause.version_id).order_by(AlertCause.rule, AlertCause.version_id)
    assert db.session.execute(versions).all() == [("silent", ""), ("thoughts-often", "v1")]
    db.session.commit()
    with db.engine.begin() as connection:
        later = {**cause, "version_id": "v2", "came_at": WHEN + timedelta(days=1)}
        connection.execute(insert(AlertCause), [later])
    assert db.session.execute(versions).all()[1:] == [("thoughts-often", "v1"), ("thoughts-often", "v2")]
    db.session.commit()
    downgrade(directory="migrations", revision="0009")
    assert db.session.execute(versions).all() == [("silent", None), ("thoughts-often", "v1")]


def test_the_audit_trail_that_stood_before_is_chained(empty):
    upgrade(directory="migrations", revision="0016")
    old = MetaData()
    old.reflect(db.engine)
    look = {"clinic_id": "c", "at": WHEN, "person_id": "p", "role": "clinician", "action": "read", "what": "patient"}
    with db.engine.begin() as connection:
        clinic = {**BEFORE["clinic"][0], "rems": False, "thoughts_asked": True}
        connection.execute(old.tables["clinic"].insert(), [clinic])
        connection.execute(old.tables["person"].insert(), [{**BEFORE["person"][0], "keys_off": False}])
        named = [{**look, "patients": patients, "records": [], "why": "care"} for patients in ([], ["p"], ["p", "q"])]
        connection.execute(old.tables["audit"].insert(), named)
    upgrade(directory="migrations")
    assert list(chain.findings("c")) == []
    assert chain.end("c")[0] == 3
    whose = select(AuditPatient.patient_id, AuditPatient.number).order_by(AuditPatient.number, AuditPatient.patient_id)
    assert db.session.execute(whose).all() == [("p", 2), ("p", 3), ("q", 3)]


def test_words_that_stood_in_the_clear_are_encrypted_and_can_be_taken_back(empty):
    upgrade(directory="migrations", revision="0017")
    old = MetaData()
    old.reflect(db.engine)
    clinic = {**BEFORE["clinic"][0], "rems": False, "thoughts_asked": True, "audit_years": 10}
    person = {**BEFORE["person"][0], "keys_off": False, "email": "ana@here.test"}
    note = {**WHOSE, "id": "n", "edition": 1, "person_id": "p", "at": WHEN, "text": "Été: the gate was open."}
    with db.engine.begin() as connection:
        for table, rows in {
            "clinic": [clinic],
            "person": [person],
            "patient": BEFORE["patient"],
            "note": [note],
        }.items():
            connection.execute(old.tables[table].insert(), rows)
        many = [{**BEFORE["version"][0], "id": f"v{n}", "seq": n, "text": f"version {n}".encode()} for n in range(2500)]
        connection.execute(old.tables["version"].insert(), many)
    upgrade(directory="migrations")
    assert db.session.scalars(people_at("ana@here.test")).one().name == "Ana"
    assert db.session.scalars(select(Note.text)).all() == ["Été: the gate was open."]
    texts = db.session.scalars(select(Version.text).order_by(Version.seq)).all()
    assert texts == [f"version {n}".encode() for n in range(2500)]
    with db.engine.connect() as connection:
        for sentence in ("SELECT text FROM note", "SELECT text FROM version", "SELECT name FROM person"):
            assert {kept[0] for kept in connection.exec_driver_sql(sentence).scalars()} == {1}
    stands_in_no_file("the gate was open")
    downgrade(directory="migrations", revision="0017")
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT text FROM note").scalars().all() == [note["text"]]
        assert connection.exec_driver_sql("SELECT email FROM person").scalars().all() == ["ana@here.test"]
        assert bytes(connection.exec_driver_sql("SELECT text FROM version WHERE seq = 7").scalar()) == b"version 7"


def stands_in_no_file(words):
    """On SQLite, whose file can be read."""
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        db.engine.dispose()  # and what it had not moved over yet, it moves
        assert words.encode() not in Path(db.engine.url.database).read_bytes()


def test_words_of_effects_that_stood_in_the_clear_are_encrypted_and_can_be_taken_back(empty):
    upgrade(directory="migrations", revision="0031")
    old = MetaData()
    old.reflect(db.engine)
    person = {**BEFORE["person"][0], "name": b"", "keys_off": False}
    report = {**HEAD, "version_id": "v1", "record": "r"}
    with db.engine.begin() as connection:
        clinic = dict.fromkeys((c.name for c in old.tables["clinic"].c if not c.nullable), 0) | BEFORE["clinic"][0]
        connection.execute(old.tables["clinic"].insert(), [clinic])
        for table, rows in {
            "person": [person],
            "patient": BEFORE["patient"],
            "version": BEFORE["version"][:1],
            "effects_report": [report],
        }.items():
            connection.execute(old.tables[table].insert(), rows)
        said = [
            {**WHOSE, "version_id": "v1", "effect": f"own-{n:08x}", "severity": 1, "words": f"Été, number {n}"}
            for n in range(2500)
        ]
        said.append({**WHOSE, "version_id": "v1", "effect": "nausea", "severity": 1, "words": None})
        connection.execute(old.tables["reported_effect"].insert(), said)
    upgrade(directory="migrations")
    found = dict(db.session.execute(select(ReportedEffect.effect, ReportedEffect.words)).all())
    assert found == {one["effect"]: one["words"] for one in said}
    stands_in_no_file("number 7")
    downgrade(directory="migrations", revision="0031")
    with db.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT effect, words FROM reported_effect").all()
    assert dict(kept) == found


def test_what_must_outlive_the_secret_key_is_carried_over(empty):
    upgrade(directory="migrations", revision="0031")
    old = MetaData()
    old.reflect(db.engine)

    def shut(id_, secret):
        box = AESGCM(derived(secret.encode(), b"tidelog server key 1"))
        wrapped = b"n" * 12 + box.encrypt(b"n" * 12, id_.encode() * 32, id_.encode())
        return {"id": id_, "public": b"", "wrapped": wrapped, "made_at": WHEN}

    with db.engine.begin() as connection:
        clinic = dict.fromkeys((c.name for c in old.tables["clinic"].c if not c.nullable), 0) | BEFORE["clinic"][0]
        connection.execute(old.tables["clinic"].insert(), [clinic])
        connection.execute(old.tables["person"].insert(), [{**BEFORE["person"][0], "name": b"", "keys_off": False}])
        code = {"code_hash": keyring().index("c:KT-7"), "by": "p", "counts": {}}
        connection.execute(old.tables["erasure"].insert(), [{"clinic_id": "c", "id": "e", "at": WHEN, **code}])
        connection.execute(old.tables["server_key"].insert(), [shut("a", SECRET), shut("b", "another")])
    upgrade(directory="migrations")
    pairs = dict(db.session.execute(select(ServerKey.id, ServerKey.private)).all())
    assert pairs == {"a": b"a" * 32, "b": None}, "what another SECRET_KEY shut waits for it"
    assert erasing.erased("c", "KT-7") == WHEN
    assert erasing.erased("c", "KT-8") is None
    assert len(lasting_hashes("c:KT-7")) == 2
    db.session.remove()
    downgrade(directory="migrations", revision="0031")
    with db.engine.connect() as connection:
        back = dict(connection.exec_driver_sql("SELECT id, wrapped FROM server_key").all())
    assert unwrapped(bytes(back["a"]), "a", SECRET) == b"a" * 32
    assert unwrapped(bytes(back["b"]), "b", "another") == b"b" * 32


HEAD = {**WHOSE, "day": WHEN.date(), "felt_at": WHEN, "written_at": WHEN, "received_at": WHEN, "zone": "UTC"}
GIVEN = {"status": "given", "at": WHEN, "minutes": 120, "route": "iv", "drug": "ketamine", "dose": 0.6, "unit": "mg/kg"}
HOME = {"status": "planned", "route": "oral", "dose": 100, "unit": "mg", "place": "home", "lot": None, "number": None}


def test_what_typed_rows_say_of_treatments_is_summed_up(empty):
    """Of two heads the later, a dose at home that was only planned, the strongest level; what has no window is left."""
    upgrade(directory="migrations", revision="0013")
    old = MetaData()
    old.reflect(db.engine)
    treatments = [
        {"version_id": "v1", "record": "t1", "written_at": WHEN - timedelta(hours=1), "status": "cancelled"},
        {"version_id": "v2", "record": "t1", "number": 1, "lot": "a1 "},
        {"version_id": "v3", "record": "t2", **HOME},
        {"version_id": "v4", "record": "t3", "status": "planned"},
    ]
    reports = [("v5", "t1", "acute"), ("v6", "t1", "acute"), ("v7", "t2", None), ("v8", "t3", "week")]
    felt = [("v5", "nausea", 3), ("v6", "nausea", 1), ("v6", "headache", 0), ("v8", "nausea", 2)]
    versions = [{**BEFORE["version"][0], "id": f"v{n}", "seq": n} for n in range(1, 11)]
    alike = {**HEAD, **GIVEN, "place": "clinic", "lot": None, "number": 1}
    with db.engine.begin() as connection:
        clinic = {**BEFORE["clinic"][0], "rems": False, "thoughts_asked": True}
        for table, rows in {
            "clinic": [clinic],
            "person": [{**BEFORE["person"][0], "keys_off": False}],
            "patient": BEFORE["patient"],
            "version": versions,
            "treatment": [{**alike, **row} for row in treatments],
            "check_in": [{**HEAD, "version_id": "v10", "record": "c", "felt_at": WHEN - timedelta(days=1), "mood": 3}],
            "home_dose": [
                {**HEAD, "version_id": "v9", "record": "d", "at": WHEN, "route": "oral", "mg": 100, "treatment": "t2"}
            ],
            "effects_report": [
                {**HEAD, "version_id": id_, "record": id_, "treatment": of, "window": window}
                for id_, of, window in reports
            ],
            "reported_effect": [
                {**WHOSE, "version_id": id_, "effect": effect, "severity": severity} for id_, effect, severity in felt
            ],
        }.items():
            connection.execute(old.tables[table].insert(), rows)
    upgrade(directory="migrations")
    read = [
        [dict(row) for row in db.session.execute(select(table)).mappings()]
        for table in (summing.TREATMENTS, summing.DOSES, summing.REPORTS, summing.EFFECTS)
    ]
    check_ins = [dict(row) for row in db.session.execute(select(beginning.CHECK_INS)).mappings()]
    wanted = {**summing.summed("c", "p", *read), **beginning.summed("c", "p", *read[:2], check_ins)}
    for table, rows in wanted.items():
        found = [dict(row) for row in db.session.execute(select(table)).mappings()]
        assert sorted(found, key=str) == sorted(({**found[0], **row} for row in rows), key=str), table.name
    assert len(wanted[summing.AFTER]) == 3
    assert [row["severity"] for row in wanted[summing.FELT]] == [3]
    assert [row["felt"] for row in wanted[summing.IN_ALL]] == [1, 0]
    assert [row["relief"] for row in wanted[beginning.FIRST]] == ["no-after"]


def triggers() -> set[str]:
    """Nor these: each as the sentence that makes it."""
    sentences = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT pg_get_triggerdef(oid) || pg_get_functiondef(tgfoid) FROM pg_trigger"
        " WHERE NOT tgisinternal",
    }
    with db.engine.connect() as connection:
        found = set(connection.exec_driver_sql(sentences[db.engine.dialect.name]).scalars())
    assert found
    return found


def constraints() -> dict[str, set[str]]:
    """What the comparison of Alembic does not look at: the checks of every table, by name."""
    inspector = inspect(db.engine)
    return {
        table: {str(check["name"]) for check in inspector.get_check_constraints(table)}
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }
