"""Outlines of the marks of the page, as SVG path data in a square from -8 to 8, filled by the rule "evenodd".

The map's shader draws the same shapes (`viewer/src/map/shaders.ts`).
"""

from __future__ import annotations

from collections.abc import Mapping

_DIAMOND = "M0,-7.2L7.2,0L0,7.2L-7.2,0z"

OUTLINES: Mapping[str, str] = {
    "disc": "M-6,0a6,6 0 1,0 12,0a6,6 0 1,0 -12,0z",
    "square": "M-5.3,-5.3h10.6v10.6h-10.6z",
    "diamond": _DIAMOND,
    "star": "M0,-7.6L2.2,-2.6L7.4,-2.2L3.4,1.3L4.7,6.5L0,3.7L-4.7,6.5L-3.4,1.3L-7.4,-2.2L-2.2,-2.6z",
    "hexagon": "M0,-6.8L5.9,-3.4L5.9,3.4L0,6.8L-5.9,3.4L-5.9,-3.4z",
    "triangle": "M0,-6.6L6.8,5.4L-6.8,5.4z",
    "triangle_down": "M0,6.6L-6.8,-5.4L6.8,-5.4z",
    "ring": "M-6.3,0a6.3,6.3 0 1,0 12.6,0a6.3,6.3 0 1,0 -12.6,0zM-3.7,0a3.7,3.7 0 1,0 7.4,0a3.7,3.7 0 1,0 -7.4,0z",
    "cross": "M-2.1,-6.2h4.2v4.1h4.1v4.2h-4.1v4.1h-4.2v-4.1h-4.1v-4.2h4.1z",
    "dot": "M-3.6,0a3.6,3.6 0 1,0 7.2,0a3.6,3.6 0 1,0 -7.2,0z",
}
"""By the mark of a kind of things."""

EVENT_OUTLINES: Mapping[str, str] = {
    "deals": _DIAMOND,
    "money": f"{_DIAMOND}M-2.7,0a2.7,2.7 0 1,1 5.4,0a2.7,2.7 0 1,1 -5.4,0z",
    "law": "M-1.2,-6.2L-7.4,0L-1.2,6.2zM1.2,-6.2L7.4,0L1.2,6.2z",
    "people": "M-6.2,-1.2L0,-7.4L6.2,-1.2zM-6.2,1.2L0,7.4L6.2,1.2z",
    "products": "M0,-7.8L3.1,-4.7L0,-1.6L-3.1,-4.7zM4.7,-3.1L7.8,0L4.7,3.1L1.6,0zM0,1.6L3.1,4.7L0,7.8L-3.1,4.7zM-4.7,-3.1L-1.6,0L-4.7,3.1L-7.8,0z",
    "other": "M0,-4.2L4.2,0L0,4.2L-4.2,0z",
}
"""The diamond of an event, cut in another way for each group of types: the cut says which, and the colour that it is an event."""

SIGNS: Mapping[str, str] = {
    "sun": "M5.2,8a2.8,2.8 0 1 0 5.6,0a2.8,2.8 0 1 0 -5.6,0zM8,1.2v1.3M8,13.5v1.3M1.2,8h1.3M13.5,8h1.3"
    "M3.2,3.2l.9,.9M11.9,11.9l.9,.9M3.2,12.8l.9,-.9M11.9,4.1l.9,-.9",
    "moon": "M13.4,9.9A6,6 0 1 1 6.1,2.6a4.8,4.8 0 0 0 7.3,7.3z",
    "funnel": "M2,4h12M4.5,8h7M7,12h2",
}
"""Signs of buttons, in a square from 0 to 16, drawn as lines."""
