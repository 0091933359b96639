"""The application on both databases, once for all tests of a file; each test has a patient of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings

from tests.conftest import Clock, beside, made
from tests.sync.phones import Phone, new_patient, phone_of

#: the quick one for every change, always the same; the long one by HYPOTHESIS_PROFILE=nightly, always another
SLOW = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True}
FIND = [Phase.explicit, Phase.generate]  # making a failure smaller takes minutes, and nightly has them
settings.register_profile(
    "quick", max_examples=25, stateful_step_count=25, derandomize=True, database=None, phases=FIND, **SLOW
)
settings.register_profile("nightly", max_examples=2000, stateful_step_count=60, **SLOW)
PROFILE = settings.get_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

START = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
_clock = Clock()


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from made(f"sqlite:///{tmp_path_factory.mktemp('sync')}/tidelog.db", _clock)


@pytest.fixture(scope="session")
def database(postgres: str) -> str:
    """Each file begins it anew: a command that looks at everyone would find all that others left."""
    return beside(postgres, "sync")


@pytest.fixture(scope="module")
def on_postgres(database: str) -> Iterator[Flask]:
    yield from made(database, _clock)


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Flask:
    app: Flask = request.getfixturevalue("on_sqlite" if request.param == "sqlite" else "on_postgres")
    return app


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The clock of the applications above; after a test it stands at its beginning again."""
    yield _clock
    _clock.moment = START


@pytest.fixture
def profile() -> settings:
    return PROFILE


@pytest.fixture
def phone(server: Flask, clock: Clock) -> Phone:
    return phone_of(server, clock, new_patient(server, clock))


@pytest.fixture
def another(server: Flask, clock: Clock) -> Callable[[Phone], Phone]:
    """`another(phone)` is a second phone of the same patient."""

    def of(phone: Phone) -> Phone:
        return phone_of(server, clock, phone.owner)

    return of


@pytest.fixture
def stranger(server: Flask, clock: Clock) -> Phone:
    """Another patient's phone."""
    return phone_of(server, clock, new_patient(server, clock))


@pytest.fixture
def run(server: Flask) -> Callable[..., Any]:
    """`run("rebuild", "--check")` is the command's result."""

    def command(*words: str) -> Any:
        return server.test_cli_runner().invoke(args=list(words))

    return command
