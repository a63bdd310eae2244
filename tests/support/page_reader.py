"""Somebody who reads the page, by mouse or by keyboard, and counts the steps that a task takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Download, Locator, Page, expect

Role = Literal["button", "combobox", "tab", "menu"]
_KEYS = {"Enter", "/", "s", "Escape", "ArrowDown", "ArrowUp"}


@dataclass
class Reader:
    """Somebody who does a task; a step is a press of a button, or keys that are typed at one go."""

    page: Page
    by_mouse: bool = False
    steps: list[str] = field(default_factory=list)

    def keys(self, *presses: str) -> None:
        """Type or press keys at one go: single keys by their names, all else as letters."""
        self.steps.append(" ".join(presses))
        for press in presses:
            if press in _KEYS or "+" in press:
                self.page.keyboard.press(press)
            else:
                self.page.keyboard.type(press)

    def search(self, text: str) -> Locator:
        """Type into the search field; return the list of what it offers."""
        field = self.page.get_by_role("combobox", name="Search", exact=True)
        if self.by_mouse:
            self.steps.append(f"click the field and type {text}")
            field.click()
        else:
            self.keys("/")
        field.fill(text)
        return self.page.get_by_role("listbox", name="Search: results")

    def ask(self, text: str) -> None:
        """Type into the search field and take the first answer."""
        first = self.search(text).get_by_role("option").first
        expect(first).to_contain_text(re.compile("Question|Company|Event|Article"))
        if self.by_mouse:
            self.steps.append("click the answer")
            first.click()
        else:
            self.keys("Enter")

    def click(self, name: str, role: Role = "button", within: str = "") -> None:
        """Press a button, or the one that opens a menu."""
        place = self.page.locator(within) if within else self.page
        target = place.locator("summary", has_text=name) if role == "menu" else place.get_by_role(role, name=name, exact=True)
        self.press(target.first, name)

    def press(self, target: Locator, name: str) -> None:
        """Press a control: click it, or go to it with the keyboard and press Enter."""
        self.steps.append(f"press {name}")
        if self.by_mouse:
            target.click()
        else:
            target.focus()
            expect(target).to_be_focused()
            self.page.keyboard.press("Enter")

    def download(self, act: Callable[[], None]) -> tuple[str, bytes]:
        """Do what saves a file; return its name and content."""
        with self.page.expect_download() as waiting:
            act()
        saved: Download = waiting.value
        return saved.suggested_filename, Path(saved.path()).read_bytes()


@contextmanager
def new_reader(opened: Page, *, by_mouse: bool, most: int) -> Iterator[Reader]:
    """Open the page anew for a reader, who may take at most so many steps."""
    address = opened.url.partition("#")[0]
    opened.goto("about:blank")
    opened.goto(address)
    opened.wait_for_selector(".ng-map-controls")
    one = Reader(opened, by_mouse=by_mouse)
    yield one
    assert len(one.steps) <= most, one.steps
