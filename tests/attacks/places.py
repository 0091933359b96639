"""What each gets with whosever rows: the table says it for Ana's, and everybody has a seat like one of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.attacks.routes import TABLE
from tests.attacks.whole import ALL

EVERYONE = (*ALL, "nobody")
#: whose rows → who sits there where somebody else sits with Ana's
SEATS = {
    "ana": {},
    "another-patient": {
        "ana": "another-patient",
        "another-patient": "ana",
        "clinician": "another-clinician",
        "another-clinician": "clinician",
        "therapist": "another-therapist",
        "another-therapist": "therapist",
    },
    "patient-elsewhere": {
        "ana": "patient-elsewhere",
        "another-patient": "patient-elsewhere",
        "patient-elsewhere": "ana",
        "clinician": "stranger",
        "another-clinician": "stranger",
        "stranger": "clinician",
        "therapist": "therapist-elsewhere",
        "another-therapist": "therapist-elsewhere",
        "therapist-elsewhere": "therapist",
        "manager": "manager-elsewhere",
        "manager-elsewhere": "manager",
        "front-desk": "front-desk-elsewhere",
        "front-desk-elsewhere": "front-desk",
    },
}
#: no column of the table → the column that is theirs where a route names nobody's row
LIKE = {
    "another-therapist": "therapist",
    "therapist-elsewhere": "therapist",
    "manager-elsewhere": "manager",
    "front-desk-elsewhere": "front-desk",
}


def expected(method: str, rule: str, who: str, whose: str) -> int:
    row = TABLE[method, rule][1]
    seat = SEATS[whose].get(who, who)
    if seat in row:
        return row[seat]
    status = row[LIKE[seat]]
    return 404 if names_a_row(rule) and status != 403 else status


def names_a_row(rule: str) -> bool:
    return "<uuid:" in rule


def pages_of(who: str, ids: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Those of Ana that open to them, and of others what names a row; a phone's own pages send no forms."""
    for whose, rows in ids.items():
        for (method, rule), (path, _) in TABLE.items():
            opens = method == "GET" and expected(method, rule, who, whose) == 200
            if opens and not rule.startswith(("/en/", "/fr/")) and (whose == "ana" or names_a_row(rule)):
                yield path.format(**rows)
