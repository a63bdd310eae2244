"""Growth curves: processor time and memory over the number of articles, kept in a file of figures and drawn as SVG.

Usage: python benchmarks/growth.py FIGURES.json PICTURE.svg

Both axes go up by factors of ten, so that what grows linearly is a straight line as steep as the dotted one.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

# Okabe and Ito's colours, which most people can tell apart, without the yellow that is lost on white; brown is ours.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000", "#8b5a2b")
_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 340, 260, 60, 46, 90
_KEY = 20  # pixels for a line of the key


class Point(NamedTuple):
    """What somebody took for so many articles: processor time in seconds, and the most memory of one process in megabytes."""

    who: str
    articles: int
    processor: float
    megabytes: float


class Panel(NamedTuple):
    """One of the two charts: what it shows, and the powers of ten that its axis goes over."""

    title: str
    value: Callable[[Point], float]
    low: int
    high: int


def record(path: Path | None, points: Iterable[Point]) -> list[Point]:
    """Put points into a file of figures, in place of those of the same size, and give all that it holds; without a file, the points."""
    known = [Point(**one) for one in json.loads(path.read_text(encoding="utf-8"))] if path and path.exists() else []
    merged = {(one.who, one.articles): one for one in (*known, *points)}
    ordered = [merged[key] for key in sorted(merged)]
    if path:
        rows = (one._asdict() | {"processor": round(one.processor, 2), "megabytes": round(one.megabytes, 1)} for one in ordered)
        lines = ",\n".join(map(json.dumps, rows))
        path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    return ordered


def draw(points: Sequence[Point]) -> str:
    """Draw two charts side by side with one key, on a white card, so that it is read on a dark page, too."""
    who = sorted({one.who for one in points}, key=lambda name: (not name.startswith("newsgraph"), name))
    low, high = _decades(one.articles for one in points)
    panels = (
        Panel("processor time, seconds", _processor, *_decades(map(_processor, points))),
        Panel("peak memory, megabytes", _megabytes, *_decades(map(_megabytes, points))),
    )
    charts = [_chart(panel, points, who, (low, high)) for panel in panels]
    width, height = 2 * _WIDTH + _GAP + _LEFT + 45, _TOP + _HEIGHT + 56 + _KEY * math.ceil(len(who) / 2)
    shifted = "".join(
        f'<g transform="translate({_LEFT + place * (_WIDTH + _GAP)} {_TOP})">{chart}</g>' for place, chart in enumerate(charts)
    )
    key = "".join(_key(name, place) for place, name in enumerate(who))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="Processor time and memory over articles" font-family="sans-serif" font-size="12" fill="#222">'
        f'<rect width="{width}" height="{height}" rx="8" fill="#fff" stroke="#ccc"/>{shifted}{key}</svg>\n'
    )


def _processor(point: Point) -> float:
    return point.processor


def _megabytes(point: Point) -> float:
    return point.megabytes


def _decades(values: Iterable[float]) -> tuple[int, int]:
    """Give the powers of ten that hold all values."""
    logs = [math.log10(max(value, 0.01)) for value in values]
    low = math.floor(min(logs))
    return low, max(math.ceil(max(logs)), low + 1)


def _chart(panel: Panel, points: Sequence[Point], who: Sequence[str], size: tuple[int, int]) -> str:
    def x(articles: float) -> float:
        return round(_WIDTH * (math.log10(articles) - size[0]) / (size[1] - size[0]), 1)

    def y(value: float) -> float:
        return round(_HEIGHT * (1 - (math.log10(max(value, 0.01)) - panel.low) / (panel.high - panel.low)), 1)

    made = [f'<text x="0" y="-16" font-weight="bold">{panel.title}</text>']
    for power in range(panel.low, panel.high + 1):
        made.append(f'<path d="M0 {y(10.0**power)}H{_WIDTH}" stroke="#ddd"/>')
        made.append(f'<text x="-8" y="{y(10.0**power) + 4}" text-anchor="end">{10.0**power:,.10g}</text>')
    for power in range(size[0], size[1] + 1):
        made.append(f'<path d="M{x(10.0**power)} 0V{_HEIGHT}" stroke="#ddd"/>')
        made.append(f'<text x="{x(10.0**power)}" y="{_HEIGHT + 18}" text-anchor="middle">{10**power:,}</text>')
    made.append(f'<text x="{_WIDTH / 2}" y="{_HEIGHT + 36}" text-anchor="middle">articles</text>')
    decades = min(size[1] - size[0], panel.high - panel.low)
    across, up = _WIDTH * decades / (size[1] - size[0]), _HEIGHT * decades / (panel.high - panel.low)
    made.append(f'<path d="M0 {_HEIGHT}L{across:.1f} {_HEIGHT - up:.1f}" stroke="#888" stroke-dasharray="2 4"/>')
    for name in who:
        places = sorted((x(one.articles), y(panel.value(one))) for one in points if one.who == name)
        colour = _COLOURS[who.index(name) % len(_COLOURS)]
        made.append(
            f'<polyline points="{" ".join(f"{a},{b}" for a, b in places)}" fill="none" stroke="{colour}" stroke-width="2"{_dashed(name)}/>'
        )
        made += [f'<circle cx="{a}" cy="{b}" r="3" fill="{colour}"/>' for a, b in places]
    return "".join(made)


def _dashed(name: str) -> str:
    """Give others than newsgraph dashes."""
    return "" if name.startswith("newsgraph") else ' stroke-dasharray="7 3"'


def _key(name: str, place: int) -> str:
    left, top = _LEFT + (place % 2) * (_WIDTH + _GAP), _TOP + _HEIGHT + 58 + _KEY * (place // 2)
    colour = _COLOURS[place % len(_COLOURS)]
    return f'<path d="M{left} {top}h24" stroke="{colour}" stroke-width="3"{_dashed(name)}/><text x="{left + 32}" y="{top + 4}">{escape(name)}</text>'


def main() -> None:
    """Draw a file of figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("figures", type=Path)
    parser.add_argument("picture", type=Path)
    options = parser.parse_args()
    options.picture.write_text(draw(record(options.figures, [])), encoding="utf-8")


if __name__ == "__main__":
    main()
