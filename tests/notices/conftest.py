from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from pwa.notices import courier
from pwa.records import Notice, Person, db
from pwa.records.base import begin_writing
from pwa.records.notices import Wanted, enqueue
from tests.clinic.conftest import protocol, says, treated
from tests.conftest import CAST
from tests.notices import world
from tests.notices.world import Mailbox, PushService

__all__ = ["protocol", "says", "treated"]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox(world.free_port())
    box.open()
    yield box
    box.shut()


@pytest.fixture
def service() -> Iterator[PushService]:
    one = PushService()
    yield one
    one.close()


@pytest.fixture(autouse=True)
def _goes_out_here(request: pytest.FixtureRequest) -> None:
    """Whichever application the test has sends to the mailbox of the test."""
    for name in ("app", "app_on_both"):
        if name in request.fixturenames:
            request.getfixturevalue(name).config["OUTGOING"] = world.outgoing(request.getfixturevalue("mailbox"))


Tell = Callable[..., None]


@pytest.fixture
def tell(clock: Callable[[], datetime]) -> Tell:
    """`tell(app, "clinician")` writes a notice that is due now."""

    def told(app: Flask, who: str, what: str = "alert", cause: str = "alert:1:raised:1", channel: str = "mail") -> None:
        clinic, id_, *_ = CAST[who]
        with app.app_context():
            begin_writing()
            enqueue([Wanted(clinic, id_, what, "an alert", cause, channel, clock())], clock())
            db.session.commit()

    return told


@pytest.fixture
def go_round() -> Callable[[Flask], None]:
    def turn(app: Flask) -> None:
        with app.app_context():
            courier.turn("a courier")

    return turn


@pytest.fixture
def notices() -> Callable[[Flask], list[Notice]]:
    def found(app: Flask) -> list[Notice]:
        with app.app_context():
            return list(db.session.scalars(select(Notice).order_by(Notice.id)))

    return found


def person(app: Flask, who: str) -> Any:
    with app.app_context():
        return db.session.get_one(Person, CAST[who][:2])
