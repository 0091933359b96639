"""`python -m tests.soak --minutes 10 --seed 7` says at its end what was saved, what went wrong, and what came of it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from random import SystemRandom

from tests.soak.report import report
from tests.soak.run import Soak


def main() -> int:
    asked = argparse.ArgumentParser(prog="tests.soak")
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    asked.add_argument("--phones", type=int, default=3)
    asked.add_argument("--only", nargs="+", default=[], help="names of steps, endings (plan.py) and faults")
    said = asked.parse_args()
    print(f"seed {said.seed}: {said.phones} phones, {said.minutes:g} minutes", flush=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        soak = Soak(Path(folder), said.seed, said.minutes * 60, said.phones, said.only)
        verdict = soak.run()
    print(report(soak, verdict))
    return 0 if verdict.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
