"""Pictures of counts as SVG: columns over time, and bars of names. The page's style sheet colours them, for light, dark and print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import shorten

from newsgraph.explorer.display_text import display_text

WIDTH = 720  # pixels
_LEFT, _RIGHT, _TOP, _BOTTOM, _HEIGHT = 52, 8, 26, 26, 240  # of columns
_NAME, _BAR, _GAP, _FIGURE = 230, 18, 8, 64  # of bars: room of names, height, gap, room of the figure behind a bar
_WIDEST = 96  # room of a column
_LETTERS = 34  # of a name
_LABELS = 12  # periods that are labelled below columns
COLOURS = 6
"""Series with a colour of their own."""


def column_chart(title: str, periods: Sequence[str], series: Mapping[str, Sequence[int]]) -> str:
    """Draw stacked columns: a column for each period, a part for each series (name -> a count for each period)."""
    totals = [sum(counts[place] for counts in series.values()) for place in range(len(periods))]
    most, step = _scale(max(totals, default=0))
    wide = min((WIDTH - _LEFT - _RIGHT) / max(len(periods), 1), _WIDEST)
    high = _HEIGHT - _TOP - _BOTTOM
    parts = []
    for value in range(0, most + 1, step):
        y = _TOP + high * (1 - value / most)
        parts.append(
            f'<path class="grid" d="M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}"/><text class="end" x="{_LEFT - 6}" y="{y + 4:.1f}">{value:,}</text>'
        )
    below = [0] * len(periods)
    for number, counts in enumerate(series.values()):
        for place, count in enumerate(counts):
            if count:
                tall, base = high * count / most, _TOP + high * (1 - below[place] / most)
                x = _LEFT + wide * place + wide * 0.1
                parts.append(
                    f'<rect class="s{number % COLOURS}" x="{x:.1f}" y="{base - tall:.1f}" width="{wide * 0.8:.1f}" height="{tall:.1f}"/>'
                )
                below[place] += count
    every = -(-len(periods) // _LABELS) if periods else 1
    for place in range(0, len(periods), every):
        x = _LEFT + wide * (place + 0.5)
        parts.append(f'<text class="middle" x="{x:.1f}" y="{_HEIGHT - 8}">{escape(periods[place])}</text>')
    return _svg(title, _HEIGHT, [*_legend(list(series)), *parts])


def bar_chart(title: str, names: Sequence[str], series: Mapping[str, Sequence[float]]) -> str:
    """Draw a bar for each name and series, with its figure; series of one name lie below each other."""
    most = max((value for values in series.values() for value in values), default=0) or 1
    room = WIDTH - _NAME - _FIGURE
    tall = _BAR if len(series) == 1 else _BAR * 0.7
    high = _GAP + tall * len(series)
    top = _TOP if len(series) > 1 else 4
    parts = []
    for place, name in enumerate(names):
        y = top + high * place
        text = shorten(display_text(name), _LETTERS, placeholder="…") or display_text(name)[:_LETTERS]
        parts.append(f'<text class="end" x="{_NAME - 8}" y="{y + tall * len(series) / 2 + 4:.1f}">{escape(text)}</text>')
        for number, values in enumerate(series.values()):
            wide, at = room * values[place] / most, y + tall * number
            parts.append(f'<rect class="s{number % COLOURS}" x="{_NAME}" y="{at:.1f}" width="{wide:.1f}" height="{tall - 1:.1f}"/>')
            parts.append(f'<text x="{_NAME + wide + 6:.1f}" y="{at + tall / 2 + 4:.1f}">{values[place]:,g}</text>')
    return _svg(title, top + high * len(names) + 4, [*_legend(list(series)), *parts])


def _legend(names: list[str]) -> list[str]:
    """Name the series above the picture; a single one needs no legend."""
    if len(names) < 2:  # noqa: PLR2004 - see above
        return []
    wide = (WIDTH - _LEFT) / len(names)
    return [
        f'<rect class="s{number % COLOURS}" x="{_LEFT + wide * number:.1f}" y="4" width="11" height="11"/>'
        f'<text x="{_LEFT + wide * number + 16:.1f}" y="14">{escape(name)}</text>'
        for number, name in enumerate(names)
    ]


def _scale(most: int) -> tuple[int, int]:
    """Return the top of a scale and its step: whole numbers, two to five steps."""
    step = next(size * power for power in (10**n for n in range(19)) for size in (1, 2, 5) if size * power * 5 >= most)
    return max(-(-most // step), 1) * step, step


def _svg(title: str, high: float, parts: list[str]) -> str:
    body = "".join(parts)
    return f'<svg viewBox="0 0 {WIDTH} {high:.0f}" role="img" aria-label="{escape(title)}">{body}</svg>'
