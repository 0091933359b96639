"""Each request is counted and has a line, under an id that the answer carries as well."""

from __future__ import annotations

import logging
import re
import secrets
import time
from typing import Any

from flask import Flask, Response, current_app, g, request

from pwa.operating.counters import REQUESTS

log = logging.getLogger(__name__)
HEADER = "X-Request-ID"
#: what a proxy makes: a UUID or hexadecimal digits; in anything else there could be words
ID = re.compile(r"[0-9a-fA-F-]{16,64}")
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")


def register(app: Flask) -> None:
    """Before all other rooms, so that it begins first and ends last."""
    app.before_request(_begin)
    app.after_request(_end)
    app.log_exception = _tell_error  # type: ignore[assignment,method-assign]  # Flask's own names the path, in which there are ids


def _begin() -> None:
    g.began, g.request_id = time.perf_counter(), _of_proxy() or secrets.token_hex(16)


def _end(answer: Response) -> Response:
    answer.headers[HEADER] = g.request_id
    asked, seconds = _asked(), _seconds()
    log.info("answered", extra={"facts": {**asked, "status": answer.status_code, "ms": round(seconds * 1000, 1)}})
    REQUESTS.labels(**asked, status=answer.status_code).observe(seconds)
    return answer


def _of_proxy() -> str | None:
    """Only behind a proxy of ours: a stranger chooses no id."""
    said = request.headers.get(HEADER, "")
    return said if current_app.config["TRUSTED_PROXIES"] and ID.fullmatch(said) else None


def _tell_error(error: Any) -> None:
    log.error("failed", exc_info=error, extra={"facts": _asked()})


def _asked() -> dict[str, str]:
    """The rule, never the address: that names patients by their ids, and what was searched for."""
    rule = request.url_rule.rule if request.url_rule else "none"
    return {"method": request.method if request.method in METHODS else "other", "route": rule}


def _seconds() -> float:
    began: float = g.began
    return time.perf_counter() - began
