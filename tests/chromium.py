"""A Chromium without a window for tests that look at pages, or the reason why there is none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip


# the map is drawn by WebGL, here without a graphics card
WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@contextmanager
def open_browser(*, webgl: bool = False) -> Iterator[Browser]:
    """Start a browser, or skip the test."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium here")
    arguments = [*(one for one in ARGUMENTS if one != "--disable-gpu"), *WEBGL] if webgl else ARGUMENTS
    with sync_playwright() as play:
        try:
            browser = play.chromium.launch(executable_path=program, args=arguments)
        except Error as error:
            pytest.skip(f"Chromium cannot be started: {error.message.splitlines()[0]}")
        try:
            yield browser
        finally:
            browser.close()
