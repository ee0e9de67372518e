// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import dev.pinion.analyzer.engine.Coverage;
import dev.pinion.analyzer.engine.Extent;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Problem;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.RulePage;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.cli.report.Item;
import dev.pinion.cli.report.Report;
import dev.pinion.cli.report.Status;
import dev.pinion.cli.report.TreeName;
import java.util.List;
import java.util.Optional;

/** A report with one of everything, so that every branch of a format is in its golden file. */
final class Samples {
  static final List<RuleInfo> RULES =
      List.of(
          new RuleInfo(
              "rcu-list-plain-delete",
              Tier.WARNING,
              "a node that lockless readers walk is removed by a plain delete",
              List.of("never-published", "after-grace-period")),
          new RuleInfo("symbol-get-leak", Tier.ERROR, "a path leaves with the pin held", List.of()),
          new RuleInfo("symbol-get-pile", Tier.LATENT, "many symbols of one module", List.of()));

  static final RulePage PAGE =
      new RulePage(
          "rcu-list-plain-delete",
          "# rcu-list-plain-delete\n\n## What\n\nA \"node\" is removed\nwith `list_del`.\n\n## Why\n\nx\n");

  private Samples() {}

  static Report full() {
    return new Report(
        "0.1.0",
        new TreeName("/src/linux", Optional.of("1234abcd"), Optional.of("6.12.117")),
        List.of(existing(), plainDelete(), leak(), pile(), cured()),
        Optional.of(List.of(excused())),
        new Coverage(
            3,
            40,
            38,
            List.of(
                new Coverage.Entry(
                    "fs/x.c", new Problem(Problem.Kind.SYNTAX, 7, "x_read", "unexpected token")),
                new Coverage.Entry(
                    "fs/y.c", new Problem(Problem.Kind.ARM_NOT_TAKEN, 9, "y_read", "#else of 4")))),
        List.of("rule symbol-get-pile crashed in fs/x.c, function x_read: NullPointerException"),
        RULES);
  }

  static Report empty() {
    return new Report(
        "0.1.0",
        new TreeName("/src/linux", Optional.empty(), Optional.empty()),
        List.of(),
        Optional.empty(),
        new Coverage(0, 0, 0, List.of()),
        List.of(),
        List.of());
  }

  private static Item plainDelete() {
    return new Item(
        reported(
            "00aa11bb22cc33dd",
            new Finding(
                "rcu-list-plain-delete",
                Tier.WARNING,
                new Location("drivers/a b/x:1.c", 120, 2),
                "foo_release",
                "plain list_del() of 'struct foo.node', which <lockless> readers & \"co\" walk",
                List.of(
                    new Related(new Location("drivers/a b/x:1.c", 80, 2), "inserted here"),
                    new Related(new Location("net/core/r.c", 12, 3), "walked in an RCU section")))),
        new Extent(121, 9),
        Status.NEW,
        Optional.of("net: walk without the lock"),
        Optional.empty());
  }

  private static Item leak() {
    return Item.of(
        reported(
            "11aa11bb22cc33dd",
            new Finding(
                "symbol-get-leak",
                Tier.ERROR,
                new Location("drivers/vfio/v.c", 3, 9),
                "open",
                "symbol_get(kvm_get_kvm) is not put on the path that returns -EINVAL",
                List.of())),
        new Extent(3, 20),
        Status.NEW);
  }

  private static Item pile() {
    return new Item(
        reported(
            "22aa11bb22cc33dd",
            new Finding(
                "symbol-get-pile",
                Tier.LATENT,
                new Location("drivers/vfio/v.c", 5, 1),
                "",
                "five symbols of one module",
                List.of())),
        new Extent(5, 2),
        Status.NEW,
        Optional.of("vfio: one more symbol"),
        Optional.of("vfio: one ops table"));
  }

  private static Item cured() {
    return new Item(
        reported(
            "44aa11bb22cc33dd",
            new Finding(
                "symbol-get-leak",
                Tier.ERROR,
                new Location("net/x.c", 8, 3),
                "probe",
                "old leak",
                List.of(new Related(new Location("net/x.c", 4, 2), "taken here")))),
        new Extent(8, 9),
        Status.CURED,
        Optional.empty(),
        Optional.of("net: put what was taken"));
  }

  private static Item existing() {
    return Item.of(
        reported(
            "33aa11bb22cc33dd",
            new Finding(
                "symbol-get-leak",
                Tier.ERROR,
                new Location("a.c", 1, 1),
                "probe",
                "known",
                List.of())),
        new Extent(1, 4),
        Status.EXISTING);
  }

  private static Excused excused() {
    return new Excused(
        "symbol-get-leak",
        new Location("drivers/vfio/vfio_main.c", 400, 7),
        "vfio_device_get_kvm_safe",
        "handed-over",
        "the pin is stored in device->put_kvm, which vfio_device_put_kvm() drops",
        List.of(new Related(new Location("drivers/vfio/vfio_main.c", 430, 2), "put here")));
  }

  private static Reported reported(String fingerprint, Finding finding) {
    return new Reported(fingerprint.substring(0, 12), fingerprint, finding);
  }
}
