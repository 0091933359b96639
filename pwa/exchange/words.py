"""Codes of a record as its reader would say them; one of a later release as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import gettext as _

from pwa.accounts.audit import OPERATOR
from pwa.accounts.called import ROLES
from pwa.accounts.looks import ACTIONS, WHATS
from pwa.domain import rights
from pwa.domain.safety import PROBLEMS
from pwa.domain.words import N_

KINDS = {
    "check-in": N_("Mood check-in"),
    "effects": N_("Side effects"),
    "journal": N_("Journal entry"),
    "reminders": N_("Reminders"),
    "home-dose": N_("Dose at home"),
    "safety-plan": N_("My safety plan"),
    "call": N_("Asked my clinic to call me"),
    "goal-said": N_("What I said of a goal"),
    "aside": N_("Put aside what my therapist offered"),
    "course": N_("Plan of treatment"),
    "treatment": N_("Session"),
    "visit": N_("Visit"),
    "goal": N_("Goal"),
    "offer": N_("Offer"),
}
#: of these a reader learns nothing: what phones are told of the clinic, and that an entry was read, which stands below
OF_THE_HOUSE = ("card", "seen")
WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": KINDS,
    "role": ROLES | {"patient": N_("patient"), OPERATOR: N_("whoever runs the server")},
    "action": ACTIONS,
    "what": WHATS,
    "problem": PROBLEMS,
    "part": {one.id: one.name for one in rights.PARTS},
    "from": rights.WORDS,
}


def said(of: str) -> Callable[[str | None], str]:
    words = WORDS[of]
    return lambda code: str(_(words[code])) if code and code in words else code or ""
