// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.CorrelatedLocks;
import dev.pinion.analyzer.dataflow.LockAnalysis;
import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.dataflow.NetLocks;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.Function;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What functions leave behind for their callers, by their bodies and what is known of callees. */
final class LockBodies {
  private final Program program;
  private final LockCalls calls;

  /** By name and file; many functions of a file call the same few. */
  private final Map<List<String>, List<LockEffect>> known = new HashMap<>();

  LockBodies(Program program, LockCalls calls) {
    this.program = program;
    this.calls = calls;
  }

  /** What a call of the function leaves behind. */
  List<LockEffect> effects(FunctionRef function) {
    List<LockEffect> direct = program.facts(function).locks().effects();
    if (isPrimitive(function.name())
        || program.facts(function).callees().stream()
            .allMatch(n -> effects(n, function.file()).isEmpty())
        || (direct.isEmpty() && !mayWrap(function))) {
      return isPrimitive(function.name()) ? List.of() : direct;
    }
    Function body = program.ir(function);
    Typing typing = new Typing(body, program.model());
    LockAnalysis analysis =
        new LockAnalysis(
            program.model(), body, typing, call -> effects(call.name(), function.file()));
    boolean isWrapper = soundsLikeLock(function.name());
    List<LockEffect> effects =
        NetLocks.of(
            body,
            CorrelatedLocks.solve(body, analysis),
            isWrapper ? NetLocks.OfCallees.PASSED_ON : NetLocks.OfCallees.IGNORED);
    return isWrapper ? effects : withoutProcessor(effects, direct);
  }

  private List<LockEffect> effects(String name, String file) {
    return known.computeIfAbsent(List.of(name, file), k -> calls.effects(name, file));
  }

  private boolean isPrimitive(String name) {
    return LockMacros.isPrimitive(program.model(), name);
  }

  /**
   * Less what a callee has done to the state of the processor. That hangs on more than the model
   * knows, interrupts are also off under spinlocks, and each caller would pass it on.
   */
  private static List<LockEffect> withoutProcessor(
      List<LockEffect> effects, List<LockEffect> direct) {
    return effects.stream()
        .filter(
            e ->
                !LockAnalysis.isOfProcessor(e.flavour())
                    || direct.stream().anyMatch(d -> d.flavour().equals(e.flavour())))
        .toList();
  }

  /**
   * Neither {@code block} nor {@code clock}. The words bound whose bodies are looked at, and who
   * passes on what its callees <em>may</em> have left behind: everybody calls {@code kfree()}, and
   * few are meant to leave behind what it may.
   */
  private static boolean soundsLikeLock(String name) {
    return Arrays.stream(name.split("_"))
        .anyMatch(
            w ->
                (w.endsWith("lock") || w.endsWith("locked"))
                    && !w.contains("block")
                    && !w.contains("clock"));
  }

  /** A function that calls a wrapper and, by its look, leaves something behind itself. */
  private boolean mayWrap(FunctionRef function) {
    if (soundsLikeLock(function.name())) {
      return true;
    }
    Set<LockEffect.Kind> kinds = EnumSet.noneOf(LockEffect.Kind.class);
    for (String callee : program.facts(function).callees()) {
      (isPrimitive(callee)
              ? LockMacros.primitive(program.model(), callee)
              : effects(callee, function.file()))
          .forEach(e -> kinds.add(e.kind()));
    }
    return isOneSided(kinds);
  }

  /** Takes and never gives back, or the other way round. */
  private static boolean isOneSided(Set<LockEffect.Kind> kinds) {
    boolean takes =
        kinds.contains(LockEffect.Kind.ACQUIRE)
            || kinds.contains(LockEffect.Kind.ENTER)
            || kinds.contains(LockEffect.Kind.MAYBE);
    boolean gives =
        kinds.contains(LockEffect.Kind.RELEASE) || kinds.contains(LockEffect.Kind.LEAVE);
    return takes != gives;
  }
}
