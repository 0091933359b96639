"""One application over two clinics in which everybody wrote; each test finds them as they were laid down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attacks.whole import Whole, lay_down
from tests.conftest import Clock, made


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    path, clock = tmp_path_factory.mktemp("whole") / "tidelog.db", Clock()
    apps = made(f"sqlite:///{path}", clock)
    whole = Whole(next(apps), clock, path)
    lay_down(whole)
    yield whole
    next(apps, None)


@pytest.fixture
def whole(laid: Whole) -> Whole:
    laid.put_back()
    return laid
