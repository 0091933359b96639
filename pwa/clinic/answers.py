"""A yes to the question about thoughts, as it was given: kept whatever the patient writes afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pwa.clinic.queries import AnyRow
from pwa.domain.checkin import THOUGHTS, THOUGHTS_YES
from pwa.sync.envelope import as_text, read

WORDS = dict(THOUGHTS)
#: the rules that a yes fires, and the answer that each means
RULES = {f"thoughts-{answer}": answer for answer in THOUGHTS_YES}


@dataclass(frozen=True)
class Answer:
    patient_id: str
    version_id: str
    #: the patient's own choice of words, to be translated
    words: str
    day: date
    felt_at: datetime
    written_at: datetime
    received_at: datetime
    #: None: not answered, or not for the reader
    mood: int | None
    anxiety: int | None
    sleep: float | None
    acknowledged_at: datetime | None
    #: name
    acknowledged_by: str | None
    #: False: the patient has changed or withdrawn it since
    stands: bool


def answer_in(row: AnyRow, with_levels: bool) -> Answer:
    """`row`: of a cause and its alert, and the text of its version, which the table of check-ins may no longer hold."""
    said = read(as_text(row.text), lambda *_: None)
    body = said.body or {} if with_levels else {}
    return Answer(
        patient_id=row.patient_id,
        version_id=row.version_id,
        words=WORDS[RULES[row.rule]],
        day=said.day,
        felt_at=said.felt_at,
        written_at=said.written_at,
        received_at=row.came_at,
        mood=body.get("mood"),
        anxiety=body.get("anxiety"),
        sleep=body.get("sleep"),
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        stands=row.stands is not None,
    )
