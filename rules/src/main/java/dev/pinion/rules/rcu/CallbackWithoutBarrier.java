// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * RCU callbacks in a module that can be unloaded, which never waits for those that are queued.
 *
 * <p>Source: {@code Documentation/RCU/checklist.rst}, item 17; {@code rcubarrier.rst}.
 */
@AutoService(Rule.class)
public final class CallbackWithoutBarrier implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-callback-without-barrier",
          Tier.WARNING,
          "RCU callbacks of a module that is unloaded without waiting for them",
          List.of("barrier", "built-in", "never-unloaded"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    return ModuleCallbacks.filesThatQueue(program);
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    return !first(function, program).isEmpty();
  }

  /** The callbacks that nobody queues before the function: what is missing is missing once. */
  private static List<FunctionRef> first(FunctionRef function, Program program) {
    return ModuleCallbacks.queuedBy(function, program).stream()
        .filter(c -> ModuleCallbacks.of(c, program).get(0).from().equals(function))
        .toList();
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    for (FunctionRef callback : first(function, program)) {
      judge(callback, ModuleCallbacks.of(callback, program).get(0), program, report);
    }
  }

  private static void judge(
      FunctionRef callback, ModuleCallbacks.Queueing queueing, Program program, Report report) {
    ModuleMap modules = ModuleMap.of(program);
    Location where = location(callback, queueing, program);
    List<ModuleMap.Module> loadable = ModuleCallbacks.loadable(callback, program);
    if (loadable.isEmpty()) {
      if (modules.kindOf(callback.file()) == ModuleMap.Kind.BUILT_IN) {
        excuse(
            report,
            where,
            queueing,
            "built-in",
            "the callback is never part of a module",
            List.of());
      }
      return;
    }
    ModuleMap.Module module = loadable.get(0);
    ModuleEnd end = new ModuleEnd(program, module);
    Optional<Related> barrier = end.barrier();
    if (barrier.isPresent()) {
      excuse(
          report,
          where,
          queueing,
          "barrier",
          "the module waits for its callbacks",
          List.of(barrier.get()));
      return;
    }
    if (!end.canBeUnloaded()) {
      excuse(
          report,
          where,
          queueing,
          "never-unloaded",
          "the module has an init function and no exit function",
          List.of());
      return;
    }
    report.finding(finding(callback, queueing, program, module, end));
  }

  private static Finding finding(
      FunctionRef callback,
      ModuleCallbacks.Queueing queueing,
      Program program,
      ModuleMap.Module module,
      ModuleEnd end) {
    List<Related> story = new ArrayList<>();
    story.add(
        new Related(
            Location.of(callback.file(), program.facts(callback).position()),
            callback.name() + "() is text of the module " + module.name()));
    Optional<Related> doubt = end.doubt();
    end.exit()
        .map(e -> doubt.isPresent() ? e : ModuleEnd.waitingForNothing(e))
        .ifPresent(story::add);
    doubt.ifPresent(story::add);
    return new Finding(
        INFO.id(),
        Doubts.tier(doubt),
        location(callback, queueing, program),
        queueing.from().name(),
        queueing.api().name()
            + "() leaves "
            + callback.name()
            + "() to run later, and the module "
            + module.name()
            + " is unloaded without a barrier for callbacks",
        story);
  }

  private static void excuse(
      Report report,
      Location where,
      ModuleCallbacks.Queueing queueing,
      String id,
      String because,
      List<Related> proof) {
    report.excused(new Excused(INFO.id(), where, queueing.from().name(), id, because, proof));
  }

  /** The call that queues; the function's own line if it is inside a macro. */
  private static Location location(
      FunctionRef callback, ModuleCallbacks.Queueing queueing, Program program) {
    FunctionRef from = queueing.from();
    Position position =
        Calls.of(program.ir(from), queueing.api().name()).stream()
            .filter(c -> mentions(c, queueing.api().argument("callback"), callback.name()))
            .findFirst()
            .map(Instruction.Call::position)
            .orElse(program.facts(from).position());
    return Location.of(from.file(), position);
  }

  private static boolean mentions(Instruction.Call call, int argument, String name) {
    return argument < call.arguments().size()
        && call.arguments().get(argument).toString().endsWith(name);
  }
}
