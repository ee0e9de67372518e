// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolWrapper;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The result of symbol_get() called, read, or stored for a caller, without a test for NULL. */
@AutoService(Rule.class)
public final class SymbolGetUnchecked extends SymbolRule {
  private static final String TESTED = "tested-at-use";

  public SymbolGetUnchecked() {
    super(
        new RuleInfo(
            "symbol-get-unchecked",
            Tier.WARNING,
            "the result of symbol_get() used on a path where it may be NULL",
            List.of(TESTED)));
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    PinReport pins = PinReport.of(function, program);
    Map<Position, PinReport.Absent> once = new TreeMap<>();
    pins.absentUses().forEach(u -> once.putIfAbsent(u.position(), u));
    once.values().forEach(use -> unchecked(function, use, report));
    for (Site site : pins.context().sites()) {
      uncheckedStash(site, pins).ifPresent(stash -> judge(site, stash, pins, report));
    }
  }

  private void unchecked(FunctionRef function, PinReport.Absent use, Report report) {
    List<Related> story = new ArrayList<>();
    story.add(at(function, use.site().call().position(), "this may give NULL"));
    use.below().ifPresent(story::add);
    boolean isCalled = use.site().wrapper().effect() == SymbolWrapper.Effect.ATTACH;
    find(
        report,
        function,
        use.position(),
        "'"
            + Shown.path(use.path())
            + "' of "
            + use.site().text()
            + (use.below().isPresent() ? " is passed on unchecked" : " is used unchecked")
            + ": it is NULL if no live module provides the symbol"
            + (isCalled ? ", or the call fails" : ""),
        story);
  }

  /** A place outside of the function in which an untested NULL stays. */
  private static Optional<Pin.Stash> uncheckedStash(Site site, PinReport pins) {
    if (site.wrapper().effect() != SymbolWrapper.Effect.GET) {
      return Optional.empty();
    }
    for (PinReport.End end : pins.ends()) {
      Pin pin = end.world().pins().get(site.id());
      if (pin != null
          && pin.is(Pin.State.ABSENT)
          && pin.check() == Pin.Check.UNCHECKED
          && !pin.stashes().isEmpty()) {
        return Optional.of(pin.stashes().first());
      }
    }
    return Optional.empty();
  }

  private void judge(Site site, Pin.Stash stash, PinReport pins, Report report) {
    FunctionRef function = pins.context().ref();
    List<Related> tested = new ArrayList<>();
    for (FunctionRef user : users(stash, pins.context())) {
      Optional<Position> call = call(user, stash, pins.context());
      if (call.isEmpty()) {
        continue;
      }
      Optional<Position> test = test(user, stash, pins.context());
      if (test.isEmpty()) {
        find(
            report,
            function,
            stash.position(),
            site.text()
                + " is stored unchecked in '"
                + Shown.path(stash.path())
                + "', which "
                + user.name()
                + "() calls without a test",
            List.of(
                at(function, site.call().position(), "this may give NULL"),
                at(user, call.get(), "called here without a test")));
        return;
      }
      tested.add(at(user, test.get(), "tested here"));
    }
    if (!tested.isEmpty()) {
      excuse(
          report,
          function,
          stash.position(),
          TESTED,
          "everybody who calls '" + Shown.path(stash.path()) + "' tests it first",
          tested);
    }
  }

  /**
   * The functions that may call through the place: of the file for a variable, of all for a member.
   */
  private static List<FunctionRef> users(Pin.Stash stash, PinContext context) {
    Program program = context.program();
    Optional<FieldRef> field = Partners.field(context, stash.path());
    if (field.isEmpty()) {
      return program.functionsIn(context.ref().file());
    }
    return program.files(Term.CALL_THROUGH, field.get().field()).stream()
        .flatMap(path -> program.functionsIn(path).stream())
        .filter(function -> !program.facts(function).indirectCalls().isEmpty())
        .toList();
  }

  private static Optional<Position> call(FunctionRef user, Pin.Stash stash, PinContext context) {
    Program program = context.program();
    Optional<FieldRef> field = Partners.field(context, stash.path());
    if (field.isPresent()
        && program.facts(user).indirectCalls().stream()
            .noneMatch(p -> isField(p, user, field.get(), program))) {
      return Optional.empty();
    }
    PinContext there = new PinContext(user, program);
    for (Instruction.Call call : Calls.of(there.function())) {
      if (call.callee() instanceof Instruction.Callee.Indirect through
          && isSame(there, through.path(), stash, field)) {
        return Optional.of(call.position());
      }
    }
    return Optional.empty();
  }

  private static boolean isField(
      dev.pinion.analyzer.dataflow.TypedPath path,
      FunctionRef user,
      FieldRef field,
      Program program) {
    return program
        .types()
        .resolve(path, user.file())
        .flatMap(p -> p.field())
        .filter(field::equals)
        .isPresent();
  }

  private static Optional<Position> test(FunctionRef user, Pin.Stash stash, PinContext context) {
    Optional<FieldRef> field = Partners.field(context, stash.path());
    PinContext there = new PinContext(user, context.program());
    for (BasicBlock block : there.function().cfg().blocks()) {
      for (var path : Paths.tested(block)) {
        if (isSame(there, path, stash, field)
            && block.terminator() instanceof dev.pinion.analyzer.ir.Terminator.Branch branch) {
          return Optional.of(branch.position());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(
      PinContext there,
      dev.pinion.analyzer.ir.AccessPath path,
      Pin.Stash stash,
      Optional<FieldRef> field) {
    return field.isPresent()
        ? Partners.field(there, path).equals(field)
        : path.equals(stash.path()) && there.function().variable(path.root()).isEmpty();
  }
}
