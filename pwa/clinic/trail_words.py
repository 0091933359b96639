"""What the audit trail says, as a manager would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from pwa.accounts.audit import OPERATOR
from pwa.domain.words import N_
from pwa.forms.keeping import REASONS

ACTIONS = {"read": N_("read"), "write": N_("changed")}
ACTIONS |= {"in": N_("came in"), "out": N_("went out"), "refused": N_("refused")}
WHYS = {"care": N_("care"), "administration": N_("administration")}
WHYS |= {"emergency": N_("emergency"), "own-account": N_("their own account"), "coming-in": N_("coming in")}
WHYS |= REASONS
WHYS |= {
    "by-password": N_("by a password alone"),
    "by-second-step": N_("by password and second step"),
    "by-passkey": N_("by a passkey"),
    "by-code": N_("by a code from another screen"),
    "by-invitation": N_("by an invitation"),
    "by-invited-passkey": N_("by an invitation, with a passkey"),
    "another-came": N_("signed in anew in this browser"),
    "ran-out": N_("ended by itself"),
    "not-found": N_("not there, or not theirs"),
    "not-yours": N_("not for their role"),
}
#: who else than the staff did what stands there, by the role of their rows
OTHERS = {"patient": N_("Patients themselves"), OPERATOR: N_("Whoever runs the server")}
WHATS = {
    "patients": N_("List of patients"),
    "patient": N_("A patient’s page"),
    "journal": N_("Journal"),
    "room": N_("Reading room"),
    "alerts": N_("Triage"),
    "alert": N_("An alert"),
    "sessions": N_("Sessions"),
    "treatment": N_("A session"),
    "course": N_("A course"),
    "effects": N_("Side effects"),
    "outcomes": N_("Outcomes"),
    "adverse-events": N_("Register of adverse events"),
    "adverse-event": N_("An adverse event"),
    "notes": N_("Notes"),
    "note": N_("A note"),
    "summary": N_("Visit summary"),
    "entry-mark": N_("A mark on an entry"),
    "visit": N_("A visit"),
    "offer": N_("An offer"),
    "goal": N_("A goal"),
    "page": N_("A page that is not theirs"),
    "people": N_("People"),
    "sign-ins": N_("Sign-ins"),
    "closed": N_("An account closed"),
    "opened": N_("An account opened again"),
    "invitations": N_("Invitations"),
    "without-mail": N_("An invitation without the mail’s code"),
    "agreed": N_("An invitation without the mail’s code, agreed to"),
    "refused": N_("An invitation without the mail’s code, refused"),
    "came-in": N_("An invitation used"),
    "withdrawn": N_("An invitation withdrawn"),
    "keys": N_("Way in changed"),
    "address": N_("Mail address changed"),
    "doors": N_("Signing in"),
    "messages": N_("Messages"),
    "asked": N_("What is asked"),
    "safety": N_("Safety"),
    "protocol": N_("A protocol"),
    "audit": N_("Audit trail"),
    "hide": N_("What a patient hides"),
    "show": N_("What a patient shows again"),
    "emergency": N_("Emergency access"),
    "team": N_("Care team"),
    "emergency-missed": N_("Emergency access tried, nobody found"),
    "keeping": N_("Records kept"),
    "record": N_("A copy of a record"),
    "whole-record": N_("A whole record taken out on the server"),
    "erasure": N_("A record erased"),
    "terms": N_("Terms of use"),
    "clinic": N_("The clinic opened"),
    "backup": N_("A backup of everything"),
    "restore": N_("Back to an earlier day"),
    "versions": N_("What phones sent, judged anew"),
    "data-keys": N_("Keys of what is kept"),
    "scan": N_("A search for words in plain"),
}
#: in whose rows words stand in place of records: the years before and since, the version of the terms
SPOKEN = ("keeping", "audit", "terms", "doors", "safety")

#: in the rows of people: what was put right, by the names of columns
FIELDS = {"name": N_("name"), "email": N_("mail address"), "code": N_("code"), "birth_date": N_("birth date")}
FIELDS |= {"phone": N_("telephone"), "may_leave_message": N_("may leave a message"), "removed": N_("removed")}


def what_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The names of settings that are otherwise now; of figures, switches and hours also from what to what."""
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    return [_change(name.replace("_", " "), before.get(name), after.get(name)) for name in names]


def _change(name: str, before: Any, after: Any) -> str:
    is_figure = all(isinstance(one, (int, float, time)) for one in (before, after))
    return f"{name} {_figure(before)} → {_figure(after)}" if is_figure else name


def _figure(value: float | time) -> str:
    return f"{value:%H:%M}" if isinstance(value, time) else f"{value:g}"
