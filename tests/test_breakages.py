"""Whether each breaking of a rule can still be tried; `make breakages` tries them."""

from __future__ import annotations

import re

import pytest

from tools.breakages import Breakage, all_breakages, is_soak
from tools.trees import ROOT


@pytest.mark.parametrize("breakage", list(all_breakages()), ids=lambda one: one.rule)
def test_what_it_breaks_stands_once_and_its_test_is_there(breakage: Breakage) -> None:
    assert (ROOT / breakage.file).read_text("utf-8").count(breakage.text) == 1
    if is_soak(breakage.test):
        return
    file, _, name = breakage.test.partition("::")
    assert re.sub(r"\[.*", "", name) in (ROOT / file).read_text("utf-8")
