"""How a wrong setting ends the start."""

from __future__ import annotations


class WrongSetting(SystemExit):
    """The program stops with one line that says which setting is wrong and what it must be."""

    def __init__(self, name: str, must: str) -> None:
        super().__init__(f"{name} {must}")
