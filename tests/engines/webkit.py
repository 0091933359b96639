"""WebKitGTK, the nearest to an iPhone that runs anywhere, through its own driver and Selenium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, WebKitGTK, WebKitGTKOptions, WebKitGTKService
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from urllib3.exceptions import HTTPError

from tests.browser.scene import Live
from tests.engines.engine import Engine

DRIVER = "/usr/bin/WebKitWebDriver"
KEYS = {"ArrowLeft": Keys.ARROW_LEFT, "ArrowRight": Keys.ARROW_RIGHT}
#: its window is no narrower than 447 px
SIZE = (460, 900)
#: seconds, more than a script may take; now and then a page's process never answers anything again
ANSWERS_WITHIN = 45


class WebKit(Engine):
    """It cannot be told that it is offline, and begins empty each time."""

    PASSING = (WebDriverException,)

    def __init__(self, live: Live, display: str) -> None:
        super().__init__(live)
        self.environment = {**os.environ, "DISPLAY": display, "TZ": "America/Toronto"}

    def open(self) -> None:
        options = WebKitGTKOptions()
        options.add_argument("--automation")
        options.binary_location = str(next(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")))
        self.driver = WebKitGTK(options, WebKitGTKService(DRIVER, env=self.environment))
        self.driver.command_executor.client_config.timeout = ANSWERS_WITHIN
        self.driver.set_window_size(*SIZE)

    def answers(self) -> bool:
        try:
            return bool(self.js("true"))
        except (HTTPError, WebDriverException):
            return False

    def close(self) -> None:
        self.driver.quit()

    def go(self, path: str) -> None:
        self.driver.get(self.live.address + path)

    def js(self, expression: str) -> Any:
        said = self.driver.execute_async_script(AWAITED % expression)
        if "error" in said:
            raise WebDriverException(said["error"])
        return said.get("value")

    def tap(self, element: str) -> None:
        self._do(element, WebElement.click)

    def press(self, element: str, key: str) -> None:
        """What is drawn over is no element to send keys to, so they go to where the focus is."""
        focused = f"(document.querySelector({element!r}).focus(), document.activeElement.matches({element!r}))"
        self.until(lambda: self.js(focused), element)
        ActionChains(self.driver).send_keys(KEYS[key]).perform()

    def write(self, element: str, words: str) -> None:
        self._do(element, lambda one: (one.clear(), one.send_keys(words)))

    def _do(self, element: str, deed: Any) -> None:
        self.until(partial(self._did, element, deed), element)

    def _did(self, element: str, deed: Any) -> bool:
        by = By.XPATH if element.startswith("//") else By.CSS_SELECTOR
        shown = [one for one in self.driver.find_elements(by, element) if one.is_displayed()]
        if shown:
            deed(shown[0])
        return bool(shown)

    @contextmanager
    def other_tab(self) -> Iterator[None]:
        first = self.driver.current_window_handle
        self.driver.switch_to.new_window("tab")
        yield
        self.driver.switch_to.window(first)

    def begin_again(self) -> None:
        """Its automation would begin without a profile, so it reads the page anew."""
        self.driver.refresh()


AWAITED = """const done = arguments[arguments.length - 1];
Promise.resolve().then(() => (%s)).then((value) => done({ value }), (error) => done({ error: String(error) }));"""
