"""Pictures of every page, made by one command, to lay beside the design: `make screenshots`."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tools.serving import demo_clinic

OUT, PICTURES = Path("screenshots"), Path("docs/pictures")
#: what README shows, as it stands on the screen: (name, page) → picture
README = {
    ("390", "today"): "today",
    ("390", "check-in"): "check-in",
    ("dim", "progress"): "progress-dim",
    ("1440", "clinician-patient"): "patient",
}
PATIENT = {
    "today": "",
    "check-in": "check-in",
    "after-session": "after-session",
    "body": "body",
    "checks": "checks",
    "home-dose": "home-dose",
    "safety-plan": "safety-plan",
    "journal": "journal",
    "journal-entry": "journal/entry",
    "progress": "progress",
    "goal": "goal",
    "help": "help",
    "more": "more",
    "waiting": "waiting",
    "welcome": "welcome",
}
#: name → (page, what is tapped there)
TAPPED = {
    "check-in-support": ("check-in", "tide-thoughts .choice label >> nth=1"),
    "after-session-severe": ("after-session", "tide-effect .sev label >> nth=3"),
    "body-open": ("body", ".part summary >> nth=8"),
    "journal-entry-shared": ("journal/entry", ".who label >> nth=1"),
    "progress-table": ("progress", ".as label >> nth=1"),
    "progress-cycles": ("progress", ".windows label >> nth=3"),
}
OFFLINE = ("today", "waiting", "more")
#: name → (width, height, language, theme)
PHONES = {
    "390": (390, 844, "en", "light"),
    "320": (320, 640, "en", "light"),
    "1440": (1440, 900, "en", "light"),
    "fr": (390, 844, "fr", "light"),
    "dim": (390, 844, "en", "dark"),
}
DESKS = {
    "1440": (1440, 900, "en", "light"),
    "390": (390, 844, "en", "light"),
    "320": (320, 640, "en", "light"),
    "fr": (1440, 900, "fr", "light"),
    "dim": (1440, 900, "en", "dark"),
}


def main() -> None:
    with sync_playwright() as playwright, demo_clinic(Path(".make/pictures")) as (address, password):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        for name, (width, height, language, theme) in PHONES.items():
            context = browser.new_context(
                base_url=address,
                viewport={"width": width, "height": height},
                device_scale_factor=2 if width < 1000 else 1,
                color_scheme="dark" if theme == "dark" else "light",
                timezone_id="America/Toronto",
            )
            of_a_phone(context, name, language, password)
            context.close()
        for name, (width, height, language, theme) in DESKS.items():
            context = browser.new_context(
                base_url=address,
                viewport={"width": width, "height": height},
                color_scheme="dark" if theme == "dark" else "light",
                timezone_id="America/Toronto",
            )
            of_a_desk(context, name, language, password)
            context.close()
        browser.close()


def of_a_phone(context: BrowserContext, name: str, language: str, password: str) -> None:
    page = context.new_page()
    for what in ("sign-in", "invited"):
        take(page, name, what, f"/{what}")
    sign_in(page, "patient@demo.test", password)
    settle_in(page, language)
    for what, path in PATIENT.items():
        take(page, name, what, f"/{language}/{path}")
    for what in ("account", "account/looks", "account/password", "terms"):
        take(page, name, what.replace("/", "-"), f"/{what}")
    look(page, language, "#just-had")
    for what in ("today", "check-in", "after-session"):
        take(page, name, f"{what}-after", f"/{language}/{PATIENT[what]}")
    look(page, language, "#usual-look")
    for what, (path, tap) in TAPPED.items():
        take(page, name, what, f"/{language}/{path}", tap)
    context.set_offline(True)
    for what in OFFLINE:
        take(page, name, f"{what}-offline", f"/{language}/{PATIENT[what]}")
    context.set_offline(False)
    switch_lock_on(page, language)
    take(page, name, "more-lock", f"/{language}/more", "#lock summary")
    shut_lock(page)
    take(page, name, "lock", f"/{language}/lock")
    take(page, name, "lock-adding", f"/{language}/lock", "#plan ~ .opens summary")
    take(page, name, "lock-forgot", f"/{language}/lock", "#forgot-pin")
    take(page, name, "check-in-locked", f"/{language}/check-in?locked")


def of_a_desk(context: BrowserContext, name: str, language: str, password: str) -> None:
    page = context.new_page()
    for who in ("clinician", "therapist", "manager", "desk"):
        context.clear_cookies()
        sign_in(page, f"{who}@demo.test", password)
        speak(page, language)
        take(page, name, f"{who}-start", page.url)
        rooms = [str(room.get_attribute("href")) for room in page.locator(".rail > a").all()]
        for n, room in enumerate(rooms[1:], 2):
            take(page, name, f"{who}-room-{n}", room)
        page.goto("/clinic/")
        first = page.locator("main a[href*='/clinic/patients/']").first
        if not first.count():
            continue
        patient = str(first.get_attribute("href"))
        take(page, name, f"{who}-patient", patient)
        if who == "clinician":
            take(page, name, "clinician-treatment", f"{patient}/treatments/new")
            take(page, name, "clinician-emergency", "/clinic/emergency")
            take(page, name, "clinician-treatment-refused", f"{patient}/treatments/new", ".record .acts button")


def settle_in(page: Page, language: str) -> None:
    """Reads the first page, and waits until the phone has all that the clinic's server holds."""
    page.goto(f"/{language}/welcome")
    page.locator("#read").click()
    page.wait_for_url(f"**/{language}/")
    page.locator("tide-status use[href='#i-sent']").wait_for(state="attached")


def switch_lock_on(page: Page, language: str) -> None:
    page.goto(f"/{language}/more")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")  # without it there is no lock
    for field in ("#pin-new", "#pin-again"):
        page.fill(field, "204816")
    page.click("#lock-on")
    page.locator("#lock-now").wait_for()


def shut_lock(page: Page) -> None:
    page.click("#lock-now")
    page.locator("#pad").wait_for()


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_load_state("networkidle")


def speak(page: Page, language: str) -> None:
    if page.locator("html").get_attribute("lang") != language:
        with page.expect_navigation():
            page.locator(f"form button[name=language][value={language}]").first.click()


def look(page: Page, language: str, button: str) -> None:
    """The page loads anew in the other look."""
    page.goto(f"/{language}/")
    with page.expect_navigation():
        page.locator(button).click()


def take(page: Page, name: str, what: str, path: str, tap: str = "") -> None:
    page.goto("about:blank")
    page.goto(path)
    page.wait_for_load_state("networkidle")
    if tap:
        page.locator(tap).click()
        page.wait_for_load_state("networkidle")
    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{what}.png", full_page=True)
    if picture := README.get((name, what)):
        page.screenshot(path=PICTURES / f"{picture}.png")


if __name__ == "__main__":
    main()
