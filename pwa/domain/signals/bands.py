"""Numbers and doses in bands within which treatments are alike enough to be counted together."""

from __future__ import annotations

from pwa.domain.words import N_

#: by the last number of each. The published rates fall after the first treatment, then level off (PMC8407443; a
#: Canadian clinic's series of 203 patients, Rodrigues 2022)
_NUMBERS = (("1", 1), ("2-3", 3), ("4-6", 6))
#: stands for all lots that have no column of their own; a lot is written in capitals
OTHERS = "others"
LATER = "later"
NUMBERS = (
    ("1", N_("First")),
    ("2-3", N_("2nd and 3rd")),
    ("4-6", N_("4th to 6th")),
    (LATER, N_("Later, and maintenance")),
)
#: by unit, the least dose of each. Our own: usual doses fall into different ones
_DOSES = {"mg/kg": (0.0, 0.5, 0.75, 1.0), "mg": (0.0, 56.0, 84.0, 150.0)}
DOSES = (
    ("mg/kg-0", N_("Under 0.5 mg/kg")),
    ("mg/kg-0.5", N_("0.5 to 0.74 mg/kg")),
    ("mg/kg-0.75", N_("0.75 to 0.99 mg/kg")),
    ("mg/kg-1", N_("1 mg/kg and more")),
    ("mg-0", N_("Under 56 mg")),
    ("mg-56", N_("56 to 83 mg")),
    ("mg-84", N_("84 to 149 mg")),
    ("mg-150", N_("150 mg and more")),
)


def of_number(number: int | None) -> str:
    """None: it has no number, as in maintenance."""
    return next((band for band, last in _NUMBERS if number is not None and number <= last), LATER)


def of_dose(dose: float, unit: str) -> str:
    return f"{unit}-{max(least for least in _DOSES[unit] if least <= dose):g}"
