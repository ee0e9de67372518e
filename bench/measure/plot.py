# SPDX-License-Identifier: Apache-2.0
"""Line plots as SVG, to be read on a light and on a dark page: no background, and colours that follow
what the reader's system prefers."""

import math
import statistics
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 68, 150, 48, 58

# Each line's colour on a light page and on a dark one.
COLOURS = (("#0969da", "#58a6ff"), ("#bc4c00", "#f0883e"), ("#1a7f37", "#3fb950"))


def _style():
    light, dark = (
        "".join(
            f"  .s{i} path {{ stroke: {c[side]} }} .s{i} circle, .s{i} text {{ fill: {c[side]} }}\n"
            for i, c in enumerate(COLOURS)
        )
        for side in (0, 1)
    )
    return f"""
  text {{ font-family: system-ui, sans-serif; font-size: 13px; fill: #424a53 }}
  .title {{ font-weight: 600; font-size: 15px }}
  .grid {{ stroke: #8c959f; stroke-opacity: .3 }}
  .axis {{ stroke: #6e7781 }}
  .line {{ stroke-width: 2; fill: none }}
  .range {{ stroke-width: 1.5 }}
{light}  @media (prefers-color-scheme: dark) {{
  text {{ fill: #c9d1d9 }}
{dark}  }}
"""


@dataclass(frozen=True)
class Line:
    """One tool or quantity: at each x the values of all rounds."""

    name: str
    points: list


@dataclass(frozen=True)
class Axis:
    """From values to places; ticks are (value, label)."""

    label: str
    ticks: list
    low: float
    high: float
    start: float
    end: float

    def at(self, value):
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def linear(label, largest, start, end):
    """An axis from 0 to a round number not below the largest value."""
    step = _round_step(largest / 5 if largest > 0 else 1)
    count = max(1, math.ceil(largest / step - 1e-9))
    ticks = [(i * step, f"{i * step:,.10g}") for i in range(count + 1)]
    return Axis(label, ticks, 0, count * step, start, end)


def steps(label, values, start, end):
    """An axis with the same distance between all values, which are named."""
    ticks = [(i, f"{v:,}") for i, v in enumerate(values)]
    return Axis(label, ticks, -0.3, max(len(values) - 1, 0) + 0.3, start, end)


def _round_step(least):
    power = 10 ** math.floor(math.log10(least))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= least * (1 - 1e-9))


def over_sizes(title, x_label, y_label, lines):
    """Cost against an amount, both from 0 on, so that what is in proportion lies on a line."""
    x = linear(x_label, max(x for line in lines for x, _ in line.points), LEFT, WIDTH - RIGHT)
    return _svg(title, x, _vertical(y_label, lines), lines)


def over_steps(title, x_label, y_label, values, lines):
    """Cost against values that grow by a factor."""
    x = steps(x_label, values, LEFT, WIDTH - RIGHT)
    placed = [
        Line(line.name, [(values.index(v), costs) for v, costs in line.points]) for line in lines
    ]
    return _svg(title, x, _vertical(y_label, lines), placed)


def _vertical(label, lines):
    largest = max(value for line in lines for _, values in line.points for value in values)
    return linear(label, largest, HEIGHT - BOTTOM, TOP)


def _svg(title, x, y, lines):
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{escape(title)}">',
        f"<style>{_style()}</style>",
        f'<text class="title" x="{LEFT}" y="22">{escape(title)}</text>',
    ]
    parts += _horizontal_axis(x) + _vertical_axis(y)
    for number, line in enumerate(lines):
        parts += _drawn(f"s{number % len(COLOURS)}", line, x, y)
    parts += _names(lines, y)
    return "\n".join(parts + ["</svg>", ""])


def _horizontal_axis(x):
    bottom = HEIGHT - BOTTOM
    parts = [f'<path class="axis" d="M{x.start} {bottom}H{x.end}"/>']
    for value, label in x.ticks:
        at = f"{x.at(value):.1f}"
        parts.append(f'<path class="axis" d="M{at} {bottom}v5"/>')
        parts.append(f'<text text-anchor="middle" x="{at}" y="{bottom + 20}">{label}</text>')
    middle = (x.start + x.end) / 2
    parts.append(
        f'<text text-anchor="middle" x="{middle:.1f}" y="{HEIGHT - 14}">{escape(x.label)}</text>')
    return parts


def _vertical_axis(y):
    parts = []
    for value, label in y.ticks:
        at = y.at(value)
        parts.append(f'<path class="grid" d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text text-anchor="end" x="{LEFT - 8}" y="{at + 4:.1f}">{label}</text>')
    middle = (y.start + y.end) / 2
    parts.append(
        f'<text text-anchor="middle" transform="translate(18 {middle:.1f}) rotate(-90)">'
        f"{escape(y.label)}</text>"
    )
    return parts


def _drawn(style, line, x, y):
    """Through the middle values, with a stroke from the smallest to the largest at each."""
    middles = [(x.at(v), y.at(statistics.median(costs))) for v, costs in line.points]
    path = "L".join(f"{a:.1f} {b:.1f}" for a, b in middles)
    parts = [f'<g class="{style}">', f'<path class="line" d="M{path}"/>']
    for (a, b), (_, costs) in zip(middles, line.points):
        low, high = y.at(min(costs)), y.at(max(costs))
        parts.append(f'<path class="range" d="M{a:.1f} {low:.1f}V{high:.1f}"/>')
        parts.append(f'<circle class="dot" cx="{a:.1f}" cy="{b:.1f}" r="3.5"/>')
    return parts + ["</g>"]


def _names(lines, y):
    """The names of the lines at the right, moved apart where they would lie on each other."""
    ends = [
        (y.at(statistics.median(line.points[-1][1])), number, line)
        for number, line in enumerate(lines)
    ]
    parts = []
    above = -math.inf
    for at, number, line in sorted(ends, key=lambda end: end[:2]):
        above = max(at, above + 16)
        parts.append(
            f'<g class="s{number % len(COLOURS)}"><text'
            f' x="{WIDTH - RIGHT + 12}" y="{above + 4:.1f}">'
            f"{escape(line.name)}</text></g>"
        )
    return parts
