# SPDX-License-Identifier: Apache-2.0
"""Figures as Markdown, and their place in a page."""

import os
import statistics
from dataclasses import dataclass

from . import Unusable

MIB = 1 << 20


def spread(values, digits):
    """Smallest, middle and largest of some values; of a single one, that."""
    if not values:
        return "–"
    shown = values
    if len(values) > 1:
        shown = (min(values), statistics.median(values), max(values))
    return " / ".join(f"{v:,.{digits}f}" for v in shown)


@dataclass(frozen=True)
class Quantity:
    """One of the things that are measured: its values in the order of the rounds."""

    name: str
    values: list
    digits: int


def quantities(costs):
    """What the table shows of a row's runs."""
    return [
        Quantity("CPU, s", [c.cpu for c in costs], 2),
        Quantity("wall, s", [c.wall for c in costs], 2),
        Quantity("resident, MiB", [c.resident / MIB for c in costs], 0),
    ]


def ratios(values, against):
    """Each run's value by that of the other tool in the same round: what the machine was busy with
    weighs on both."""
    return [v / a for v, a in zip(values, against) if a > 0]


def table(header, rows):
    """A Markdown table; all columns but the first, and those of what was found, are figures."""
    rule = ["---"] + ["---" if name == "found" else "---:" for name in header[1:]]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [header, rule, *rows])


def section(page, name):
    """What stands around a section of a page: the text before it and the text behind. A section is
    what is between the comments ``<!-- name -->`` and ``<!-- /name -->``.

    :raises Unusable: if the page has no such place, or cannot be written
    """
    try:
        with open(page, "r+", encoding="utf-8") as f:
            whole = f.read()
    except OSError as e:
        raise Unusable(f"{page}: {e.strerror}") from e
    before, begins, rest = whole.partition(f"<!-- {name} -->\n")
    _, ends, behind = rest.partition(f"<!-- /{name} -->")
    if not begins or not ends:
        raise Unusable(f"{page}: has no place between '<!-- {name} -->' and '<!-- /{name} -->'")
    return before + begins, ends + behind


def write_section(page, name, text):
    """Replaces a section of a page and leaves the rest of it alone.

    :raises Unusable: if there is no such section
    """
    before, behind = section(page, name)
    write(page, before + text + behind)


def write(file, text):
    """Replaces a file as a whole."""
    os.makedirs(os.path.dirname(os.path.abspath(file)), exist_ok=True)
    draft = file + ".draft"
    with open(draft, "w", encoding="utf-8") as out:
        out.write(text)
    os.replace(draft, file)
