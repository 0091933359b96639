"""Figures that no clinic sets: they decide how far a rule looks and what it reads together, not how grave it is.

None is published; each stands on our own judgement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pwa.domain.safety import body, facts, judging, mind, pressure, reading
from pwa.domain.safety.history import OPEN_FOR

#: what it is, and how much
FIXED: Sequence[tuple[str, timedelta | int]] = (
    ("A rule looks back at most", facts.BACK),
    ("Of a day with many entries so many of the last ones are remembered, and all that a rule looks for", facts.A_DAY),
    ("What names no dose follows the last one within", facts.DOSED),
    ("A dose at home is the nearest one planned within", facts.PLANNED),
    ("A blood pressure is one after a session, or before one, within", pressure.DAY),
    ("A nurse’s reading at the peak is of so long after the dose", reading.PEAK),
    ("Her reading before it is of so long before", reading.APART),
    ("Urinary symptoms make a pattern over", body.PATTERN),
    ("A baseline of daily mood reaches back", mind.BASELINE),
    ("The last days with a mood may have gaps of, in all", mind.GAP),
    ("Weekly check-ins lie apart, on average at most", mind.WEEKLY),
    ("Little sleep with high energy counts on two days within, from the first to the last", mind.NEAR),
    ("Silence, or no “I am OK”, is no news any more after", judging.NO_NEWS),
    ("In the figures below an alert counts as open for", OPEN_FOR),
)
