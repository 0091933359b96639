"""What is counted as it happens, in every process; `docs/dependencies.md` says how the counts come together."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

REQUESTS = Histogram("tidelog_request_seconds", "Requests by route and status.", ["method", "route", "status"])
VERSIONS = Counter("tidelog_versions", "Versions that phones sent, by outcome.", ["outcome"])
