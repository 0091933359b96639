"""Who guesses: over several processes and a restart, and by how long an answer takes."""

from __future__ import annotations

import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from argon2 import PasswordHasher
from scipy.stats import mannwhitneyu
from sqlalchemy import event, update

from pwa.accounts import passwords
from pwa.accounts.throttle import PER_ACCOUNT, PER_ADDRESS
from pwa.config import wall_clock
from pwa.records import Person, db
from tests.conftest import CAST, CLINIC, DATA_KEYS, PASSWORD, SECRET
from tests.forked import gunicorn, running
from tools.serving import free_port

KNOWN, NOBODY = CAST["ana"][3], "nobody@here.test"


#: of each server before and after it was started anew
EACH = 2
AT_ONCE = 16
#: of a name that is known, and of one that is not
EACH_TIMED = 30


@contextmanager
def two_servers(app):
    """Two processes of gunicorn over the database of the app, each on its own port."""
    env = {**os.environ, "SECRET_KEY": SECRET, "DATA_KEYS": DATA_KEYS, "SECURE_COOKIES": "no", "LOGS": "quiet"}
    env["DATABASE_URL"] = app.config["SQLALCHEMY_DATABASE_URI"]
    ports = free_port(), free_port()
    first, second = (running(gunicorn("--threads", "8", env=env, port=port), port) for port in ports)
    with first as one, second as another:
        yield one, another


def tries_at(address, email, password="wrong"):
    """The status, of a browser without a past."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{address}/sign-in", timeout=60).read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    typed = urlencode({"csrf_token": token, "clinic": CLINIC, "email": email, "password": password}).encode()
    try:
        return browser.open(f"{address}/sign-in", typed, timeout=60).status
    except HTTPError as refused:
        return refused.code


def tries(app, email, password="wrong", clinic=CLINIC):
    typed = {"clinic": clinic, "email": email, "password": password}
    return app.test_client().post("/sign-in", data=typed)


def test_one_password_sprayed_over_many_accounts_is_counted_over_processes_and_a_restart(app, clock):
    app.config["WTF_CSRF_ENABLED"] = False
    clock.moment = wall_clock()  # the servers have no other
    for n in range(PER_ADDRESS - 4 * EACH):
        assert tries(app, f"person{n}@here.test").status_code == 422
    for start in ("first", "second"):
        with two_servers(app) as servers:
            for n, server in enumerate(servers * EACH):
                assert tries_at(server, f"{start}{n}@here.test") == 422
            if start == "second":
                for server in servers:
                    assert tries_at(server, "one.more@here.test") == 429
                    assert tries_at(server, KNOWN, PASSWORD) == 429


def test_of_many_tries_at_once_over_processes_no_more_are_made_than_one_after_another(app, clock):
    app.config["WTF_CSRF_ENABLED"] = False
    clock.moment = wall_clock()
    for _ in range(PER_ACCOUNT - 1):
        assert tries(app, KNOWN).status_code == 422
    with two_servers(app) as servers, ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda server: tries_at(server, KNOWN), servers * (AT_ONCE // 2)))
    assert sorted(answers) == [422] + [429] * (AT_ONCE - 1)


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
    """By the time of the processor and the test of Mann and Whitney; by chance it fails once in 100,000 runs."""
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
    for n in range(2 * EACH_TIMED):
        email = (KNOWN, NOBODY)[n % 2]
        before = time.process_time_ns()
        with app.test_request_context(), app.app_context():
            passwords.person_with(CLINIC, email, "wrong")
        took[email].append(time.process_time_ns() - before)
    passwords._nobodys.cache_clear()
    assert mannwhitneyu(took[KNOWN], took[NOBODY]).pvalue > 0.00001
