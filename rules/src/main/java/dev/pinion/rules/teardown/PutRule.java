// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import java.util.Collection;

/** A rule about puts that stand where something is held: what differs is what that does to them. */
abstract class PutRule implements Rule {
  private final RuleInfo info;

  PutRule(RuleInfo info) {
    this.info = info;
  }

  @Override
  public final RuleInfo info() {
    return info;
  }

  @Override
  public final Collection<String> files(Program program) {
    return program.files(Term.Trait.OPERATES);
  }

  @Override
  public final boolean isCandidate(FunctionRef function, Program program) {
    return PutSite.maybe(function, program);
  }

  @Override
  public final void check(FunctionRef function, Program program, Report report) {
    for (PutSite site : PutSite.in(function, program)) {
      judge(site, new Told(info, function, site.location(), report));
    }
  }

  /** Judges one put, and tells what there is to be said of it. */
  abstract void judge(PutSite site, Told told);
}
