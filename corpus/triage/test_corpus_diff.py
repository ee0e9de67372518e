#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tests of corpus_diff.py: python3 -m unittest discover -s corpus/triage"""

import contextlib
import io
import json
import os
import tempfile
import unittest

import corpus_diff

LEDGER = """rule,file,function,line,tier,verdict,reason
rcu-a,net/x.c,f,10,warning,true,"it is freed, at 12"
rcu-a,net/x.c,f,40,latent,false,only at init
rcu-b,fs/y.c,g,5,warning,false,the lock is the same
rcu-b,fs/z.c,h,7,excused,right,before it is published
"""


def finding(rule, file, function, line, tier="warning"):
    return {"rule": rule, "file": file, "function": function, "line": line, "tier": tier, "message": "m"}


ALL = [
    finding("rcu-a", "net/x.c", "f", 10),
    finding("rcu-a", "net/x.c", "f", 40, "latent"),
    finding("rcu-b", "fs/y.c", "g", 5),
]
EXCUSED = [{"rule": "rcu-b", "file": "fs/z.c", "function": "h", "line": 7, "because": "why not"}]


class CorpusDiff(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def run_on(self, findings, excused=EXCUSED, ledger=LEDGER, more=()):
        report = {"findings": findings}
        if excused is not None:
            report["excused"] = excused
        return self.run_with(self.write("l.csv", ledger), self.write("r.json", json.dumps(report)), *more)

    def run_with(self, ledger, report, *more):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = corpus_diff.main(["--ledger", ledger, "--scan", report, *more])
        self.out, self.err = out.getvalue(), err.getvalue()
        return status

    def test_nothing_has_changed(self):
        self.assertEqual(0, self.run_on(ALL))
        self.assertEqual(
            "precision:\n"
            "  error: 0, 0 true, 0 not, 0 unjudged; none judged\n"
            "  warning: 2, 1 true, 1 not, 0 unjudged; 50 % of those judged\n"
            "  latent: 1, 0 true, 1 not, 0 unjudged; 0 % of those judged\n",
            self.out,
        )

    def test_shifted_lines_are_the_same_findings(self):
        moved = [finding("rcu-a", "net/x.c", "f", 31), finding("rcu-a", "net/x.c", "f", 61, "latent"), ALL[2]]
        self.assertEqual(0, self.run_on(moved))
        self.assertNotIn("tier", self.out)

    def test_a_true_one_that_is_gone_is_loud(self):
        self.assertEqual(1, self.run_on(ALL[1:]))
        self.assertTrue(self.out.startswith("LOST: 1 true\n  net/x.c:10 f [rcu-a], was warning; nothing is there\n"))
        self.assertIn("    it is freed, at 12\n", self.out)

    def test_the_nearest_row_is_taken(self):
        self.assertEqual(1, self.run_on([finding("rcu-a", "net/x.c", "f", 38, "latent"), ALL[2]]))
        self.assertIn("LOST: 1 true\n  net/x.c:10 f", self.out)

    def test_a_true_one_that_is_excused_or_latent_now_is_lost(self):
        excuse = {"rule": "rcu-a", "file": "net/x.c", "function": "f", "line": 10, "because": "a lock"}
        self.assertEqual(1, self.run_on(ALL[1:], EXCUSED + [excuse]))
        self.assertIn("was warning; excused now: a lock", self.out)
        self.assertEqual(1, self.run_on([finding("rcu-a", "net/x.c", "f", 10, "latent"), *ALL[1:]]))
        self.assertIn("LOST: 1 true", self.out)
        self.assertIn("of another tier: 1\n  net/x.c:10 f [rcu-a]: warning → latent, judged true\n", self.out)

    def test_a_false_one_that_is_gone_is_only_told(self):
        self.assertEqual(0, self.run_on(ALL[:2]))
        self.assertIn("gone: 1\n  fs/y.c:5 g [rcu-b], was warning, judged false\n", self.out)

    def test_an_unjudged_warning_counts_and_an_unjudged_latent_one_does_not(self):
        self.assertEqual(1, self.run_on(ALL + [finding("rcu-a", "net/n.c", "n", 1)]))
        self.assertIn("UNJUDGED, shown: 1\n  warning: net/n.c:1 n [rcu-a]: m\n", self.out)
        self.assertEqual(0, self.run_on(ALL + [finding("rcu-a", "net/n.c", "n", 1, "latent")]))
        self.assertIn("unjudged, latent: 1\n  net/n.c:1 n [rcu-a]: m\n", self.out)
        self.assertEqual(1, self.run_on(ALL + [finding("rcu-a", "net/n.c", "n", 1, "error")]))

    def test_a_second_finding_in_the_same_function_is_unjudged(self):
        self.assertEqual(1, self.run_on(ALL + [finding("rcu-b", "fs/y.c", "g", 6)]))
        self.assertIn("warning: fs/y.c:6 g [rcu-b]", self.out)

    def test_what_was_excused_and_is_reported_is_a_change_of_tier(self):
        self.assertEqual(0, self.run_on(ALL + [finding("rcu-b", "fs/z.c", "h", 7)], []))
        self.assertIn("fs/z.c:7 h [rcu-b]: excused → warning, judged right", self.out)

    def test_excused_rows_count_only_if_the_report_has_excused_ones(self):
        self.assertEqual(0, self.run_on(ALL, None))
        self.assertNotIn("gone", self.out)
        other = dict(EXCUSED[0], function="other")
        self.assertEqual(0, self.run_on(ALL, [other]))
        self.assertIn("gone: 1\n  fs/z.c:7 h [rcu-b], was excused, judged right", self.out)

    def test_only_rows_of_the_part_count(self):
        self.assertEqual(0, self.run_on([ALL[2]], more=["--part", "fs/"]))
        self.assertEqual(1, self.run_on([ALL[2]], more=["--part", "fs", "--part", "net"]))
        self.assertEqual(0, self.run_on([ALL[2]], more=["--part", "ne"]))
        self.assertNotIn("fs/y.c", self.out)

    def test_each_rule_has_a_row_if_asked_for(self):
        self.assertEqual(0, self.run_on(ALL + [finding("rcu-b", "fs/n.c", "n", 1, "latent")], more=["--by-rule"]))
        self.assertTrue(
            self.out.endswith(
                "| tier | rule | findings | true | not | unjudged |\n"
                "| --- | --- | ---: | ---: | ---: | ---: |\n"
                "| warning | rcu-a | 1 | 1 | 0 | 0 |\n"
                "| warning | rcu-b | 1 | 0 | 1 | 0 |\n"
                "| latent | rcu-a | 1 | 0 | 1 | 0 |\n"
                "| latent | rcu-b | 1 | 0 | 0 | 1 |\n"
            )
        )

    def test_bad_input_is_one_line(self):
        ledger, report = self.write("l.csv", LEDGER), self.write("r.json", '{"findings": []}')
        cases = [
            (ledger, self.write("no.json", "nothing"), "not the JSON of a scan"),
            (ledger, self.write("list.json", "[]"), "not the JSON of a scan"),
            (ledger, self.write("half.json", '{"findings": [{"rule": "x"}]}'), "not the JSON of a scan"),
            (ledger, os.path.join(self.folder.name, "none.json"), "name a report with --scan"),
            (os.path.join(self.folder.name, "none.csv"), report, "name a ledger with --ledger"),
            (self.write("empty.csv", ""), report, "no column rule"),
            (self.write("short.csv", LEDGER + "rcu-a,net/x.c\n"), report, "not 7 columns"),
            (self.write("long.csv", LEDGER + "a,b,c,1,latent,true,x,y\n"), report, "not 7 columns"),
            (self.write("line.csv", LEDGER + "a,b,c,d,latent,true,x\n"), report, "'d' is no line number"),
            (self.write("tier.csv", LEDGER + "a,b,c,1,loud,true,x\n"), report, "no tier is called 'loud'"),
        ]
        for bad_ledger, bad_report, words in cases:
            with self.subTest(words):
                self.assertEqual(2, self.run_with(bad_ledger, bad_report))
                self.assertEqual("", self.out)
                self.assertIn(words, self.err)
                self.assertEqual(1, self.err.count("\n"))

    def test_the_ledgers_of_the_corpus_can_be_read(self):
        names = [n for n in os.listdir(corpus_diff.HERE) if n.endswith(".csv")]
        for kernel in ("6.1", "6.12"):
            self.assertIn(f"linux-{kernel}.csv", names)
        for name in names:
            self.assertTrue(corpus_diff.read_ledger(os.path.join(corpus_diff.HERE, name), []))


if __name__ == "__main__":
    unittest.main()
