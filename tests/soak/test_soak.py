"""A short soak, always of the same plan. `make soak` runs a long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.report import report
from tests.soak.run import Soak

pytestmark = pytest.mark.browser


def test_nothing_is_lost_doubled_or_seen_by_others(tmp_path: Path) -> None:
    soak = Soak(tmp_path, seed=7, seconds=12, phones=2)
    verdict = soak.run()
    assert verdict.is_good, report(soak, verdict)
    assert any(save.said for ledger in soak.ledgers for save in ledger.saves)
