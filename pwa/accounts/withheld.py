"""Of effects and checks that were read elsewhere than in their tables, those that a role is shown."""

from __future__ import annotations

from collections.abc import Iterable

from pwa.domain import rights
from pwa.domain.checks import CHECKS
from pwa.records import Person


def open_effects(user: Person, effects: Iterable[str]) -> list[str]:
    """Those that the user may see."""
    return [effect for effect in effects if effect not in rights.withheld(user.role, "effects")]


def open_checks(user: Person, checks: Iterable[str]) -> list[str]:
    """Those of whose answers the user may know: not one that asks nothing else than what is withheld."""
    closed = {check.id for check in CHECKS if not open_effects(user, check.effects)}
    return [check for check in checks if check not in closed]
