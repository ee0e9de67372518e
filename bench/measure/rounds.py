# SPDX-License-Identifier: Apache-2.0
"""Runs one thing after the other, again and again, so that what else the machine does weighs on all
of them alike."""

import time
from dataclasses import dataclass, field

from . import child


class Row:
    """One line of the table. A subclass says what is run; costs come from measure()."""

    name = ""

    def missing(self):
        """Why this cannot be run here, in one line; empty if it can."""
        return ""

    def measure(self, turn):
        """Runs it once and gives its cost; what has to be set up for it is not counted."""
        raise NotImplementedError

    def found(self):
        """What the last run gave, to see that it did its work."""
        raise NotImplementedError

    def version(self):
        """Which version of the tool it is; empty if that is said elsewhere."""
        return ""


@dataclass
class Measured:
    """What came of a row.

    :ivar costs: one for each whole round
    :ivar why_not: why there are none, in one line; empty if there are some
    :ivar failed: whether that is because a run failed
    :ivar found: what the last run gave
    """

    row: Row
    costs: list = field(default_factory=list)
    why_not: str = ""
    failed: bool = False
    found: str = ""


def interleave(rows, number, say):
    """Runs each row once, then each once more, and so on. A row that cannot be run, or fails, is left
    out from then on and says why.

    :param say: gets a line about each run
    :returns: one Measured for each row, in their order, and how many rounds are whole: fewer than
        asked for if it was interrupted, and then the costs are those of the whole ones
    """
    all_measured = [Measured(row, why_not=row.missing()) for row in rows]
    for turn in range(number):
        try:
            for measured in all_measured:
                if not measured.why_not:
                    _once(measured, turn, f"{turn + 1}/{number}", say)
        except KeyboardInterrupt:
            for measured in all_measured:
                del measured.costs[turn:]
            return all_measured, turn
    return all_measured, number


def _once(measured, turn, which, say):
    try:
        cost = measured.row.measure(turn)
        measured.found = measured.row.found()
        measured.costs.append(cost)
        say(
            f"{time.strftime('%H:%M:%S')} round {which}: {measured.row.name}: CPU {cost.cpu:.2f} s,"
            f" wall {cost.wall:.2f} s, {cost.resident >> 20} MiB"
        )
    except child.Failed as e:
        measured.costs.clear()
        measured.why_not = f"failed: {e}"
        measured.failed = True
        say(f"round {which}: {measured.row.name}: {measured.why_not}")
