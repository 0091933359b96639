"""What the clinic writes of a patient beside the patient's own words: notes, and adverse events. Rows are only ever
added: a change is another edition, and the older ones stay."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from pwa.domain import events
from pwa.records.base import Base, Instant
from pwa.records.encrypted import EncryptedText


class Edition:
    """Who wrote it and when. Two that stand on the same one cannot both be kept."""

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: the same in each of its editions
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: from 1
    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime] = mapped_column(Instant)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
            ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
            *getattr(cls, "__checks__", ()),
        )


class Note(Edition, Base):
    """For the whole care team; only its author changes it."""

    __tablename__ = "note"

    text: Mapped[str] = mapped_column(EncryptedText("note.text"))


def _one_of(name: str, choices: tuple[tuple[Any, str], ...]) -> CheckConstraint:
    return CheckConstraint(f"{name} IN {tuple(value for value, _ in choices)}", name=name)


class AdverseEvent(Edition, Base):
    """What a clinician judges of an effect that the patient reported, or that the clinic heard of another way."""

    __tablename__ = "adverse_event"
    __checks__ = (
        CheckConstraint("effect IS NOT NULL OR words IS NOT NULL", name="named"),
        CheckConstraint("ended >= began", name="ended"),
        *(
            _one_of(name, choices)
            for name, choices in (
                ("told", events.TOLD),
                ("grade", events.GRADES),
                ("serious", events.SERIOUS),
                ("causality", events.CAUSALITIES),
                ("action", events.TAKEN),
                ("outcome", events.OUTCOMES),
            )
        ),
        Index(None, "clinic_id", "began"),
    )

    #: how the clinic heard of it
    told: Mapped[str] = mapped_column(String(12))
    heard: Mapped[date]
    #: record of the treatment that it came after, or of the report between treatments whose effect it is; null: none
    about: Mapped[str | None] = mapped_column(String(36))
    #: of the catalogue, or one that the clinic added; null: in words alone
    effect: Mapped[str | None] = mapped_column(String(32))
    words: Mapped[str | None] = mapped_column(EncryptedText("adverse_event.words"))
    began: Mapped[date]
    ended: Mapped[date | None]
    grade: Mapped[int]
    serious: Mapped[str] = mapped_column(String(16))
    causality: Mapped[str] = mapped_column(String(12))
    action: Mapped[str] = mapped_column(String(12))
    outcome: Mapped[str] = mapped_column(String(12))
    note: Mapped[str | None] = mapped_column(EncryptedText("adverse_event.note"))
    #: entered by mistake: it stands in no register
    is_mistake: Mapped[bool] = mapped_column(default=False)
