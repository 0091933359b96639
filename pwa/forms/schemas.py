"""A body written in an old schema is read for ever: pure steps, each from one schema of a kind to the next.

A new schema only adds, since older pages edit what newer ones wrote. It is a step here, its number in
`kinds.KINDS`, and a golden example in tests/forms/golden."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Body = dict[str, Any]
Steps = Mapping[tuple[str, int], Callable[[Body], Body]]

#: (kind, schema of what comes in) → the body in the next schema
STEPS: Steps = {}


def raised(
    kind: str, schema: int, body: Body, to: int, steps: Mapping[tuple[str, int], Callable[[Body], Body]] = STEPS
) -> Body:
    """The body as the schema `to` would have written it."""
    for step in range(schema, to):
        body = steps[kind, step](body)
    return body
