"""What one patient said and what was given, each at its moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class CheckIn:
    record: str
    version: str
    day: date
    felt_at: datetime
    #: None: not answered
    mood: int | None = None
    energy: int | None = None
    sleep: float | None = None
    thoughts: str | None = None
    #: versions that stood on the screen: this is an update of them
    stands_on: Sequence[str] = ()
    #: None: when it was felt
    received_at: datetime | None = None


class Had(NamedTuple):
    """One effect: 0 none to 3 severe; None: not said."""

    severity: int
    ongoing: bool | None = None
    lasted: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    record: str
    version: str
    day: date
    #: of an update when it was written: what it names still goes on, or was changed, then
    felt_at: datetime
    effects: Mapping[str, Had] = field(default_factory=dict)
    #: record of the treatment that it is about
    treatment: str | None = None
    window: str | None = None
    systolic: int | None = None
    diastolic: int | None = None
    pulse: int | None = None
    #: what a nurse measured at the clinic; the record is the treatment's
    at_clinic: bool = False
    #: some 40 minutes after the dose, while the nurse stands by
    at_peak: bool = False
    stands_on: Sequence[str] = ()
    #: None: when it was felt
    received_at: datetime | None = None

    def severity(self, effect: str) -> int:
        """0 also where it was not asked."""
        had = self.effects.get(effect)
        return had.severity if had else 0

    def has(self) -> set[str]:
        """The effects that were there, however weak, and the numbers that were measured."""
        numbers = (("systolic", self.systolic), ("diastolic", self.diastolic), ("pulse", self.pulse))
        effects = {effect for effect, had in self.effects.items() if had.severity}
        return effects.union(name for name, number in numbers if number)


@dataclass(frozen=True, slots=True)
class Call:
    """The patient asked to be called."""

    record: str
    version: str
    felt_at: datetime
    stands_on: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class HomeDose:
    """Taken at home, as the patient says."""

    record: str
    version: str
    #: when it was taken
    felt_at: datetime
    mg: float
    #: when the patient said that they are well
    ok_at: datetime | None = None
    #: record of the planned treatment that it is
    treatment: str | None = None
    #: None: when it was taken
    received_at: datetime | None = None
    stands_on: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Treatment:
    record: str
    at: datetime
    #: planned or given
    status: str
    #: clinic or home
    place: str = "clinic"
    #: None: by weight, and the weight is not known
    mg: float | None = None


Entry = CheckIn | Report | Call | HomeDose
