"""The system's Chromium, as the class's devices."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
PHONE, LAPTOP, PROJECTOR = (390, 780), (1366, 768), (1920, 1080)


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser that can be opened in many contexts."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


class Screen:
    """One device with one page; whatever goes wrong on it is kept."""

    def __init__(
        self,
        browser: Any,
        address: str,
        size: tuple[int, int],
        *,
        script: bool = True,
        dark: bool = True,
    ) -> None:
        width, height = size
        self.address = address
        self.faults: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
        )
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("requestfinished", lambda request: self._foreign(request.url))

    def _foreign(self, url: str) -> None:
        if not url.startswith((self.address, "data:")):
            self.faults.append(f"it asked for {url}")

    def go(self, path: str) -> None:
        """Opens a page; one that loads itself anew while it is left is left once more."""
        try:
            self.page.goto(self.address + path)
        except Exception as error:
            if "interrupted by another navigation" not in str(error):
                raise
            self.page.wait_for_load_state()
            self.page.goto(self.address + path)

    def join(self, code: str, seat: str, role: str = "", nick: str = "") -> None:
        self.go("/")
        self.page.fill("#code", code)
        self.page.fill("#nick", nick)
        self.page.click("button.go")
        self.page.check(f"input[name=seat][value={seat}]")
        self.page.check(f'input[name=role][value="{role}"]')
        self.page.click("button.go")
        self.page.wait_for_url("**/team/**")

    def open_part(self, part: str) -> None:
        if not self.page.evaluate(f"document.getElementById('part-{part}').open"):
            self.page.click(f"#part-{part} > summary")

    def pick(self, part: str, number: int) -> None:
        """Picks something of a part of the draft."""
        self.open_part(part)
        self.page.click(f"label:has(#{part}-{number})")

    def sees(self, words: str, place: str = "body", seconds: float = 60) -> None:
        """Waits until some words are to be seen."""
        end = time.monotonic() + seconds
        while not any(words in text for text in self._texts(place)):
            assert time.monotonic() < end, f"{words!r} is not in {self._texts(place)}"
            self.page.wait_for_timeout(100)

    def _texts(self, place: str) -> list[str]:
        """What is to be read there; nothing while the page gives way to another."""
        from playwright.sync_api import Error  # noqa: PLC0415 (it may not be installed)

        try:
            return list(self.page.locator(place).all_inner_texts())
        except Error as error:
            if "navigation" in error.message:
                return []
            raise

    def commit(self) -> None:
        self.go("/team/orders")
        if self.page.locator("input[name=sure]").count():  # somebody of the team still edits
            self.page.check("input[name=sure]")
        self.page.click("form[action='/team/commit'] button")
        self.sees("Committed", "#orders")
