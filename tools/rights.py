"""Writes docs/rights.md from the table itself: `python -m tools.rights`."""

from __future__ import annotations

from pathlib import Path

from pwa.domain import rights
from pwa.domain.rights import CLINIC, OWN, PARTS, ROLES, SHARED, Part

PAGE = Path("docs/rights.md")
HEAD = """# Who may see what at the clinic

Written by `python -m tools.rights` from `pwa/domain/rights.py`; a test says that it is current. The lookups of
`pwa/accounts/reading.py` and `access.py` ask the same table, and so does the patient's page *Who can see what*. What
it does not say is closed. What each line means in practice is in `docs/privacy.md`.

{table}

*own patients*: those on whose care team one is, in that role. A manager says who is on it, under *People*; the patient
is told, and reads the names under *Who can see what*. *what is shared*: of one's own patients, what they share
with one; an entry marked *Only me* is nobody's. *the clinic*: everyone of it. In an emergency a clinician reads for
{hours} hours, of one patient of the clinic, what a clinician reads of *own patients*, whatever is hidden, and
writes notes, until a day after it; these are marked as of an emergency. Sessions, courses and adverse events are the
care team's to record. No role reads anything of another clinic. The copy that a manager makes has
no answer and no word in it; what the patient takes out, and what whoever runs the server takes out where a law asks for
it, is in `docs/privacy.md`.
"""
REACHES = {OWN: "own patients", SHARED: "what is shared", CLINIC: "the clinic"}


def page() -> str:
    head = ("in the patient’s words", *ROLES, "can be hidden from")
    lines = [head, ["---"] * len(head), *map(_line, PARTS)]
    return HEAD.format(table="\n".join(f"| {' | '.join(line)} |" for line in lines), hours=rights.EMERGENCY_HOURS)


def _line(part: Part) -> tuple[str, ...]:
    return part.name, *(_cell(part, role) for role in ROLES), " and ".join(part.hideable) or "–"


def _cell(part: Part, role: str) -> str:
    reach = REACHES.get(part.readers.get(role, ""), "–")
    withheld = rights.withheld(role, part.id)
    return f"{reach}, but not {' and '.join(withheld)}" if withheld else reach


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
