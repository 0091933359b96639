"""Who agreed to which version of the terms of use, and when: rows that only ever come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String, select
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, Instant, changed, db, guard, insert_new, table_of
from pwa.records.people import LANGUAGES, Person


class Agreement(Base):
    __tablename__ = "agreement"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: of `domain.terms`
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: in which they were read
    language: Mapped[str] = mapped_column(String(2))
    at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
        CheckConstraint(f"language IN {LANGUAGES}", name="language"),
    )


def agree(person: Person, version: int, language: str, moment: datetime) -> bool:
    """Whether it is new: who agreed before agreed then. The caller commits."""
    whose = {"clinic_id": person.clinic_id, "person_id": person.id}
    new = insert_new(table_of(Agreement), db.session.connection())
    return bool(changed(new.values(**whose, version=version, language=language, at=moment)))


def agreed_to(person: Person, version: int) -> bool:
    return db.session.get(Agreement, (person.clinic_id, person.id, version)) is not None


def agreements_of(person: Person) -> Sequence[Agreement]:
    """The newest first."""
    theirs = (Agreement.clinic_id == person.clinic_id, Agreement.person_id == person.id)
    return db.session.scalars(select(Agreement).where(*theirs).order_by(Agreement.version.desc())).all()


#: a row goes only with an erased patient, and is changed by nobody
SAYS = "what somebody agreed to is not changed"
THERE = (
    "EXISTS (SELECT 1 FROM agreement"
    " WHERE clinic_id = NEW.clinic_id AND person_id = NEW.person_id AND version = NEW.version)"
)
GUARDS = {
    "sqlite": (
        f"CREATE TRIGGER agreement_stands BEFORE UPDATE ON agreement BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        # INSERT OR REPLACE asks no other trigger
        f"CREATE TRIGGER agreement_comes BEFORE INSERT ON agreement WHEN {THERE} BEGIN SELECT RAISE(IGNORE); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION agreement_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{SAYS}'; END $$",
        "CREATE TRIGGER agreement_stands BEFORE UPDATE ON agreement EXECUTE FUNCTION agreement_is_kept()",
    ),
}
guard(table_of(Agreement), GUARDS)
