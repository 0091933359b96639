"""`python -m pwa.config.new_key 1`: a key for `DATA_KEYS`, by its number.

A server without its key does not start, so this is no command of the server's, and nothing imports it."""

from __future__ import annotations

import sys

from pwa.config.keys import new_key

if __name__ == "__main__":
    sys.stdout.write(new_key(int(sys.argv[1])) + "\n")
