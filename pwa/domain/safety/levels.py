"""The figures at which rules fire: each with its limits, its source and its day, for a clinic to set and to sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pwa.domain.words import N_

#: the day on which the sources were read
READ_ON = date(2026, 11, 26)
#: Why a figure or a rule is not confirmed. "Medicine": general knowledge that we did not find in a source.
MEDICINE = N_("general medical knowledge, not confirmed against a source")
OURS = N_("our own proposal; no published figure was found")


@dataclass(frozen=True)
class Level:
    id: str
    words: str
    default: float
    #: what a clinic may set
    min: float
    max: float
    unit: str
    source: str
    #: why it has to be signed on its own; empty: published
    unconfirmed: str = ""
    read_on: date = READ_ON


LABEL = N_("US label of esketamine (Spravato), 2019")
SERIES = N_("Rodrigues 2022, ketamine infusions, n = 203")
FALSE_ALARMS = N_("our simulation of 20,000 stable patients: false alarms of rules for daily mood")
DAYS, SPREAD = N_("d"), N_("SD")

LEVELS = (
    Level("acute-hours", N_("An effect is expected for so long after a dose"), 4, 1, 8, "h", LABEL),
    Level("detached-severity", N_("Feeling detached, at least"), 2, 1, 3, "", LABEL, OURS),
    Level("afraid-severity", N_("Anxiety or panic with it, at least"), 2, 1, 3, "", "", OURS),
    Level("drowsy-severity", N_("Drowsiness, at least"), 3, 2, 3, "", LABEL, OURS),
    Level("vomiting-hours", N_("Throwing up for longer than"), 12, 6, 24, "h", "", MEDICINE),
    Level("vomiting-severity", N_("Throwing up, at least"), 2, 1, 3, "", "", OURS),
    Level("together-hours", N_("Two signs of two reports count as one picture within"), 24, 1, 72, "h", "", OURS),
    Level("headache-severity", N_("Headache with another sign, at least"), 3, 2, 3, "", "", MEDICINE),
    Level("crisis-systolic", N_("Blood pressure with an emergency sign, upper"), 180, 160, 200, "mmHg", "", MEDICINE),
    Level("crisis-diastolic", N_("Blood pressure with an emergency sign, lower"), 120, 100, 130, "mmHg", "", MEDICINE),
    Level("severe-systolic", N_("Blood pressure, twice, upper"), 180, 160, 200, "mmHg", "", MEDICINE),
    Level("severe-diastolic", N_("Blood pressure, twice, lower"), 110, 100, 130, "mmHg", "", MEDICINE),
    Level("twice-minutes", N_("Two readings, so far apart"), 5, 1, 60, "min", "", MEDICINE),
    Level("severe-hours", N_("Two readings, at most so far apart"), 24, 4, 72, "h", "", OURS),
    Level("after-systolic", N_("Blood pressure after a session, upper"), 165, 140, 180, "mmHg", SERIES),
    Level("after-diastolic", N_("Blood pressure after a session, lower"), 100, 90, 110, "mmHg", SERIES),
    Level("rise-systolic", N_("Rise over the reading before the session, upper"), 40, 20, 60, "mmHg", LABEL),
    Level("rise-diastolic", N_("Rise over the reading before the session, lower"), 25, 15, 40, "mmHg", LABEL),
    Level(
        "before-systolic", N_("Blood pressure before a session, upper, above"), 140, 130, 160, "mmHg", LABEL, MEDICINE
    ),
    Level(
        "before-diastolic", N_("Blood pressure before a session, lower, above"), 90, 80, 100, "mmHg", LABEL, MEDICINE
    ),
    Level("reading-days", N_("A reading as far off as the last is no news for"), 28, 1, 84, DAYS, "", OURS),
    Level("pulse-high", N_("Pulse at rest above"), 120, 100, 140, "/min", "", MEDICINE),
    Level("pulse-low", N_("Pulse at rest below"), 50, 40, 55, "/min", "", MEDICINE),
    Level("palpitations-severity", N_("Heart racing or pounding, at least"), 3, 2, 3, "", "", MEDICINE),
    Level("bladder-severity", N_("A urinary symptom counts from"), 2, 1, 3, "", N_("CTCAE v5, cystitis"), OURS),
    Level("bladder-apart", N_("Two reports of urinary symptoms, so far apart"), 7, 3, 28, DAYS, "", OURS),
    Level("bladder-days", N_("A urinary symptom for longer than"), 14, 7, 28, DAYS, "", OURS),
    Level("unchanged-days", N_("What lasts and is no worse than it was is no news for"), 84, 28, 84, DAYS, "", OURS),
    Level("lowest-mood", N_("Mood of a single day, at most"), 1, 0, 2, "/10", FALSE_ALARMS, OURS),
    Level("lowest-rise", N_("A mood so low is news again after a rise by"), 3, 2, 6, "/10", "", OURS),
    Level("lowest-days", N_("A mood so low is news after so many days without one"), 14, 3, 28, DAYS, "", OURS),
    Level("mood-days", N_("Mood over the last days"), 3, 2, 7, DAYS, FALSE_ALARMS, OURS),
    Level("mood-drop", N_("Mean mood below one’s own baseline by at least"), 2, 1, 4, "/10", FALSE_ALARMS, OURS),
    Level("mood-spread", N_("and by so many standard deviations"), 1.5, 1, 3, SPREAD, FALSE_ALARMS, OURS),
    Level("baseline-days", N_("Days with a mood that make a baseline, at least"), 14, 10, 28, DAYS, FALSE_ALARMS),
    Level("weekly-back", N_("In maintenance a baseline of mood reaches back"), 84, 56, 84, DAYS, "", OURS),
    Level("weekly-baseline", N_("Check-ins that make a baseline in maintenance, at least"), 8, 6, 14, "", "", OURS),
    Level("elevated-sleep", N_("Little sleep: at most"), 5, 3, 6, "h", "", OURS),
    Level("elevated-energy", N_("High energy: at least"), 8, 7, 10, "/10", "", OURS),
    Level("elevated-severity", N_("Far too much energy, at least"), 2, 1, 3, "", "", OURS),
    Level("craving-severity", N_("An urge for more counts from"), 2, 1, 3, "", LABEL, OURS),
    Level("craving-days", N_("Two reports of an urge within"), 56, 14, 84, DAYS, "", OURS),
    Level("craving-apart", N_("Two reports of an urge, so far apart"), 5, 1, 14, DAYS, "", OURS),
    Level("alike-days", N_("Days as long after a dose that make a baseline of their own"), 3, 2, 6, DAYS, "", OURS),
    Level("nocturia-rise", N_("Gets up at night to pee: above the first answer by"), 2, 1, 3, "", "", OURS),
    Level("dose-sooner", N_("A dose at home sooner than planned by"), 12, 2, 48, "h", "", OURS),
    Level("dose-more", N_("A dose at home larger than planned by"), 10, 0, 100, "%", "", OURS),
    Level("ok-hours", N_("No “I am OK” after a dose at home for"), 6, 2, 12, "h", "", OURS),
    Level("silent-hours", N_("No entry after a session for"), 24, 12, 72, "h", "", OURS),
    Level("silent-maintenance", N_("No entry after a session in maintenance for"), 48, 24, 96, "h", "", OURS),
)
BY_ID = {level.id: level for level in LEVELS}
DEFAULTS = {level.id: level.default for level in LEVELS}


def levels(own: Mapping[str, float]) -> Mapping[str, float]:
    """Every level, with a clinic's own where it lies within the limits; what does not is as if it were not set."""
    fitting = {id_: value for id_, value in own.items() if id_ in BY_ID and BY_ID[id_].min <= value <= BY_ID[id_].max}
    return {**DEFAULTS, **fitting}
