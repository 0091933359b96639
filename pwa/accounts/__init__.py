"""Who are you, and what may you see: sign-in, roles, care team, the audit trail."""

from pwa.accounts import audit
from pwa.accounts.access import (
    correctable_by,
    emergencies_here,
    emergencies_of_own,
    invitable_by,
    invitations_of,
    notices_of,
    patients_to_expect,
    people_of,
    records_of,
    teams_of,
    trail_of,
)
from pwa.accounts.guards import reads, writes
from pwa.accounts.open_ones import open_ones
from pwa.accounts.reading import (
    Reader,
    alerts_of,
    effects_of,
    emergencies_of,
    events_of,
    hidden_from,
    is_open,
    kept_of,
    own_notes,
    patients_of,
    patients_to_note,
    readable,
    reader,
    role_reads,
)
from pwa.accounts.same_site import came_from_a_script_of_ours
from pwa.accounts.sign_in import close_sign_ins, open_sign_in, register, this_sign_in
from pwa.accounts.way import onward
from pwa.accounts.withheld import open_checks, open_effects

__all__ = [
    "Reader",
    "alerts_of",
    "audit",
    "came_from_a_script_of_ours",
    "close_sign_ins",
    "correctable_by",
    "effects_of",
    "emergencies_here",
    "emergencies_of",
    "emergencies_of_own",
    "events_of",
    "hidden_from",
    "invitable_by",
    "invitations_of",
    "is_open",
    "kept_of",
    "notices_of",
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
    "reads",
    "records_of",
    "register",
    "role_reads",
    "teams_of",
    "this_sign_in",
    "trail_of",
    "writes",
]
