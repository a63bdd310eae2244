"""The colours of kinds differ for everybody: also for those who lack one of the three kinds of cones, and as marks of a few pixels."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from newsgraph.core.vocabulary import NODE_KINDS

# How colours look to people without red, green or blue cones: Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of
# Color Vision Deficiency" (2009), severity 1, for linear RGB.
VISIONS = {
    "normal": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
GROUNDS = {"light": ("#ffffff", "#fbfbf9"), "dark": ("#15171b", "#1c1f24")}
SHOWN_FIRST = ("company", "event", "story", "topic", "organisation")
LEAST, LEAST_FIRST, CONTRAST = 15, 20, 3.0


def _linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def _lab(linear: np.ndarray) -> np.ndarray:
    """Convert linear RGB to CIE L*a*b* for the light of day."""
    scaled = (TO_XYZ @ linear) / (TO_XYZ @ np.ones(3))
    x, y, z = np.where(scaled > 216 / 24389, np.cbrt(scaled), (24389 / 27 * scaled + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def _difference(one: str, other: str, vision: str) -> float:
    """Return the difference of two colours as somebody sees it: Delta E of 1976, 2.3 of which can just be seen side by side."""
    seen = [_lab(np.clip(VISIONS[vision] @ _linear(colour), 0, 1)) for colour in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((float(_linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("theme", GROUNDS)
def test_everybody_can_tell_the_colours_of_two_kinds_apart(theme: str, vision: str) -> None:
    close = []
    for one, other in combinations(NODE_KINDS, 2):
        least = LEAST_FIRST if {one, other} <= set(SHOWN_FIRST) else LEAST
        difference = _difference(getattr(NODE_KINDS[one], theme), getattr(NODE_KINDS[other], theme), vision)
        if difference < least:
            close.append((one, other, round(difference, 1)))
    assert close == []


@pytest.mark.parametrize("theme", GROUNDS)
def test_marks_can_be_seen_on_their_ground(theme: str) -> None:
    found = {name: min(_contrast(getattr(kind, theme), ground) for ground in GROUNDS[theme]) for name, kind in NODE_KINDS.items()}
    assert {name: contrast for name, contrast in found.items() if contrast < CONTRAST} == {}


def test_kinds_differ_by_shape_as_well() -> None:
    assert len({kind.mark for kind in NODE_KINDS.values()}) == len(NODE_KINDS)
