"""Who are you, and what may you see: sign-in, roles, care team, the audit trail."""

from pwa.accounts import audit
from pwa.accounts.access import (
    INVITING,
    emergencies_here,
    emergencies_of_own,
    invitable_by,
    invitations_of,
    patients_to_expect,
    people_of,
    staff,
    trail_of,
)
from pwa.accounts.open_ones import open_ones
from pwa.accounts.reading import (
    Reader,
    alerts_of,
    answers_of,
    effects_of,
    emergencies_of,
    events_of,
    hidden_from,
    is_open,
    notes_of,
    open_checks,
    open_effects,
    own_notes,
    patients_of,
    patients_to_note,
    readable,
    reader,
)
from pwa.accounts.same_site import came_from_a_script_of_ours
from pwa.accounts.sign_in import close_sign_ins, open_sign_in, register, this_sign_in
from pwa.accounts.way import onward

__all__ = [
    "INVITING",
    "Reader",
    "alerts_of",
    "answers_of",
    "audit",
    "came_from_a_script_of_ours",
    "close_sign_ins",
    "effects_of",
    "emergencies_here",
    "emergencies_of",
    "emergencies_of_own",
    "events_of",
    "hidden_from",
    "invitable_by",
    "invitations_of",
    "is_open",
    "notes_of",
    "onward",
    "open_checks",
    "open_effects",
    "open_ones",
    "open_sign_in",
    "own_notes",
    "patients_of",
    "patients_to_expect",
    "patients_to_note",
    "people_of",
    "readable",
    "reader",
    "register",
    "staff",
    "this_sign_in",
    "trail_of",
]
