"""Draws the app's icons from the look's tide mark: `python -m tools.icons`. What it draws is kept in the repository."""

from pathlib import Path

from playwright.sync_api import sync_playwright

ICONS = Path("pwa/static/icons")
INK, SAND, WATER = "#123b46", "#f4ead2", "#c6dcdf"
#: name → (pixels, how much of it the mark fills, corner radius as a share); maskable ones are cut by the phone
PICTURES = {
    "icon-192": (192, 0.92, 0.22),
    "icon-512": (512, 0.92, 0.22),
    "maskable-192": (192, 0.86, 0),
    "maskable-512": (512, 0.86, 0),
    "apple-touch-icon": (180, 0.92, 0),
}
MARK = f"""
<clipPath id="c"><circle cx="12" cy="12" r="9"/></clipPath>
<g clip-path="url(#c)" fill="none" stroke="{INK}" stroke-width="1.2">
  <path fill="{WATER}" stroke="none" d="M2 13.5c3 0 3.4-2 5.9-2s3 3 5.3 3 3.7-2.7 8.8-2.7V22H2z"/>
  <path d="M2 17.2c3 0 3.7-1.5 6-1.5s2.7 2.5 4.9 2.5 3.6-2 9.1-2.2"/>
</g>
<circle cx="12" cy="12" r="9.4" fill="none" stroke="{SAND}" stroke-width="1.4"/>
"""


def drawn(fills: float, corner: float) -> str:
    edge = round(24 / fills, 2)
    start = round(12 - edge / 2, 2)
    place = f'x="{start}" y="{start}" width="{edge}" height="{edge}" rx="{edge * corner:.2f}"'
    box = f'viewBox="{start} {start} {edge} {edge}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}><rect {place} fill="{INK}"/>{MARK}</svg>\n'


def main() -> None:
    (ICONS / "icon.svg").write_text(drawn(0.92, 0.22))
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path="/usr/bin/chromium") as browser:
        for name, (pixels, fills, corner) in PICTURES.items():
            page = browser.new_page(viewport={"width": pixels, "height": pixels})
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{drawn(fills, corner)}")
            page.screenshot(path=ICONS / f"{name}.png", omit_background=True)


if __name__ == "__main__":
    main()
