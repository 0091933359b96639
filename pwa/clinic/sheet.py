"""Tables for a spreadsheet, in which no cell becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response

#: a spreadsheet takes what begins so for a formula
FORMULA = tuple("=+-@＝＋－＠")


def sheet(name: str, head: Sequence[str], rows: Iterable[Iterable[Any]]) -> Response:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow([_harmless(value) for value in row])
    return Response(
        "\ufeff" + out.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.lstrip().startswith(FORMULA) else value
