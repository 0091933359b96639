"""Writes docs/rights.md from the table itself: `python -m tools.rights`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pwa.domain import rights
from pwa.domain.rights import CLINIC, OWN, PARTS, ROLES, SHARED, Part
from pwa.domain.safety.tens import LEAST

PAGE = Path("docs/rights.md")
HEAD = """# Who may see what at the clinic

Written by `python -m tools.rights` from `pwa/domain/rights.py`; a test says that it is current. The
guard of every page of the clinic (`pwa/accounts/guards.py`) and the lookups (`reading.py` and `access.py` beside it)
ask the same table, and so does the patient's page *Who can see what*. What it does not say is closed: a test takes
the readers of each part away in turn, and finds no page and no lookup that still shows it. What each line means in
practice is in `docs/privacy.md`.

{table}

*own patients*: those on whose care team one is, in that role. A manager says who is on it, under *People*; the
patient is told, whoever invites them names its first members, which the trail has too, and reads the names under *Who
can see what*. *what is shared*: of one's own patients, what they share with one; an entry marked *Only me* is
nobody's. *the clinic*: everyone of it. A role that writes a part writes no more than it reads: a therapist raises an
alert, and clinicians answer it; a therapist plans visits, and a clinician sessions. Staff are a manager's to invite
and to correct. In an emergency a clinician reads for {hours} hours, of one patient of the clinic, what a clinician
reads of *own patients*, whatever is hidden, and writes notes, until a day after it; these are marked as of an
emergency. No role reads anything of another clinic. The copy that a manager makes has no answer and no word in it;
what the patient takes out, and what whoever runs the server takes out where a law asks for it, is in
`docs/privacy.md`.

Some pages are about no part of anybody's record:

{house}
"""
OF_THE_HOUSE = {
    "desk": "the way in, and the switch that hides names",
    "care": "pages about one's own patients, as far as the parts above open them",
    "room": "the reading room, as far as the parts above open it",
    "answering": "what is done about an alert",
    "emergency": "opening a record in an emergency",
    "figures": "numbers of the whole clinic, without names",
    "tallies": "what came of the safety rules, of all patients together, also of what they hide: nothing behind which "
    f"fewer than {LEAST} patients stand, or all but fewer than {LEAST}, and the rest in whole tens (`docs/privacy.md`)",
    "removing": "taking away whoever was invited and never came in",
    "settings": "protocols, what is asked, safety, signing in, how long records and the trail are kept",
}
REACHES = {OWN: "own patients", SHARED: "what is shared", CLINIC: "the clinic"}


def page() -> str:
    head = ("in the patient’s words", *ROLES, "is written by", "can be hidden from")
    lines = [head, ["---"] * len(head), *map(_line, PARTS)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    house = "\n".join(f"- {what}: {_and(rights.HOUSE[id_])}" for id_, what in OF_THE_HOUSE.items())
    return HEAD.format(table=table, hours=rights.EMERGENCY_HOURS, house=house)


def _line(part: Part) -> tuple[str, ...]:
    return part.name, *(_cell(part, role) for role in ROLES), _and(part.writers), _and(part.hideable)


def _cell(part: Part, role: str) -> str:
    reach = REACHES.get(part.readers.get(role, ""), "–")
    withheld = rights.withheld(role, part.id)
    return f"{reach}, but not {' and '.join(withheld)}" if withheld else reach


def _and(roles: Sequence[str]) -> str:
    return " and ".join(roles) or "–"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
