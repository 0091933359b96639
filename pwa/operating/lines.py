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
        self._written = STYLES[style]

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
    """What is wrong in the eyes of a library may name an address or a value; our own lines name ids."""
    is_ours = record.name.partition(".")[0] == "pwa"
    return record.getMessage() if is_ours or record.levelno < logging.WARNING else str(record.msg)


def _as_text(line: Line) -> str:
    stack = line.pop("stack", [])
    return "\n    ".join([" ".join(str(value) for value in line.values() if value is not None), *stack])


STYLES: dict[str, Callable[[Line], str]] = {"json": json.dumps, "text": _as_text, "quiet": _as_text}
