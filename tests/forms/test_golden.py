"""One example of every schema that ever shipped: it is taken for ever, and loses no field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pwa.forms.kinds import KINDS, judge
from pwa.forms.schemas import raised
from pwa.forms.spoken import answers

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))


def kind_and_schema(path: Path) -> tuple[str, int]:
    kind, _, schema = path.stem.rpartition("-")
    return kind, int(schema)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_body_of_every_shipped_schema_is_good_in_the_newest(app, path):
    kind, schema = kind_and_schema(path)
    body = raised(kind, schema, json.loads(path.read_text()), KINDS[kind].schema)
    with app.test_request_context():
        assert judge(kind, body) == []


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_body_is_said_in_words_with_every_answer_in_it(app, path):
    kind, _ = kind_and_schema(path)
    body = json.loads(path.read_text())
    with app.test_request_context():
        assert len(list(answers(kind, body))) == count(body)


def count(body):
    """Answers in all, those within groups too; a choice of several is one."""
    n = 0
    for value in body.values():
        groups = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
        n += sum(map(count, groups)) if groups else 1
    return n


def test_every_shipped_schema_has_its_example():
    shipped = {(name, schema) for name, kind in KINDS.items() for schema in range(1, kind.schema + 1)}
    assert {kind_and_schema(path) for path in GOLDEN} == shipped


def test_old_bodies_go_up_step_by_step():
    steps = {
        ("check-in", 1): lambda body: {**body, "mood": body["mood"] * 2},
        ("check-in", 2): lambda body: {"feeling": body["mood"]},
    }
    assert raised("check-in", 1, {"mood": 3}, 3, steps) == {"feeling": 6}
    assert raised("check-in", 2, {"mood": 3}, 3, steps) == {"feeling": 3}
    assert raised("check-in", 3, {"feeling": 3}, 3, steps) == {"feeling": 3}
