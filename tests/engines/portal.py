"""A captive portal: whatever one asks, it answers with its own page, and says that all is well."""

from collections.abc import Callable
from typing import Any

PAGE = b"<!doctype html><title>Free Wi-Fi</title><h1>Free Wi-Fi</h1><p>Accept the terms to go online.</p>"


def app(_: Any, start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(PAGE)))])
    return [PAGE]
