#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a change did to the findings on a real kernel, against the judgement of each in a ledger.

  ./dev corpus-diff                         scans all of 6.12, and compares with its ledger
  ./dev corpus-diff --scan report.json      takes a report that is there already
  ./dev corpus-diff --part fs --part virt   a part of the tree, and the ledger's rows of that part
  ./dev corpus-diff --kernel 6.1 --by-rule  another kernel, and the precision of each rule

Exit status: 0 nothing of note; 1 a true finding was lost, or an error or warning was judged by nobody;
2 unusable arguments or input.
"""

import argparse
import collections
import csv
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
TIERS = ("error", "warning", "latent")
SHOWN = ("error", "warning")
COLUMNS = ("rule", "file", "function", "line", "tier", "verdict", "reason")


class BadInput(Exception):
    """One line for the user: what, where, what to do."""


class Row(collections.namedtuple("Row", COLUMNS)):
    """One judgement of the ledger."""

    @property
    def key(self):
        return (self.rule, self.file, self.function)

    @property
    def is_true(self):
        return self.verdict == "true"

    def __str__(self):
        return f"{self.file}:{self.line} {self.function} [{self.rule}]"


class Found(collections.namedtuple("Found", ("rule", "file", "function", "line", "tier", "text"))):
    """A finding of a report, or with the tier `excused` a candidate that is not reported."""

    @property
    def key(self):
        return (self.rule, self.file, self.function)

    def __str__(self):
        return f"{self.file}:{self.line} {self.function} [{self.rule}]"


def is_in(file, parts):
    """Whether a file is in one of the parts; no parts are the whole tree."""
    return not parts or any(file == p or file.startswith(p + "/") for p in parts)


def read_ledger(path, parts):
    """The ledger's rows of some parts."""
    try:
        with open(path, newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            missing = [c for c in COLUMNS if c not in (reader.fieldnames or [])]
            if missing:
                raise BadInput(f"{path}: no column {missing[0]}; the first line names {', '.join(COLUMNS)}")
            rows = []
            for values in reader:
                if any(values[c] is None for c in COLUMNS) or None in values:
                    raise BadInput(f"{path}:{reader.line_num}: not {len(COLUMNS)} columns; quote what has a comma")
                if not values["line"].isdigit():
                    raise BadInput(f"{path}:{reader.line_num}: '{values['line']}' is no line number")
                if values["tier"] not in TIERS + ("excused",):
                    raise BadInput(f"{path}:{reader.line_num}: no tier is called '{values['tier']}'")
                row = Row(*(values[c] for c in COLUMNS))._replace(line=int(values["line"]))
                if is_in(row.file, parts):
                    rows.append(row)
            return rows
    except (OSError, UnicodeDecodeError) as e:
        raise BadInput(f"{path}: cannot be read ({e}); name a ledger with --ledger") from e


def read_report(path, parts):
    """What a scan's JSON says of some parts."""
    try:
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        found = [
            Found(f["rule"], f["file"], f["function"], f["line"], f["tier"], f["message"])
            for f in report["findings"]
        ]
        found += [
            Found(x["rule"], x["file"], x["function"], x["line"], "excused", x["because"])
            for x in report.get("excused", [])
        ]
    except OSError as e:
        raise BadInput(f"{path}: cannot be read ({e.strerror}); name a report with --scan") from e
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        raise BadInput(f"{path}: not the JSON of a scan; make it with `pinion scan --format json`") from e
    return [f for f in found if is_in(f.file, parts)]


def match(rows, found):
    """Pairs judgements with what is found, by rule, file and function.

    Findings are paired before candidates with an excuse, so that a finding that is still there is not
    taken for one that is excused now. Returns the pairs, rows left over, and what is left over of found.
    """
    left = collections.defaultdict(list)
    for row in rows:
        left[row.key].append(row)
    pairs, rest = [], []
    for is_excused in (False, True):
        here = collections.defaultdict(list)
        for f in found:
            if (f.tier == "excused") == is_excused:
                here[f.key].append(f)
        for key, some in here.items():
            paired = pair(left[key], some)
            pairs += paired
            left[key] = without(left[key], [row for row, _ in paired])
            rest += without(some, [f for _, f in paired])
    gone = [row for some in left.values() for row in some]
    return sorted(pairs, key=lambda p: place(p[1])), sorted(gone, key=place), sorted(rest, key=place)


def pair(rows, found):
    """Pairs those of one function: equal lines, then in order if all can be paired, else the nearest."""
    rows, found = sorted(rows, key=place), sorted(found, key=place)
    pairs = []
    for row in list(rows):
        exact = next((f for f in found if f.line == row.line), None)
        if exact:
            pairs.append((row, exact))
            rows, found = without(rows, [row]), without(found, [exact])
    if len(rows) == len(found):
        return pairs + list(zip(rows, found))
    while rows and found:
        row, f = min(((r, f) for r in rows for f in found), key=lambda p: abs(p[0].line - p[1].line))
        pairs.append((row, f))
        rows, found = without(rows, [row]), without(found, [f])
    return pairs


def place(x):
    return (x.file, x.line, x.rule)


def without(items, taken):
    """The items that are not taken; two that are equal are two."""
    gone = {id(t) for t in taken}
    return [i for i in items if id(i) not in gone]


class Difference:
    """What there is to say, and whether it is bad."""

    def __init__(self, rows, found):
        self.pairs, gone, rest = match(rows, found)
        knows_excused = any(f.tier == "excused" for f in found)
        # A report without excused candidates says nothing of those of the ledger.
        self.gone = [r for r in gone if r.tier != "excused" or knows_excused]
        self.excused = [(r, f) for r, f in self.pairs if f.tier == "excused" and r.tier != "excused"]
        self.new = [f for f in rest if f.tier != "excused"]
        self.moved = [
            (r, f) for r, f in self.pairs if r.tier != f.tier and f.tier != "excused"
        ]

    def lost(self):
        """True ones of which nothing is reported any more, or nothing that is shown."""
        lost = [(r, "nothing is there") for r in self.gone if r.is_true]
        lost += [(r, "excused now: " + f.text) for r, f in self.excused if r.is_true]
        lost += [
            (r, f"{f.tier} now")
            for r, f in self.moved
            if r.is_true and r.tier in SHOWN and f.tier not in SHOWN
        ]
        return sorted(lost, key=lambda l: (l[0].file, l[0].line, l[0].rule))

    def unjudged(self):
        """Errors and warnings that the ledger does not have."""
        return [f for f in self.new if f.tier in SHOWN]

    def is_bad(self):
        return bool(self.lost() or self.unjudged())

    def precision(self, name=lambda f: f.tier, names=TIERS):
        """Per tier, or by another name: how many are true, how many are not, how many nobody has judged."""
        table = {n: [0, 0, 0] for n in names}
        for row, f in self.pairs:
            if f.tier in TIERS:
                table.setdefault(name(f), [0, 0, 0])[0 if row.is_true else 1] += 1
        for f in self.new:
            table.setdefault(name(f), [0, 0, 0])[2] += 1
        return table

    def precision_by_rule(self):
        """The same per rule of each tier, as rows of tier, rule and three numbers."""
        table = self.precision(lambda f: (f.tier, f.rule), ())
        return [(*key, *table[key]) for key in sorted(table, key=lambda k: (TIERS.index(k[0]), k[1]))]

    def lines(self, by_rule=False):
        """The text for people."""
        lost = self.lost()
        if lost:
            yield f"LOST: {len(lost)} true"
            for row, how in lost:
                yield f"  {row}, was {row.tier}; {how}"
                yield f"    {row.reason}"
        rest = [r for r in self.gone if not r.is_true]
        yield from section("gone", [f"{r}, was {r.tier}, judged {r.verdict}" for r in rest])
        changed = [f"{f}: excused now, was {r.tier}, judged {r.verdict}" for r, f in self.excused if not r.is_true]
        yield from section("excused now", changed)
        changed = [f"{f}: {r.tier} → {f.tier}, judged {r.verdict}" for r, f in self.moved]
        yield from section("of another tier", changed)
        yield from section("UNJUDGED, shown", [f"{f.tier}: {f}: {f.text}" for f in self.unjudged()])
        latent = [f"{f}: {f.text}" for f in self.new if f.tier not in SHOWN]
        yield from section("unjudged, latent", latent)
        yield "precision:"
        for tier, (true, false, unjudged) in self.precision().items():
            judged = true + false
            share = f"{100 * true / judged:.0f} % of those judged" if judged else "none judged"
            yield f"  {tier}: {judged + unjudged}, {true} true, {false} not, {unjudged} unjudged; {share}"
        if by_rule:
            yield "| tier | rule | findings | true | not | unjudged |"
            yield "| --- | --- | ---: | ---: | ---: | ---: |"
            for tier, rule, true, false, unjudged in self.precision_by_rule():
                yield f"| {tier} | {rule} | {true + false + unjudged} | {true} | {false} | {unjudged} |"


def section(title, lines):
    """A titled list, nothing if it is empty."""
    if lines:
        yield f"{title}: {len(lines)}"
        for line in lines:
            yield "  " + line


def scan(version, parts, options):
    """Scans a kernel, the one that bench/kernels fetches; the path of the report."""
    fetched = subprocess.run([os.path.join(TOP, "bench/kernels"), version], capture_output=True, text=True)
    if fetched.returncode != 0:
        raise BadInput(f"no kernel {version}: {fetched.stderr.strip().splitlines()[-1:] or ''}; name a report with --scan")
    tree = fetched.stdout.strip()
    report = tempfile.NamedTemporaryFile(suffix=".json", delete=False).name
    command = [os.path.join(TOP, "pinion"), "scan", *(os.path.join(tree, p) for p in parts or [""])]
    command += ["--tier", "latent", "--show-excused", "--format", "json", "--output", report, *options]
    status = subprocess.run(command).returncode
    if status not in (0, 1):
        raise BadInput(f"the scan of {tree} ended with {status}")
    return report


def main(arguments):
    parser = argparse.ArgumentParser(prog="dev corpus-diff", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kernel", default="6.12", metavar="X.Y", help="the kernel, and so the ledger; default: 6.12")
    parser.add_argument("--ledger", metavar="FILE", help="default: corpus/triage/linux-X.Y.csv")
    parser.add_argument("--scan", metavar="FILE", help="JSON of a scan with --tier latent --show-excused; default: scan the kernel now")
    parser.add_argument("--part", action="append", default=[], metavar="PATH", help="only what is below PATH, from the tree's root; repeatable")
    parser.add_argument("--by-rule", action="store_true", help="a table of the precision of each rule, too")
    parser.add_argument("--store", metavar="DIR", help="the store of the scan")
    chosen = parser.parse_args(arguments)
    parts = [p.strip("/") for p in chosen.part]
    ledger = chosen.ledger or os.path.join(HERE, f"linux-{chosen.kernel}.csv")
    report = None
    try:
        rows = read_ledger(ledger, parts)
        if not chosen.scan:
            report = scan(chosen.kernel, parts, ["--store", chosen.store] if chosen.store else [])
        difference = Difference(rows, read_report(chosen.scan or report, parts))
    except BadInput as e:
        print(f"dev: {e}", file=sys.stderr)
        return 2
    finally:
        if report:
            os.remove(report)
    for line in difference.lines(chosen.by_rule):
        print(line)
    return 1 if difference.is_bad() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
