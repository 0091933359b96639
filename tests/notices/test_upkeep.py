"""Backups that stop, and an audit trail that nobody follows or that is broken: whoever runs it hears of it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, text

from pwa.accounts import audit
from pwa.config.upkeep import NONE, Upkeep
from pwa.records import Clinic, Notice, Person, db
from pwa.records.boxed import new_pair
from tests.conftest import CAST, CLINIC

TO = new_pair()[0]


@pytest.fixture
def real(app):
    be(app, is_demo=False)


@pytest.fixture
def kept(app, real, tmp_path):
    app.config["UPKEEP"] = Upkeep(TO, str(tmp_path))
    return tmp_path


def be(app, *, is_demo):
    with app.app_context():
        db.session.get_one(Clinic, CLINIC).is_demo = is_demo
        db.session.commit()
        db.session.remove()


def told(app):
    with app.app_context():
        asked = select(Notice.about).where(Notice.what == "operator", Notice.channel == "mail")
        found = sorted(db.session.scalars(asked.where(Notice.clinic_id == CLINIC)))
        db.session.remove()
    return found


def ran(app, *words):
    code = app.test_cli_runner().invoke(args=words).exit_code
    with app.app_context():
        db.session.remove()
    return code


def ages(app):
    found = re.findall(r"^tidelog_(backup|verify)_age_seconds (\S+)$", app.test_client().get("/metrics").text, re.M)
    return {name: float(age) for name, age in found}


def test_a_day_without_a_backup_is_told_once_a_day(app, kept, go_round, clock):
    assert ran(app, "backup", str(kept / "one"), "--to", TO) == 0
    assert ran(app, "audit", "verify") == 0
    clock.forward(hours=23)
    go_round(app)
    assert told(app) == []
    assert ages(app) == {"backup": 23 * 3600, "verify": 23 * 3600}
    clock.forward(hours=2)
    go_round(app)
    clock.forward(minutes=5)
    go_round(app)
    assert told(app) == ["backup"]
    clock.forward(hours=24)
    go_round(app)
    assert told(app) == ["backup", "backup", "verify"]
    assert ran(app, "backup", str(kept / "two"), "--to", TO) == 0
    assert ages(app)["backup"] == 0


def test_where_there_never_was_one_it_is_told_as_well_but_not_of_a_demo(app, kept, go_round, clock):
    be(app, is_demo=True)
    clock.forward(hours=49)
    go_round(app)
    assert (told(app), ages(app)) == ([], {})
    be(app, is_demo=False)
    clock.forward(minutes=2)
    go_round(app)
    assert told(app) == ["backup", "verify"]


def test_who_means_to_make_no_backup_hears_of_the_trail_alone(app, kept, go_round, clock):
    app.config["UPKEEP"] = Upkeep(NONE, str(kept))
    clock.forward(hours=49)
    go_round(app)
    assert told(app) == ["verify"]


def test_a_broken_trail_is_told_at_once_and_counts_as_no_walk_along_it(app, kept):
    with app.app_context():
        clinician = db.session.get_one(Person, CAST["clinician"][:2])
        for _ in range(3):
            audit.wrote(clinician, "patient", [CAST["ana"][1]])
        db.session.commit()
        db.session.execute(text("DELETE FROM audit_chain"))
        db.session.commit()
    assert ran(app, "audit", "verify") == 1
    assert (told(app), ages(app)) == (["trail"], {})


def test_a_unit_that_failed_is_told_by_mail(app, real):
    assert ran(app, "tell-operators") == 0
    assert told(app) == ["unit"]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (Upkeep(""), ["There are no backups"]),
        (Upkeep(TO), ["Nobody is told when backups stop"]),
        (Upkeep(NONE), []),
        (Upkeep(TO, "/srv"), []),
    ],
)
def test_a_start_says_what_nobody_looks_after(settings, says):
    assert [line.partition(":")[0] for line in settings.missing()] == says
