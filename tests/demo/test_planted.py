"""The room of side effects finds what is planted in the demo clinic's numbers, and nothing that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from pwa.accounts import open_sign_in
from pwa.accounts.passwords import people_at
from pwa.clinic.looks import look_of
from pwa.demo.clinic import fill
from pwa.demo.planted import NULLS, SIGNALS, lot_that_stands_out
from pwa.demo.symptoms import chances
from pwa.domain.days import day_of, week_of
from pwa.domain.effects import by_id
from pwa.records import Clinic, db
from tests.conftest import Clock, made

Look = dict[str, Any]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A clinic large enough for its numbers to say something."""
    for app in made(f"sqlite:///{tmp_path_factory.mktemp('planted')}/tidelog.db", Clock()):
        with app.app_context():
            db.drop_all()
            db.create_all()
            fill(420, 270, 7)
            db.session.remove()
        yield app


@pytest.fixture(scope="module")
def look(demo: Flask) -> Look:
    with demo.app_context():
        clinic = db.session.scalars(select(Clinic)).one()
        return look_of(clinic, week_of(today(demo)))


def today(demo: Flask) -> Any:
    return day_of(demo.config["CLOCK"](), "America/Toronto")


def test_the_room_finds_what_was_planted(demo: Flask, look: Look) -> None:
    by_route, by_week, by_lot = SIGNALS
    differences = {(one["factor"], one["value"], one["effect"]) for one in look["differences"]}
    assert ("route", by_route.route, by_route.effect) in differences
    assert ("lot", lot_that_stands_out(today(demo)), by_lot.effect) in differences
    assert (by_week.route, by_week.effect) in {(one["route"], one["effect"]) for one in look["changes"]}


def test_it_stays_quiet_where_nothing_was_planted(look: Look) -> None:
    """Effects that come after any treatment alike; and by lot and over time everything but what was planted."""
    _, by_week, by_lot = SIGNALS
    found = {one["effect"] for one in (*look["differences"], *look["changes"])}
    assert not found & {null.effect for null in NULLS}
    assert {one["effect"] for one in look["differences"] if one["factor"] != "route"} == {by_lot.effect}
    assert {one["effect"] for one in look["changes"]} <= {by_week.effect, by_lot.effect}


def test_between_routes_it_finds_nothing_but_what_differs_in_truth(look: Look) -> None:
    """The routes differ as the published rates do, and by what was planted."""
    planted = {signal.effect for signal in SIGNALS}
    for one in (one for one in look["differences"] if one["factor"] == "route" and one["effect"] not in planted):
        rates = {route: chances(route).get(one["effect"], 0) for route in by_id(one["effect"]).routes}
        assert rates[one["value"]] > min(rates.values()), one


def test_the_page_lists_what_was_found_with_its_counts(demo: Flask, look: Look) -> None:
    browser = demo.test_client()
    with demo.test_request_context():
        person = db.session.scalars(people_at("clinician@demo.test")).one()
        open_sign_in(person)
        db.session.commit()
        secret = person.secret
    with browser.session_transaction() as session:
        session.update(_user_id=secret, _fresh=True)
    page = browser.get("/clinic/effects").text
    for one in look["differences"]:
        assert f"{one['events']} of {one['of']} sessions" in page
    assert page.count('signal"><summary>') == len(look["differences"]) + len(look["changes"])
