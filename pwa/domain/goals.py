"""Goals that a patient and their therapist set together, and how near one is, as both say at a visit."""

from pwa.domain.limits import Range
from pwa.domain.words import N_

MEASURES = (("ten", N_("0 to 10")), ("three", N_("Not yet, a little, mostly")))
THREE = ((0, N_("Not yet")), (1, N_("A little")), (2, N_("Mostly")))
LEVEL = Range(0, 10)
#: words at the ends of the first
ENDS = (N_("not yet"), N_("there"))
TOP = {"ten": 10, "three": 2}
