// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the rules of this family tell what they have found at one place. */
record Told(RuleInfo rule, FunctionRef function, Location location, Report report) {
  /** A candidate that is none. */
  void excused(Excuse excuse) {
    report.excused(excuse.of(rule, location, function.name()));
  }

  /** A finding; a doubt makes it latent, and is the last line of its story. */
  void finding(String message, List<Related> story, Optional<String> doubt) {
    List<Related> all = new ArrayList<>(story);
    doubt.ifPresent(d -> all.add(new Related(location, "latent only: " + d)));
    report.finding(
        new Finding(
            rule.id(),
            doubt.isPresent() ? Tier.LATENT : Tier.WARNING,
            location,
            function.name(),
            message,
            all));
  }
}
