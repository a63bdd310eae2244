"""A Chromium without a window for tests that look at pages, or the reason why there is none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Error, expect, sync_playwright

WAIT = 90_000  # milliseconds for all that a page is waited for: a busy machine is no failure
expect.set_options(timeout=WAIT)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
]  # fmt: skip
"""WebGL by the processor: a map is drawn as with a graphics card, and the browser does not complain of slow pictures."""


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start a browser, or skip the test."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium here")
    with sync_playwright() as play:
        try:
            browser = play.chromium.launch(executable_path=program, args=ARGUMENTS)
        except Error as error:
            pytest.skip(f"Chromium cannot be started: {error.message.splitlines()[0]}")
        try:
            yield browser
        finally:
            browser.close()
