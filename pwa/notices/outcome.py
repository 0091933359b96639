"""How a sending may fail."""


class Failed(Exception):
    """`why`: a short code that holds nothing personal. `for_good`: trying again will not help. `certain`: the other
    side said so itself; without that, what was handed over may have gone out all the same."""

    def __init__(self, why: str, for_good: bool = False, certain: bool = True) -> None:
        super().__init__(why)
        self.why, self.for_good, self.certain = why, for_good, certain
