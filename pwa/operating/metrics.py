"""What Prometheus asks for: counts of every process, and how what must go out stands in the database."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator

from flask import Blueprint, Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from pwa.config import now
from pwa.config.metrics import FOLDER
from pwa.config.outgoing import is_loopback
from pwa.errors import Problem
from pwa.operating.counters import REQUESTS, VERSIONS
from pwa.records import Alert, Notice, db
from pwa.records.notices import last_turn
from pwa.records.upkeep import last

blueprint = Blueprint("operating", __name__)


@blueprint.get("/metrics")
def metrics() -> Response:
    if not _may_ask():
        raise Problem("not-found")
    registry = CollectorRegistry()
    if FOLDER in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        for counted in (REQUESTS, VERSIONS):
            registry.register(counted)
    registry.register(Standing())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Standing(Collector):
    """Asked of the database at each request, so that it is the same whichever process answers."""

    def collect(self) -> Iterator[Metric]:
        notices = GaugeMetricFamily("tidelog_notices", "What must go out, and what was given up.", labels=["state"])
        counts = dict(db.session.execute(NOTICES).all())
        for state in STATES:
            notices.add_metric([state], counts.get(state, 0))
        yield notices
        yield _seconds("tidelog_escalation_overdue_seconds", "How long the oldest alert waits to be handed on.", _due())
        if turn := last_turn():
            age = (now() - turn).total_seconds()
            yield _seconds("tidelog_courier_turn_age_seconds", "Since a courier last went round.", age)
        for what, says in UPKEEP.items():
            if at := last(what):
                yield _seconds(f"tidelog_{what}_age_seconds", says, (now() - at).total_seconds())


UPKEEP = {
    "backup": "Since a backup last went well.",
    "verify": "Since the audit trail was last followed without a finding.",
}
STATES = ("waiting", "claimed", "dead")
NOTICES = select(Notice.state, func.count()).where(Notice.state.in_(STATES)).group_by(Notice.state)
NEXT = select(func.min(Alert.escalate_at)).where(Alert.state != "resolved")


def _due() -> float:
    due = db.session.scalar(NEXT)
    return max(0.0, (now() - due).total_seconds()) if due else 0.0


def _seconds(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=value)


def _may_ask() -> bool:
    """With the token of the setting; without that setting from this machine alone, and not through a proxy on it."""
    token = str(current_app.config["METRICS_TOKEN"])
    if token:
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    return is_loopback(request.remote_addr or "") and "X-Forwarded-For" not in request.headers
