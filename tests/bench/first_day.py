"""From the clinic's form to the app on a new patient's phone: what the service takes, and about what a person does.

`python -m tests.bench.first_day`. The first is a run in Chromium, without a person; the second is the keystroke-level
model of Card, Moran and Newell (Communications of the ACM 23(7), 1980, pages 396 to 410) over the same steps."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Playwright, sync_playwright

from tests.bench.timing import seconds
from tests.browser.first_day import Steps, by_passkey, by_password, follow, invite
from tests.browser.scene import ARGUMENTS, CHROMIUM, Live, Phone, come_in

ROUNDS = 5
#: seconds. K: a sign, as an average typist who is no secretary, in a code, and by somebody to whom the keyboard is new
K, K_OF_A_CODE, K_SLOW = 0.28, 0.75, 1.20
#: P: to point at something. H: a hand to the keyboard or back. M: to think of what comes next
P, H, M = 1.10, 0.40, 1.35
#: what no page counts. Before the first one: unlock the phone, open its camera, the square's link. After the last: the
#: browser's own prompt, and the app on the home screen; of a passkey also its prompt
BEFORE, AFTER, PROMPT = 3, 2, 1
#: on an iPhone besides: "Get a code", Share, Add to Home Screen, Add, Sign in, "I have a code", Sign in; and the code
ON_AN_IPHONE, CODE = 7 + 1, 8
#: words a minute that are read without a sound (Brysbaert, Journal of Memory and Language 109, 2019)
READ = 238


def measure() -> None:
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        live = Live(Path(folder))
        for way, prompts in ((by_password, 0), (by_passkey, PROMPT)):
            rounds = [once(playwright, live, Path(folder) / f"{way.__name__}-{n}", way) for n in range(ROUNDS)]
            desk, phone, _ = rounds[0]
            service = statistics.median(took for *_, took in rounds)
            tell(way.__name__.replace("_", " "), desk, phone, service, BEFORE + AFTER + prompts)
        live.kill()


def once(playwright: Playwright, live: Live, profile: Path, way: Callable[[Steps], None]) -> tuple[Steps, Steps, float]:
    """What was done, and how long Chromium and the service took for it."""
    live.begin()
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    page = browser.new_page(base_url=live.address)
    come_in(page, "front-desk")
    page.goto("/clinic/invitations")
    one = Phone(playwright, profile, live.address)
    desk, phone, links = Steps(page), Steps(one.open()), list[str]()
    took = seconds(lambda: links.append(invite(desk, read))) + seconds(lambda: follow(phone, links[0], way))
    one.close()
    browser.close()
    return desk, phone, took


def read(square: Locator) -> str:
    [found] = zxingcpp.read_barcodes(Image.open(BytesIO(square.screenshot())))
    return str(found.text)


def tell(way: str, desk: Steps, phone: Steps, service: float, beside: int) -> None:
    print(f"\n{way}: pages, fields, signs, taps at the clinic {desk.taken().row()}, on the phone {phone.taken().row()}")
    print(f"  Chromium and the service                    {service:6.1f} s, the median of {ROUNDS}")
    for who, key, in_a_code in (("usual", K, K_OF_A_CODE), ("slow", K_SLOW, K_SLOW)):
        at_desk, on_phone = estimate(desk, key, hands=2 * H), estimate(phone, key, hands=0) + beside * (M + P + key)
        total = at_desk + on_phone + service
        print(f"  {who:<6} hand: clinic {at_desk:6.1f} s, patient {on_phone:6.1f} s, with the service {total:6.1f} s")
        print(f"         on an iPhone besides               {ON_AN_IPHONE * (M + P + key) + CODE * in_a_code:6.1f} s")
    print(f"  and every word of the three pages read      {phone.words / READ * 60:6.1f} s, {phone.words} words")


def estimate(steps: Steps, key: float, hands: float) -> float:
    """A thought, a way and a press for each tap and each field; in a field also the hands and the signs."""
    done = steps.taken()
    return (done.taps + done.fields) * (M + P + key) + done.fields * hands + done.signs * key


if __name__ == "__main__":
    measure()
