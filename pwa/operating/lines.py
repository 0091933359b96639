"""Log lines: a JSON object each. No value of anybody's is in them, whatever went wrong."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import g, has_request_context

Line = dict[str, Any]

#: what gunicorn says to whoever runs it: its arguments are numbers of processes and what the service itself listens at
KNOWN = {
    "Shutting down: %s",
    "Reason: %s",
    "Connection in use: %s",
    "Invalid address: %s",
    "Can't connect to %s",
    "WORKER TIMEOUT (pid:%s)",
    "Worker (pid:%s) exited with code %s.",
    "Worker (pid:%s) was sent %s!",
    "Worker (pid:%s) was sent %s! Perhaps out of memory?",
    "No request that can be read: %s, answered %s",
    "Unhandled signal: %s",
    "Unhandled exception in main loop",
    "Exception in worker process",
    "Socket error processing request.",
    "Error handling request",
    "Error handling request (no URI read)",
    "No keepalived connections can be handled. Check the number of worker connections and threads.",
    "reloading the logger configuration failed, keeping the previous one",
    "USR2 signal ignored. Child exists.",
    "USR2 signal ignored. Parent exists.",
}


def begin(style: str) -> None:
    """From now on this process writes its lines to stderr, by the setting LOGS."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines(style))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("pwa").setLevel(logging.WARNING if style == "quiet" else logging.INFO)


class Lines(logging.Formatter):
    """`record.facts` are what a line says besides; made by name in docs/deploy/gunicorn.conf.py as well."""

    def __init__(self, style: str = "json") -> None:
        super().__init__()
        self._written = STYLES.get(style, STYLES["json"])  # also where the setting is what stops the start

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: Line = {"at": at, "level": record.levelname.lower(), "from": record.name, "said": _said(record)}
        if has_request_context():
            line |= {"request": g.get("request_id"), "clinic": g.get("clinic_id")}
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            line["stack"] = stack_of(record.exc_info[1])
        return self._written(line)


def stack_of(error: BaseException) -> list[str]:
    """From where it came and of which kind it is; not what it says, in which there may be an answer."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = traceback.extract_tb(error.__traceback__)
    came = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return [*(stack_of(earlier) if earlier else []), *came, type(error).__qualname__]


def _said(record: logging.LogRecord) -> str:
    """What is wrong in the eyes of a library may name an address or a value; our own lines name ids. Without its
    arguments such a line is harmless, unless it was put together before: then what is not known is not told."""
    is_ours = record.name.partition(".")[0] == "pwa"
    if is_ours or record.levelno < logging.WARNING or str(record.msg) in KNOWN:
        return record.getMessage()
    untold = f"something that may name somebody ({record.module}:{record.lineno})"
    return str(record.msg) if record.args else untold


def _as_text(line: Line) -> str:
    stack = line.pop("stack", [])
    return "\n    ".join([" ".join(str(value) for value in line.values() if value is not None), *stack])


STYLES: dict[str, Callable[[Line], str]] = {"json": json.dumps, "text": _as_text, "quiet": _as_text}
