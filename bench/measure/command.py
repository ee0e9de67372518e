# SPDX-License-Identifier: Apache-2.0
"""What the commands have in common: arguments, what is said around a table, and how they end."""

import argparse
import os
import shlex
import signal
import sys
from dataclasses import dataclass
from fractions import Fraction

from . import Unusable, child, machine, report, tree
from .pinion import HOME

PAGE = os.path.join(HOME, "docs", "performance.md")


def parser(name, doc):
    """Arguments that all commands take."""
    made = argparse.ArgumentParser(prog=name, description=doc)
    made.add_argument("tree", metavar="TREE", help="a kernel tree, or any folder of C")
    made.add_argument("--runs", type=count, default=3, metavar="N", help="rounds; default: 3")
    made.add_argument("--write", nargs="?", const=PAGE, metavar="PAGE",
                      help="also put the result into its place in a page, by default in"
                      " docs/performance.md")
    return made


def check_page(options, names):
    """Sees that results can be written before an hour is spent on them.

    :raises Unusable: if the page has no place for one of them
    """
    for name in names if options.write else ():
        report.section(options.write, name)


def count(text):
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 on")
    return int(text)


def counts(text):
    """Numbers with commas between, from 0 on, smallest first."""
    try:
        found = sorted({int(part) for part in text.split(",")})
    except ValueError:
        found = [-1]
    if found[0] < 0:
        raise argparse.ArgumentTypeError(f"'{text}' are not numbers such as 0,1,4")
    return found


def share(text):
    try:
        found = Fraction(text)
    except (ValueError, ZeroDivisionError):
        found = Fraction(0)
    if not 0 < found <= 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a share such as 1/16")
    return found


def shares(text):
    """Shares with commas between, smallest first."""
    return sorted({share(part) for part in text.split(",")})


def say(line):
    """Something about how it goes on, for whoever waits."""
    print(line, file=sys.stderr, flush=True)


def part_of(root, listing, wanted):
    """A part with C in it.

    :raises Unusable: if there is none
    """
    part = tree.part(root, listing, wanted)
    if not part.sources:
        raise Unusable(f"{root}: {wanted} of it has no C files; take a larger part")
    return part


def fitting(numbers, part):
    """Those numbers of files that a part has."""
    for number in numbers:
        if number > len(part.sources):
            say(f"{number} files cannot change, there are {len(part.sources)}; left out")
    return [number for number in numbers if number <= len(part.sources)]


@dataclass(frozen=True)
class Before:
    """What has to be looked at before anything is measured."""

    commit: str
    load: float


def before():
    return Before(machine.checkout(HOME), machine.load())


def preamble(what, whole, start):
    """What was measured, how often, and with which command.

    :param what: the files, in words
    :param whole: how many rounds are whole
    :param start: how things were before
    """
    times = "1 round" if whole == 1 else f"{whole} rounds"
    shown = [os.path.relpath(sys.argv[0], HOME)] + [
        os.path.basename(os.path.realpath(a)) if os.path.isdir(a) else a for a in sys.argv[1:]]
    spread = "" if whole == 1 else " Each figure is the smallest / middle / largest of all rounds."
    busy = " The machine was busy with other work: compare the rows with each other only."
    return (
        f"{times} over {what}, at commit {start.commit}, page cache warm, load average"
        f" {start.load:.1f} before, by `{shlex.join(shown)}`.{spread}"
        f"{busy if start.load > machine.cores() / 2 else ''}\n\n"
    )


def size(part):
    """A part in words."""
    share_of = "" if part.share == 1 else f"{part.share} of "
    return (
        f"{share_of}{os.path.basename(os.path.realpath(part.root))} ({len(part.sources):,} C files,"
        f" {part.bytes() / 1e6:,.1f} MB)"
    )


def facts(versions):
    """The machine, the tools, and what resident memory cannot tell."""
    told = [f"{name} {value}" for name, value in machine.facts()] + versions
    options = os.environ.get("PINION_JAVA_OPTS")
    if options:
        told.append(f"PINION_JAVA_OPTS `{options}`")
    floor = child.resident_floor() / report.MIB
    return (
        f"{'; '.join(told)}. CPU is user and system, of all processes of a command. Resident is the"
        f" largest process at its peak; below {floor:.0f} MiB it cannot be told.\n"
    )


def finish(options, sections, measured, whole):
    """Prints the sections, writes them where they belong, and gives the exit status: 0, 3 if
    something failed, 130 if it was interrupted. What is not whole is printed only.

    :param sections: (name, text)
    """
    for _, text in sections:
        print(text)
    failures = [m for m in measured if m.failed]
    for m in measured:
        if m.why_not:
            say(f"{m.row.name}: {m.why_not}")
    if whole < options.runs:
        say(f"interrupted: only {whole} of {options.runs} rounds are whole; nothing was written")
        return 130
    if failures:
        return 3
    if options.write:
        for name, text in sections:
            report.write_section(options.write, name, "\n" + text + "\n")
        say(f"written to {options.write}")
    return 0


def guarded(name, main):
    """Runs a command; what makes it impossible becomes one line and an exit status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return main()
    except Unusable as e:
        say(f"{name}: {e}")
        return 2
    except OSError as e:
        say(f"{name}: {e.filename or 'output'}: {e.strerror}")
        return 3
    except KeyboardInterrupt:
        say(f"{name}: interrupted before a round was whole")
        return 130
