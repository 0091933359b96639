"""What stands out in a clinic's own numbers: worth a look, never proof."""

from pwa.domain.signals.intervals import exact
from pwa.domain.signals.looking import Change, Difference, Given, Look, worth_a_look

__all__ = ["Change", "Difference", "Given", "Look", "exact", "worth_a_look"]
