"""One version judged: of a kind that its writer may write, of a schema we know, of a possible day, well formed?"""

from __future__ import annotations

import logging
from datetime import datetime

from pwa.domain.limits import is_day_possible
from pwa.forms import kinds, schemas
from pwa.forms.wrong import Error, Wrong
from pwa.sync.envelope import Statement

log = logging.getLogger(__name__)


def judge(stated: Statement, writer: kinds.Writer, received_at: datetime) -> None:
    """Adds what is wrong to the statement's errors; nothing wrong: its body is in the newest schema now.

    Whatever goes wrong in judging is no reason to refuse: the version is parked, and judged again after a fix."""
    if stated.errors:
        return
    try:
        stated.errors += _wrongs(stated, writer, received_at)
    except Exception as failure:  # noqa: BLE001 - the edge at which a version is judged
        log.error("judging version %s failed: %s", stated.id, type(failure).__name__)
        stated.errors.append(Wrong("internal").of("version"))


def _wrongs(stated: Statement, writer: kinds.Writer, received_at: datetime) -> list[Error]:
    kind = kinds.KINDS.get(stated.kind or "")
    if kind is None:
        return [Wrong("unknown-kind").of("kind")]
    if kind.writer != writer:
        return [Wrong("not-from-here").of("kind")]
    if stated.schema > kind.schema:
        return [Wrong("newer").of("schema")]
    # the clinic plans ahead; an entry is about a day that came
    wrongs = []
    if writer == "patient" and not is_day_possible(stated.day, received_at.date()):
        wrongs.append(Wrong("day-out-of-range").of("day"))
    if stated.body is not None:
        stated.body = schemas.raised(stated.kind or "", stated.schema, stated.body, kind.schema)
    return wrongs + kinds.judge(stated.kind or "", stated.body)
