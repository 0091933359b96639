"""What one patient answers to the question about thoughts: some come with them, and most of these lose them."""

import random

from pwa.demo.people import Someone

#: ours, chosen to look like a clinic: who comes with them, unless in other trouble; of these who has some for so long
HEAVY, STILL, DAYS = 0.4, 0.3, 28


class Thoughts:
    def __init__(self, person: Someone) -> None:
        luck = random.Random(f"thoughts {person.n}").random()  # noqa: S311 (nothing secret)
        self.is_heavy, self.stays = luck < HEAVY and not person.trouble, luck < HEAVY * STILL

    def answer(self, luck: float, mood: int, ahead: int) -> str:
        """`ahead`: days since the first treatment; before it, under 0."""
        if self.is_heavy and (ahead < 0 or (self.stays and ahead < DAYS and luck < 0.2)):
            return "now-and-then"
        if mood <= 2 and luck < 0.04:
            return "now-and-then"
        return "rather-not-say" if mood <= 3 and luck < 0.06 else "no"
