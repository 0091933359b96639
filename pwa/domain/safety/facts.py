"""What the rules read of one patient, and how it hangs together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar

from pwa.domain.safety.said import Call, CheckIn, Entry, HomeDose, Report, Treatment

#: how far back a rule may look: the longest that a level can be, and four weeks of days that are held against it
BACK = timedelta(days=112)
#: how many check-ins and reports of one day are remembered when others are judged: the last ones. Beyond them every
#: report with a blood pressure or an effect that a rule looks back for
A_DAY = 3
#: the effects that a rule looks back for
REMEMBERED = (
    *(
        "dissociation",
        "depersonalisation",
        "derealisation",
        "anxiety",
        "panic",
        "drowsiness",
        "vomiting",
        "palpitations",
    ),
    *("headache", "blurred-vision", "double-vision", "slurred-speech"),
    *("bladder-pain", "painful-urination", "urinary-frequency", "urinary-urgency", "nocturia", "leakage"),
    *("blood-in-urine", "jaundice", "dark-urine", "upper-abdominal-pain", "elevated-mood", "craving"),
    *("less-sleep", "racing-thoughts", "risky-spending"),
    *("pregnancy", "breastfeeding", "new-drug"),
)
#: a dose is long over after this, and what is felt is no after-effect of it that a rule would time
DOSED = timedelta(hours=72)
#: who has just had a treatment that is not entered yet names none; a dose longer ago is another one
JUST_HAD = timedelta(hours=12)
#: a dose at home that names no plan is the nearest one planned within so long
PLANNED = timedelta(days=1)

E = TypeVar("E", CheckIn, Report)


@dataclass(frozen=True)
class Facts:
    """Of one patient, each by time. The entry that is judged may be among them or not."""

    check_ins: Sequence[CheckIn] = ()
    reports: Sequence[Report] = ()
    treatments: Sequence[Treatment] = ()
    in_maintenance: bool = False
    #: what nurses measured at treatments; nobody wrote it, so it ends no silence
    readings: Sequence[Report] = ()
    doses: Sequence[HomeDose] = ()
    #: the first report ever that said how often one gets up at night
    nights: Report | None = None
    #: no rule looks back for them
    calls: Sequence[Call] = ()
    #: when the patient wrote anything else, such as a thought; no rule reads what
    wrote: Sequence[datetime] = ()
    #: versions of these that were updated since; what they said was said, and still counts as said before
    earlier: Sequence[Entry] = ()

    @cached_property
    def statements(self) -> Sequence[Report]:
        """Each report of the patient's as often as it was said: first and with every update."""
        before = (one for one in self.updated(Report) if not one.at_clinic)
        return sorted((*before, *self.reports), key=lambda one: one.felt_at)

    @cached_property
    def _said_at(self) -> Sequence[datetime]:
        return [one.felt_at for one in self.statements]

    @cached_property
    def moods(self) -> Sequence[tuple[date, int]]:
        """By day; of several of a day the one felt last."""
        return sorted({one.day: one.mood for one in self.check_ins if one.mood is not None}.items())

    @cached_property
    def measured(self) -> Sequence[Report]:
        """With a blood pressure, at home or at the clinic."""
        both = (*self.statements, *self.readings)
        return sorted((one for one in both if one.systolic or one.diastolic), key=lambda one: one.felt_at)

    @cached_property
    def pulses(self) -> Sequence[Report]:
        both = (*self.statements, *self.readings)
        return sorted((one for one in both if one.pulse), key=lambda one: one.felt_at)

    @cached_property
    def days_of_doses(self) -> Sequence[date]:
        return sorted({one.at.date() for one in self.given})

    def days_since_dose(self, day: date) -> int | None:
        """None: no dose before this day is known."""
        place = bisect_right(self.days_of_doses, day)
        return (day - self.days_of_doses[place - 1]).days if place else None

    def plan_of(self, dose: HomeDose) -> Treatment | None:
        """What the clinic planned of it: the plan that the dose names, or else the nearest for home within a day."""
        plans = [one for one in self.treatments if one.place == "home"]
        named = [one for one in plans if one.record == dose.treatment]
        near = [one for one in plans if abs(one.at - dose.felt_at) < PLANNED]
        return min(named or near, key=lambda one: abs(one.at - dose.felt_at), default=None)

    def before_update(self, entry: Entry) -> list[Entry]:
        """What an update stands on, as far as it is known. Nothing is known of what was withdrawn."""
        return [one for one in self.earlier if one.version in entry.stands_on and type(one) is type(entry)]

    def written(self) -> Iterator[CheckIn | Report]:
        yield from self.check_ins
        yield from self.reports

    def updated(self, kind: type[E]) -> Iterator[E]:
        """What was changed or updated since."""
        yield from (one for one in self.earlier if isinstance(one, kind))

    def said(self) -> Iterator[CheckIn | Report]:
        """What is written, and what the patient wrote and has updated since."""
        yield from self.written()
        yield from self.updated(CheckIn)
        yield from (one for one in self.updated(Report) if not one.at_clinic)

    def reports_before(self, entry: Report, within: timedelta = BACK) -> Iterator[Report]:
        """What was said before, the latest first: in other reports, and in this one before it was updated."""
        first, last = (bisect_left(self._said_at, at) for at in (entry.felt_at - within, entry.felt_at))
        return reversed(self.statements[first:last])

    def measured_before(self, entry: Report, within: timedelta) -> Iterator[Report]:
        """Others, the latest first. An update that leaves the numbers as they were is no second reading, and a nurse
        who changes what she wrote has measured nothing more."""
        of_it = (one for one in self.updated(Report) if one.at_clinic and one.version == entry.version)
        for one in sorted((*self.measured, *of_it), key=lambda one: one.felt_at, reverse=True):
            is_own_other = one.record == entry.record and one.version != entry.version
            is_unchanged = (one.systolic, one.diastolic) == (entry.systolic, entry.diastolic)
            if is_own_other and (one.at_clinic or is_unchanged):
                continue
            if timedelta() < entry.felt_at - one.felt_at <= within:
                yield one

    @cached_property
    def given(self) -> Sequence[Treatment]:
        """What was given at the clinic, and what was taken at home: under the plan that it is, where one stands."""
        at_clinic = {one.record: one for one in self.treatments if one.status == "given"}
        plans = {one.record for one in self.treatments}
        named = ((one.treatment if one.treatment in plans else None, one) for one in self.doses)
        at_home = {
            plan or one.record: Treatment(plan or one.record, one.felt_at, "given", "home") for plan, one in named
        }
        return sorted({**at_home, **at_clinic}.values(), key=lambda one: one.at)

    def dose_before(self, report: Report) -> Treatment | None:
        """What the report follows: the treatment that it names, also one that the clinic has yet to note as given, or
        else the last dose within three days."""
        past = [one for one in self.given if one.at <= report.felt_at]
        plans = [one for one in self.treatments if one.at <= report.felt_at]
        named = [one for one in (*past, *plans) if one.record == report.treatment]
        is_unnamed = report.treatment is None and report.window == "acute"
        recent = [one for one in past if report.felt_at - one.at < (JUST_HAD if is_unnamed else DOSED)]
        return next(iter((*named, *reversed(recent))), None)

    def hours_after(self, report: Report) -> float | None:
        """Since that treatment; None: no treatment is known."""
        dose = self.dose_before(report)
        return (report.felt_at - dose.at) / timedelta(hours=1) if dose else None
