"""What a first visit weighs: compressed bytes as they come over the wire, headers included."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.sync_api import Request

from tests.browser.scene import Live, Phone, come_in, until
from tests.browser.told import begin

pytestmark = pytest.mark.browser
KB = 1000
Weights = dict[str, int]


@pytest.fixture
def live(live: Live) -> Live:
    """Compresses as in earnest."""
    live.kill()
    live.start(QUALITY="11")
    return live


def test_the_first_visit_to_today_is_usable_after_60_kb_and_complete_after_160(new_phone: Phone, live: Live) -> None:
    come_in(new_phone.page, "ana")
    new_phone.page.wait_for_url("**/en/welcome")
    first = until_usable(new_phone)
    kept = kept_by_the_worker(live)
    report(first, "until usable")
    later = {path: weight for path, weight in kept.items() if path not in first and "/icons/" not in path}
    report(later, "kept by the worker besides")
    assert sum(first.values()) <= 60 * KB
    assert sum(first.values()) + sum(later.values()) <= 160 * KB


def test_charts_come_with_progress_and_not_before(new_phone: Phone, live: Live) -> None:
    begin(new_phone)
    new_phone.close()
    page = new_phone.open()
    page.goto("/en/")
    new_phone.says("All sent")
    assert page.evaluate("customElements.get('tide-chart') === undefined")
    page.goto("/en/progress")
    until(page, "customElements.get('tide-chart') !== undefined")


def until_usable(phone: Phone) -> Weights:
    """Of every address that a browser with nothing in its caches asks for; what it asks for twice comes once."""
    browser = phone.context.new_cdp_session(phone.page)
    phone.page.goto("about:blank")
    browser.send("Storage.clearDataForOrigin", {"origin": phone.address, "storageTypes": "service_workers,indexeddb"})
    asked: list[Request] = []
    phone.page.on("requestfinished", lambda request: asked.append(request))
    phone.page.goto("/en/")
    phone.says("All sent")
    phone.page.wait_for_load_state("networkidle")
    return {request.url.removeprefix(phone.address): came(request) for request in asked}


def came(request: Request) -> int:
    if request.method == "GET" and not request.url.endswith("/me"):
        return weight(request.url)
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def kept_by_the_worker(live: Live) -> Weights:
    script = urllib.request.urlopen(f"{live.address}/sw.js").read().decode()
    listed = json.loads(script.split("\n")[0].removeprefix("self.LIST = ").removesuffix(";"))
    return {path: weight(live.address + path) for path in ["/sw.js", "/pages.json", *listed["files"]]}


def weight(url: str) -> int:
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "zstd, br, gzip"})
    with urllib.request.urlopen(asked) as answer:
        return len(answer.read()) + len(str(answer.headers))


def report(weights: Weights, what: str) -> None:
    print(f"\n{sum(weights.values())} bytes {what}")
    for path, bytes_ in sorted(weights.items(), key=lambda one: -one[1]):
        print(f"{bytes_:>8} {path}")
