"""What came of treatments in a clinic's own numbers, to lie beside what is claimed elsewhere; never proof."""

from pwa.domain.outcomes.beginnings import ANSWERS, FirstCourse, first_course
from pwa.domain.outcomes.claims import CLAIMS, Claim, Figure
from pwa.domain.outcomes.felt import InAll, in_all
from pwa.domain.outcomes.lying import lies
from pwa.domain.outcomes.medians import Median, median_of
from pwa.domain.outcomes.shares import Share, Sums, of_effects, of_people

__all__ = [
    "ANSWERS",
    "CLAIMS",
    "Claim",
    "Figure",
    "FirstCourse",
    "InAll",
    "Median",
    "Share",
    "Sums",
    "first_course",
    "in_all",
    "lies",
    "median_of",
    "of_effects",
    "of_people",
]
