"""Doses that patients took at home, by their own word, among the treatments that the clinic planned and recorded."""

from __future__ import annotations

from collections.abc import Iterable

from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import patient as ask
from pwa.clinic.standing import Standing
from pwa.domain.course import is_given
from pwa.domain.routes import AT_HOME
from pwa.records import HomeDose, Person, Treatment

Doses = dict[str, Standing[HomeDose]]


def taken(user: Person, patient: AnyRow) -> tuple[list[Standing[Treatment]], Doses]:
    """Treatments with the doses that no treatment stands for, the latest first; and each dose by the record that it is
    shown under."""
    treatments, doses = ask.treatments(user, patient), ask.home_doses(user, patient)
    known = {one.head.record for one in treatments if one.head.status != "cancelled"}
    under = {
        dose.head.treatment if dose.head.treatment in known else dose.head.record: dose for dose in reversed(doses)
    }
    own = [Standing(_as_treatment(dose.head), []) for record, dose in under.items() if record not in known]
    return sorted([*treatments, *own], key=lambda one: one.head.at, reverse=True), under


def given(treatments: Iterable[Standing[Treatment]], doses: Doses) -> list[Treatment]:
    """As the patient says: a plan whose dose was taken counts as given."""
    return [one.head for one in treatments if is_given(one.head, doses)]


def sessions(treatments: Iterable[Standing[Treatment]], doses: Doses) -> list[Treatment]:
    """Those given that the clinic planned or recorded itself."""
    own = {dose.head.record for dose in doses.values()}
    return [one for one in given(treatments, doses) if one.record not in own]


def _as_treatment(dose: HomeDose) -> Treatment:
    """For reading only; it is never added to the session."""
    return Treatment(
        record=dose.record,
        version_id=dose.version_id,
        day=dose.day,
        felt_at=dose.felt_at,
        written_at=dose.written_at,
        received_at=dose.received_at,
        status="given",
        at=dose.at,
        minutes=AT_HOME.get(dose.route, max(AT_HOME.values())),
        route=dose.route,
        dose=dose.mg,
        unit="mg",
        place="home",
        number=None,
        of=None,
    )
