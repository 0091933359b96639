"""What Prometheus is told: how it goes, and of nobody."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from pwa.records import Alert, CourierTurn, Notice, db
from tests.conftest import CAST, CLINIC

ANA, CLINICIAN = CAST["ana"][1], CAST["clinician"][1]
TOKEN = "a token of sixteen or more"


def told(app, **headers) -> dict[str, float]:
    answer = app.test_client().get("/metrics", headers=headers)
    assert answer.status_code == 200
    return {
        name: float(value)
        for name, value in (line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#"))
    }


def notice(n, state, moment):
    kept = {"clinic_id": CLINIC, "id": str(n), "person_id": CLINICIAN, "what": "alert", "about": str(n)}
    times = {"due_at": moment, "created_at": moment, "next_at": moment}
    return Notice(**kept, cause=str(n), channel="mail", state=state, tries=0, **times)


def alert(n, moment, **more):
    kept = {"clinic_id": CLINIC, "id": str(n), "patient_id": ANA, "problem": f"p{n}", "rule": "r", "tier": "high"}
    usual = {"state": "raised", "raised_at": moment, "last_at": moment, "count": 1, "escalated": 0}
    return Alert(**kept, **{**usual, **more})


def test_what_must_go_out_what_was_given_up_and_what_is_overdue(app, clock):
    assert told(app)['tidelog_notices{state="dead"}'] == 0
    assert "tidelog_courier_turn_age_seconds" not in told(app)
    with app.app_context():
        past = clock() - timedelta(seconds=90)
        db.session.add_all([notice(1, "waiting", past), notice(2, "waiting", past), notice(3, "dead", past)])
        db.session.add_all([alert(1, past, escalate_at=past), alert(2, past, escalate_at=clock() + timedelta(hours=1))])
        long_ago = past - timedelta(days=1)
        db.session.add(alert(3, past, state="resolved", escalate_at=long_ago, resolved_at=past, resolved_by=CLINICIAN))
        db.session.add(CourierTurn(id=1, at=past, planned_until=past))
        db.session.commit()
    now = told(app)
    assert (now['tidelog_notices{state="waiting"}'], now['tidelog_notices{state="dead"}']) == (2, 1)
    assert now["tidelog_escalation_overdue_seconds"] == 90
    assert now["tidelog_courier_turn_age_seconds"] == 90


def test_requests_are_counted_by_route_and_status_and_name_nobody(app, signed_in):
    key = 'tidelog_request_seconds_count{method="GET",route="/clinic/patients/<uuid:patient>",status="404"}'
    before = told(app).get(key, 0)
    signed_in("stranger").get(f"/clinic/patients/{ANA}")
    after = told(app)
    assert after[key] == before + 1
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}|@", "".join(after))


def test_versions_are_counted_by_what_became_of_them(app, signed_in):
    key = 'tidelog_versions_total{outcome="parked"}'
    before = told(app).get(key, 0)
    sent = {"batch": "b", "owner": ANA, "cursor": 0, "epoch": 1, "waiting": 0, "versions": ["no version"]}
    answer = signed_in("ana").post("/sync", json=sent, headers={"X-Tidelog": "1"})
    assert answer.status_code == 200, answer.text
    assert told(app)[key] == before + 1


@pytest.mark.parametrize(
    ("token", "headers", "address", "status"),
    [
        ("", {}, "127.0.0.1", 200),
        ("", {}, "::1", 200),
        ("", {}, "203.0.113.9", 404),
        ("", {"X-Forwarded-For": "203.0.113.9"}, "127.0.0.1", 404),
        ("", {"Authorization": "Bearer "}, "203.0.113.9", 404),
        (TOKEN, {}, "127.0.0.1", 404),
        (TOKEN, {"Authorization": f"Bearer {TOKEN}x"}, "127.0.0.1", 404),
        (TOKEN, {"Authorization": f"Bearer {TOKEN}"}, "203.0.113.9", 200),
    ],
)
def test_only_this_machine_may_ask_or_whoever_has_the_token(app, token, headers, address, status):
    app.config["METRICS_TOKEN"] = token
    answer = app.test_client().get("/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": address})
    assert answer.status_code == status
