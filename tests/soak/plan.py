"""What hands do next, and how a tap on Save ends: how often of all. Chance draws from these by the seed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.soak import living, locking, saving, writing

STEPS: dict[Any, int] = {
    writing.check_in: 22,
    writing.report: 14,
    writing.write: 22,
    writing.change: 16,
    writing.begin: 3,
    living.network: 5,
    living.come_back: 3,
    living.two_tabs: 6,
    living.look: 2,
    living.hand_over: 2,
    living.update: 2,
    locking.add: 6,
    locking.forget: 1,
    locking.switch_off: 1,
    living.in_turn: 1,
    living.die: 1,
}
ENDINGS: dict[Any, int] = {
    saving.calm: 81,
    saving.twice: 7,
    saving.leaving: 6,
    saving.killed_in_mid_save: 2,
    saving.killed_when_said: 2,
    saving.killed_before_it_is_on_disk: 2,
}


def chosen(of: dict[Any, int], only: Sequence[str]) -> dict[Any, int]:
    """Those named, each as often as the others; all, if none of them is named."""
    return {one: 1 for one in of if one.__name__ in only} or of
