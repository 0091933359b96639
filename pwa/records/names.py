"""What somebody of the staff was called before: rows that only ever come, so that nobody's deed takes another name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import ColumnElement, Connection, Dialect, ForeignKeyConstraint, String, delete, event, func, select
from sqlalchemy import inspect as state_of
from sqlalchemy.orm import Mapped, aliased, mapped_column

from pwa.config import now
from pwa.records.base import Base, Instant, db, guard, insert_new, table_of
from pwa.records.encrypted import EncryptedName
from pwa.records.people import Person

NOW, THEN = "person.name", "earlier_name.name"


class EarlierName(Base):
    __tablename__ = "earlier_name"

    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: the name was theirs up to then
    until: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    name: Mapped[str] = mapped_column(EncryptedName(THEN))

    __table_args__ = (ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),)


class _NameThen(EncryptedName):
    """Of either column."""

    cache_ok = True

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        try:
            return super().process_result_value(value, dialect)
        except InvalidTag:
            return EncryptedName(THEN).process_result_value(value, dialect)


def name_then(person: Any, at: Any) -> ColumnElement[str]:
    """The name that they had at that moment. A patient has none but today's."""
    earlier = aliased(EarlierName)
    theirs = (earlier.clinic_id == person.clinic_id, earlier.person_id == person.id, earlier.until > at)
    first = select(earlier.name).where(*theirs).order_by(earlier.until).limit(1).scalar_subquery()
    return func.coalesce(first, person.name, type_=_NameThen(NOW))


def forget_names(person: Person) -> None:
    """Of somebody who is removed, and never did anything. The caller commits."""
    db.session.flush()
    theirs = (EarlierName.clinic_id == person.clinic_id, EarlierName.person_id == person.id)
    db.session.execute(delete(EarlierName).where(*theirs))


@event.listens_for(Person, "before_update")
def _keep_earlier(_mapper: Any, connection: Connection, person: Person) -> None:
    """Whatever page or command changes it. Who is removed or erased leaves none."""
    before: Sequence[str] = state_of(person).attrs.name.history.deleted
    if before and person.role != "patient" and person.erased_at is None:
        whose = {"clinic_id": person.clinic_id, "person_id": person.id}
        connection.execute(insert_new(table_of(EarlierName), connection).values(**whose, until=now(), name=before[0]))


#: a row goes only with who is removed; that keys rotate writes the same name anew
SAYS = "what somebody was called is not changed, nor removed"
STAYS = (
    "NOT EXISTS (SELECT 1 FROM person WHERE clinic_id = OLD.clinic_id AND id = OLD.person_id AND erased_at IS NOT NULL)"
)
THERE = (
    "EXISTS (SELECT 1 FROM earlier_name"
    " WHERE clinic_id = NEW.clinic_id AND person_id = NEW.person_id AND until = NEW.until)"
)
STANDS = "UPDATE OF clinic_id, person_id, until"
GUARDS = {
    "sqlite": (
        f"CREATE TRIGGER earlier_name_stays BEFORE DELETE ON earlier_name WHEN {STAYS}"
        f" BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        f"CREATE TRIGGER earlier_name_stands BEFORE {STANDS} ON earlier_name BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        # INSERT OR REPLACE asks no other trigger
        f"CREATE TRIGGER earlier_name_comes BEFORE INSERT ON earlier_name WHEN {THERE} BEGIN SELECT RAISE(IGNORE); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION earlier_name_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' THEN IF NOT ({STAYS}) THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{SAYS}'; END $$",
        "CREATE TRIGGER earlier_name_stays BEFORE DELETE ON earlier_name"
        " FOR EACH ROW EXECUTE FUNCTION earlier_name_is_kept()",
        f"CREATE TRIGGER earlier_name_stands BEFORE {STANDS} OR TRUNCATE ON earlier_name"
        " EXECUTE FUNCTION earlier_name_is_kept()",
    ),
}
guard(table_of(EarlierName), GUARDS)
