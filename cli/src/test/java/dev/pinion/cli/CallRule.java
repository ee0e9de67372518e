// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.TextEdit;
import dev.pinion.analyzer.rule.Tier;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Rules for tests: every call of one function is a finding, or for one of them excused. */
public abstract class CallRule implements Rule {
  private static final long SLOW_NANOS = 200_000_000L;

  private final RuleInfo info;
  private final String callee;

  private CallRule(String id, Tier tier, String callee) {
    this.info = new RuleInfo(id, tier, "a call of " + callee, List.of("harmless"));
    this.callee = callee;
  }

  /** A warning for {@code test_defect()}. */
  public static final class Defect extends CallRule {
    public Defect() {
      super("test-defect", Tier.WARNING, "test_defect");
    }
  }

  /** An error for {@code test_sure_defect()}. */
  public static final class SureDefect extends CallRule {
    public SureDefect() {
      super("test-sure-defect", Tier.ERROR, "test_sure_defect");
    }
  }

  /** A latent finding for {@code test_smell()}. */
  public static final class Smell extends CallRule {
    public Smell() {
      super("test-smell", Tier.LATENT, "test_smell");
    }
  }

  /** Excuses every {@code test_excused()}. */
  public static final class Harmless extends CallRule {
    public Harmless() {
      super("test-harmless", Tier.WARNING, "test_excused");
    }
  }

  /** Crashes over every {@code test_crash()}; in {@code exhaust()} for want of memory. */
  public static final class Crash extends CallRule {
    public Crash() {
      super("test-crash", Tier.WARNING, "test_crash");
    }
  }

  /** Takes its time over every {@code test_wait()}, so that a scan can be interrupted. */
  public static final class Slow extends CallRule {
    public Slow() {
      super("slow-wait", Tier.LATENT, "test_wait");
    }
  }

  /** A warning for {@code test_curable()}, which {@code test_fine()} would cure. */
  public static final class Curable extends CallRule {
    public Curable() {
      super("fix-curable", Tier.WARNING, "test_curable");
    }
  }

  /** A latent finding for {@code test_cursed()}, whose fix is a finding of another rule. */
  public static final class Cursed extends CallRule {
    public Cursed() {
      super("fix-cursed", Tier.LATENT, "test_cursed");
    }
  }

  @Override
  public RuleInfo info() {
    return info;
  }

  @Override
  public Collection<String> files(Program program) {
    return program.files(Term.CALL, callee);
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    return program.facts(function).callees().contains(callee);
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    for (BasicBlock block : program.ir(function).cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Call call && call.name().equals(callee)) {
          judge(function, call.position(), program, report);
        }
      }
    }
  }

  private void judge(FunctionRef function, Position at, Program program, Report report) {
    Location location = Location.of(function.file(), at);
    Location start = Location.of(function.file(), program.facts(function).position());
    List<Related> story = List.of(new Related(start, "the function starts here"));
    if (this instanceof Crash && function.name().equals("exhaust")) {
      throw new OutOfMemoryError("Java heap space");
    } else if (this instanceof Crash) {
      throw new IllegalStateException("this rule always crashes");
    } else if (this instanceof Slow) {
      LockSupport.parkNanos(SLOW_NANOS);
    } else if (this instanceof Harmless) {
      report.excused(
          new Excused(
              info.id(), location, function.name(), "harmless", "it does nothing at all", story));
    } else {
      report.finding(
          new Finding(
              info.id(),
              info.tier(),
              location,
              function.name(),
              "'" + callee + "' is called",
              story,
              fixes(location)));
    }
  }

  private List<Fix> fixes(Location location) {
    String better =
        this instanceof Curable ? "test_fine" : this instanceof Cursed ? "test_smell" : "";
    return better.isEmpty()
        ? List.of()
        : List.of(
            Fix.complete("call " + better, List.of(new TextEdit(location, callee, better))),
            Fix.remark("think again", "somebody who knows"));
  }
}
