"""The figures of docs/signals.md: `python -m tests.domain.signals`, with how many clinics."""

import sys

from tests.domain.signals.simulation import delays, false_signals, said_of


def main(clinics: int) -> None:
    for a_week in (20, 60):
        found = [false_signals(f"null {n}", a_week) for n in range(clinics)]
        share, difference, change = (
            100 * sum(any(kind in one[0] for one in each) for each in found) / clinics
            for kind in ("", "diff", "change")
        )
        print(
            f"{clinics} clinics with {a_week} treatments a week and nothing to find: at least one false signal in a "
            f"quarter in {share:.1f} % (a difference {difference:.1f} %, a change {change:.1f} %)",
            flush=True,
        )
    for prone, whose in ((False, "any treatment may bring it"), (True, "it keeps to some patients")):
        print(f"from 4 % to 11 % at 60 treatments a week, {whose}: {said_of(delays(clinics, 60, prone))}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
