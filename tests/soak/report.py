"""What a soak did and found, as text."""

from __future__ import annotations

from collections import Counter

from tests.soak.faults import FAULTS
from tests.soak.run import Soak
from tests.soak.verdict import Verdict

#: of each kind of finding, how many are told in full
TOLD = 20


def report(soak: Soak, verdict: Verdict) -> str:
    saves = [save for ledger in soak.ledgers for save in ledger.saves]
    said = sum(save.said for save in saves)
    unheard = sum(ledger.unheard for ledger in soak.ledgers)
    cut = len(saves) - said - unheard
    found = {"lost": verdict.lost, "duplicated": verdict.duplicated, "leaked": verdict.leaked}
    tables = {
        "saves": {"said": said, "cut before it was said": cut, "of which nothing was heard": unheard},
        **faults(soak),
        "steps that a fault broke off": dict(soak.broken_off.most_common()),
        "the server's own errors": Counter(error for proxy in soak.proxies for error in proxy.failures),
        "found": {**{name: len(what) for name, what in found.items()}, "sent by two at once": verdict.crossed},
    }
    lines = [line for name, rows in tables.items() for line in table(name, rows)]
    return "\n".join([*lines, *(f"{name}: {one}" for name, what in found.items() for one in what[:TOLD])])


def faults(soak: Soak) -> dict[str, dict[str, int]]:
    network = sum((proxy.injected for proxy in soak.proxies), Counter[str]())
    done = sum((Counter(ledger.done) for ledger in soak.ledgers), Counter[str]())
    injected = {name: network[name] for name in FAULTS} | soak.clinic.blows
    injected |= {name: n for name, n in done.items() if "kill" in name}
    others = {name: n for name, n in sorted(done.items()) if name not in injected}
    return {f"faults injected: {sum(injected.values())}": injected, "what else was done": others}


def table(name: str, rows: dict[str, int]) -> list[str]:
    return [name, *(f"{n:7}  {row}" for row, n in rows.items())]
