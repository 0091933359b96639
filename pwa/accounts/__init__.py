"""Who are you, and what may you see: sign-in, roles, care team, the audit trail."""

from pwa.accounts.access import patients_of, staff
from pwa.accounts.sign_in import open_sign_in, register, this_sign_in

__all__ = ["open_sign_in", "patients_of", "register", "staff", "this_sign_in"]
