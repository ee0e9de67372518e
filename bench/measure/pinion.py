# SPDX-License-Identifier: Apache-2.0
"""Pinion's own lines of the table."""

import glob
import json
import os
import shutil
import time

from . import Unusable, child
from .rounds import Row

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Pinion(Row):
    """A scan with all rules, weaker findings and what was left out, as JSON."""

    def __init__(self, tree, work):
        self.tree = tree
        self.out = os.path.join(work, "pinion.json")
        self.store = os.path.join(work, "store")

    def scan(self):
        argv = [
            os.path.join(HOME, "pinion"), "scan", self.tree, "--store", self.store,
            "--tier", "latent", "--show-excused", "--format", "json", "--output", self.out,
            "--fail-on", "never", "--progress", "never",
        ]
        before = build()
        cost = child.run(argv)
        if build() != before:
            raise child.Failed("Pinion's sources have changed and its build was measured; run again")
        return cost

    def empty_store(self):
        shutil.rmtree(self.store, ignore_errors=True)

    def found(self):
        with open(self.out, encoding="utf-8") as json_file:
            number = len(json.load(json_file)["findings"])
        return f"{number:,} finding{'' if number == 1 else 's'}"


class Cold(Pinion):
    """Nothing is known of any file."""

    name = "pinion, cold"

    def measure(self, turn):
        self.empty_store()
        return self.scan()


class Warm(Pinion):
    """The store is as the row before left it and no file has changed."""

    name = "pinion, warm"

    def measure(self, turn):
        return self.scan()


class Changed(Pinion):
    """As warm, but some files have changed; afterwards they are as they were.

    :param changes: gives the changes of a turn
    """

    def __init__(self, tree, work, changes, number):
        super().__init__(tree, work)
        self.changes = changes
        self.number = number
        self.name = f"pinion, warm, {number} file{'' if number == 1 else 's'} changed"

    def measure(self, turn):
        with self.changes(turn):
            return self.scan()


def build():
    """The folder of the build that the launcher starts; empty if there is none yet."""
    try:
        with open(os.path.join(HOME, "cli", "target", ".built"), encoding="utf-8") as built:
            return built.read().strip()
    except FileNotFoundError:
        return ""


def prepare():
    """Builds Pinion if it has to be, and waits for the archive of its classes, which its first start
    makes in a process of its own.

    :raises Unusable: if it cannot be built
    """
    try:
        child.run([os.path.join(HOME, "pinion"), "--version"])
    except child.Failed as e:
        raise Unusable(str(e)) from e
    for _ in range(600):
        if not glob.glob(os.path.join(build(), "classes-*.making")):
            break
        time.sleep(0.2)
