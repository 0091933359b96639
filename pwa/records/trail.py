"""The audit trail: rows that only ever come, each chained to the one before, and for each clinic its chain's ends."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pwa.records.base import Base, Instant, guard, table_of


class AuditRow(Base):
    """One look or change: who, whose, what kind, which records, when, from where, why. Never content."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    clinic_id: Mapped[str] = mapped_column(String(36))
    #: in the clinic's chain, from 1 and without a gap
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    #: of the operator's rows: in whose name they did it; null: in nobody's
    person_id: Mapped[str | None] = mapped_column(String(36))
    #: of `domain.rights`, or operator: whoever runs the server and does by command what is no page's
    role: Mapped[str] = mapped_column(String(12))
    #: read or write
    action: Mapped[str] = mapped_column(String(12))
    #: what kind of data: patients, patient, journal, treatment, people
    what: Mapped[str] = mapped_column(String(24))
    #: ids of the patients
    patients: Mapped[list[str]] = mapped_column(JSON)
    #: ids of the records, where single records were opened
    records: Mapped[list[str]] = mapped_column(JSON)
    #: why, in a word: care, administration
    why: Mapped[str] = mapped_column(String(24))
    #: from where: the network's address, and the browser in which the person is signed in; null: by no page
    address: Mapped[str | None] = mapped_column(String(45))
    device: Mapped[str | None] = mapped_column(String(36))
    #: SHA-256, hex, of the hash before and all that this row says
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "person_id"], ["person.clinic_id", "person.id"]),
        UniqueConstraint("clinic_id", "number"),
        Index(None, "clinic_id", "at"),
    )


class AuditPatient(Base):
    """That a row names a patient: by it a patient finds who looked. It says nothing that the row does not."""

    __tablename__ = "audit_patient"

    #: no foreign keys: the row it points to may be cut off, and the patient erased
    clinic_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    patient_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)


class AuditChain(Base):
    """Where a clinic's chain begins and ends, sealed by a key that the database does not hold."""

    __tablename__ = "audit_chain"

    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id"), primary_key=True)
    #: the last row that was removed because it was old; 0: none ever was
    cut: Mapped[int]
    cut_hash: Mapped[str] = mapped_column(String(64))
    #: the last row
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    #: number of the key that made the seal
    key: Mapped[int]
    seal: Mapped[str] = mapped_column(String(64))


#: so that no bug and no slip of an operator's hand changes the past; who holds the database itself breaks the chain
SAYS = "rows of the audit trail are not changed, nor removed before their time"
CUT = "OLD.number > coalesce((SELECT cut FROM audit_chain WHERE clinic_id = OLD.clinic_id), 0)"
THERE = "EXISTS (SELECT 1 FROM audit WHERE id = NEW.id OR clinic_id = NEW.clinic_id AND number = NEW.number)"
GUARDS = {
    "sqlite": (
        f"CREATE TRIGGER audit_stays BEFORE DELETE ON audit WHEN {CUT} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        f"CREATE TRIGGER audit_stands BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        # INSERT OR REPLACE removes a row without asking the first of these
        f"CREATE TRIGGER audit_comes BEFORE INSERT ON audit WHEN {THERE} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' THEN IF NOT ({CUT}) THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{SAYS}'; END $$",
        "CREATE TRIGGER audit_stays BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_kept()",
        "CREATE TRIGGER audit_stands BEFORE UPDATE OR TRUNCATE ON audit EXECUTE FUNCTION audit_is_kept()",
    ),
}
guard(table_of(AuditRow), GUARDS)
