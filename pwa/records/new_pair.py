"""`python -m pwa.records.new_pair`: both halves of a key for backups.

Apart from any server, since the second half is not for it; nothing imports it."""

from __future__ import annotations

import sys

from pwa.records.boxed import new_pair

if __name__ == "__main__":
    sys.stdout.write("BACKUP_TO={}\nBACKUP_KEY={}\n".format(*new_pair()))
