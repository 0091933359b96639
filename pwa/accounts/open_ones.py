"""Which sign-ins of a clinic are open."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select

from pwa.records import Clinic, Person, SignIn


def open_ones(clinic: Clinic, moment: datetime) -> Select[SignIn]:
    """Of a clinic, with whose they are. What staff left alone for too long has ended."""
    of = (Person.clinic_id == SignIn.clinic_id) & (Person.id == SignIn.person_id)
    used = or_(Person.role == "patient", SignIn.seen_at >= moment - timedelta(minutes=clinic.idle_minutes))
    still = (SignIn.revoked_at.is_(None), SignIn.expires_at > moment, used)
    return select(SignIn).join(Person, of).where(SignIn.clinic_id == clinic.id, *still)
