"""Settings of what must be done regularly: to whom backups are encrypted, and where it is noted that they went well."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pwa.config.wrong import WrongSetting

#: said by whoever makes backups otherwise, or needs none
NONE = "none"
#: as `pwa.records.boxed` makes it
HALF = re.compile(r"[\w-]{40,}=*", re.ASCII)


@dataclass(frozen=True)
class Upkeep:
    backup_to: str = NONE
    folder: str = ""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Upkeep:
        to, folder = env.get("BACKUP_TO", ""), env.get("STATE_DIRECTORY", "")
        if to not in ("", NONE) and not HALF.fullmatch(to):
            raise WrongSetting("BACKUP_TO", "must be what `python -m pwa.records.new_pair` printed, or none")
        if folder and not (os.path.isdir(folder) and os.access(folder, os.W_OK)):
            raise WrongSetting("STATE_DIRECTORY", "must be a folder that this process may write to")
        return cls(to, folder)

    @property
    def watched(self) -> tuple[str, ...]:
        return ("verify",) if self.backup_to == NONE else ("backup", "verify")

    def missing(self) -> Iterator[str]:
        """What whoever runs it must be told at a start."""
        if not self.backup_to:
            yield "There are no backups: BACKUP_TO is not set. With the disk all records are lost. To mean it, say none"
        elif self.backup_to != NONE and not self.folder:
            yield "Nobody is told when backups stop: STATE_DIRECTORY is not set"
