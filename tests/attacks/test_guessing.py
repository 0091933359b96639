"""Who guesses: over several processes and a restart, and by how long an answer takes."""

from __future__ import annotations

import time

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event, update

from pwa import create_app
from pwa.accounts import passwords
from pwa.accounts.throttle import PER_ADDRESS
from pwa.config import Settings
from pwa.records import Person, db
from tests.conftest import CAST, KEYS, PASSWORD, SECRET

KNOWN, NOBODY = CAST["ana"][3], "nobody@here.test"


def served_again(app, clock):
    """Another process over the same database."""
    other = create_app(Settings(SECRET, app.config["SQLALCHEMY_DATABASE_URI"], KEYS, secure_cookies=False), clock)
    other.config["WTF_CSRF_ENABLED"] = False
    return other


def tries(app, email, password="wrong"):
    return app.test_client().post("/sign-in", data={"email": email, "password": password})


def test_one_password_sprayed_over_many_accounts_is_counted_over_processes_and_a_restart(app, clock):
    processes = [served_again(app, clock) for _ in range(2)]
    for n in range(PER_ADDRESS):
        if n == PER_ADDRESS // 2:
            processes = [served_again(app, clock) for _ in range(2)]
        assert tries(processes[n % 2], f"person{n}@here.test").status_code == 422
    for one in (*processes, served_again(app, clock)):
        assert tries(one, "one.more@here.test").status_code == 429
        assert tries(one, KNOWN, PASSWORD).status_code == 429


@pytest.fixture
def work(app, monkeypatch):
    """`work(email)`: how many passwords are checked and how often the database is asked, for a wrong one."""
    app.config["WTF_CSRF_ENABLED"] = False
    done = {"checked": 0, "asked": 0}

    class Counted(PasswordHasher):
        def verify(self, kept, password):
            done["checked"] += 1
            return super().verify(kept, password)

    monkeypatch.setattr(passwords, "hasher", Counted(time_cost=1, memory_cost=64, parallelism=1))

    def count(*_):
        done["asked"] += 1

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)

    def work_for(email):
        done.update(checked=0, asked=0)
        assert tries(app, email).status_code == 422
        return dict(done)

    yield work_for
    event.remove(engine, "before_cursor_execute", count)


def test_a_wrong_password_is_as_much_work_whoever_is_named(app, work):
    with app.app_context():
        db.session.execute(update(Person).where(Person.id == CAST["therapist"][1]).values(password_hash=None))
        db.session.execute(
            update(Person).where(Person.id == CAST["manager"][1]).values(closed_at=app.config["CLOCK"]())
        )
        db.session.commit()
        db.session.remove()
    work(NOBODY)  # the first of all makes what the others use
    usual = work("somebody.else@here.test")
    assert usual["checked"] == 1
    for who in ("ana", "clinician", "therapist", "manager", "stranger"):
        assert work(CAST[who][3]) == usual, who


def test_no_order_of_times_tells_who_has_an_account(app, monkeypatch):
    """Of 12 pairs, by the time of the processor; by chance it fails once in some thousand runs."""
    app.config["WTF_CSRF_ENABLED"] = False
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=16384, parallelism=1))
    passwords._nobodys.cache_clear()
    with app.app_context():
        db.session.execute(
            update(Person).where(Person.email_index.is_not(None)).values(password_hash=passwords.hashed("x"))
        )
        db.session.commit()
        db.session.remove()
    tries(app, NOBODY)
    took = {KNOWN: [], NOBODY: []}
    for n in range(24):
        email = (KNOWN, NOBODY)[n % 2]
        before = time.process_time_ns()
        with app.test_request_context(), app.app_context():
            passwords.person_with(email, "wrong")
        took[email].append(time.process_time_ns() - before)
    longer = sum(known > nobody for known in took[KNOWN] for nobody in took[NOBODY]) / 144
    passwords._nobodys.cache_clear()
    assert 0.05 < longer < 0.95
