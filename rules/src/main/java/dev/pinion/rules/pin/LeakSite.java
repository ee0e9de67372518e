// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Acquisitions;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.HandedOut;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A call after which the function has a reference that is its own to give back.
 *
 * @param kind how it comes by it
 * @param block where the call stands
 * @param argument what is counted, or the loop's cursor; -1 if it is the result
 */
record LeakSite(Kind kind, Instruction.Call call, int block, int argument) {
  private static final String FAMILY = "reference";
  private static final NameTable TAKERS = new NameTable("LeakSite.takers", LeakSite::takers);

  /** A get that is longer than this does more than that. */
  private static final int MAX_LINES = 12;

  /** How a function comes by a reference. */
  enum Kind {
    /** It is handed one with the result. */
    FOUND,
    /** So it may be: the result's function takes some, and the function puts the result. */
    LIKELY,
    /** A loop macro holds one to its cursor while the body runs. */
    LOOP,
    /** It takes one more of what it knows already. */
    COUNTED
  }

  /** Whether a function has a loop that holds a reference, from facts alone. */
  static boolean mayLoop(FunctionRef function, Program program) {
    return program.callees(function).stream()
        .anyMatch(c -> program.model().does(c, FAMILY, "each"));
  }

  /** Whether it may take a reference in another way, by the names it calls. */
  static boolean mayTake(FunctionRef function, Program program) {
    return program.callees(function).stream().anyMatch(c -> TAKERS.has(c, program));
  }

  /** Whether it puts what a function gave that may hand references out, from facts alone. */
  static boolean mayFind(FunctionRef function, Program program) {
    return PutCalls.of(program).anyOfLocal(function)
        && program.callees(function).stream().anyMatch(c -> acquires(c, function, program));
  }

  private static boolean acquires(String callee, FunctionRef function, Program program) {
    return !program.model().knows(callee)
        && Acquisitions.of(program).acquires(callee, function.file())
            == Acquisitions.Acquisition.YES;
  }

  private static Set<String> takers(Program program) {
    return program.settled(
        "LeakSite.all takers",
        () -> {
          Set<String> all = new TreeSet<>(Takers.trying(program));
          all.addAll(Takers.taking(program));
          all.addAll(Takers.handing(program));
          for (Api row : program.model().family(FAMILY)) {
            if (row.operation().equals("take")) {
              all.add(row.name());
            }
          }
          return all;
        });
  }

  /** All of a body, in the order of its blocks. */
  static List<LeakSite> of(Function body, FunctionRef function, Program program) {
    List<LeakSite> all = new ArrayList<>();
    for (BasicBlock block : body.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Call call && !call.name().isEmpty()) {
          of(call, block.id(), function, program).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private static Optional<LeakSite> of(
      Instruction.Call call, int block, FunctionRef function, Program program) {
    Optional<Api> row = program.model().find(FAMILY, call.name());
    if (row.filter(r -> r.operation().equals("each")).isPresent()) {
      return call.kind() == Instruction.CallKind.ITERATOR && call.result().isPresent()
          ? Optional.of(new LeakSite(Kind.LOOP, call, block, row.get().argument("cursor")))
          : Optional.empty();
    }
    if (row.filter(r -> r.operation().equals("take")).isPresent()) {
      return call.result().isPresent()
          ? Optional.of(new LeakSite(Kind.FOUND, call, block, -1))
          : Optional.empty();
    }
    Optional<CountCall> count = CountCall.of(call, function, program);
    if (count.isPresent()) {
      return count
          .filter(c -> isPlain(c, function, program) && isOneObject(c.value()))
          .map(c -> new LeakSite(Kind.COUNTED, call, block, c.argument()));
    }
    if (call.result().isEmpty()) {
      return Optional.empty();
    }
    if (Takers.HANDING.has(call.name(), program)
        && HandedOut.of(program).by(call.name(), function.file())) {
      return Optional.of(new LeakSite(Kind.FOUND, call, block, -1));
    }
    return acquires(call.name(), function, program)
        ? Optional.of(new LeakSite(Kind.LIKELY, call, block, -1))
        : Optional.empty();
  }

  /** Whether it takes a reference and does little else, and says so if it may fail. */
  private static boolean isPlain(CountCall call, FunctionRef function, Program program) {
    if (call.effect() == CountEffect.PUT
        || (call.effect() == CountEffect.TRY_GET && !call.saysSo(function, program))) {
      return false;
    }
    Optional<Api> row = program.model().find("object", call.call().name());
    return row.isPresent()
        ? !row.get().is("plain")
        : program
            .resolve(call.call().name(), function.file())
            .map(program::facts)
            .filter(f -> f.endLine() - f.position().line() <= MAX_LINES)
            .isPresent();
  }

  /** An element of an array is another one on the next round. */
  private static boolean isOneObject(Value value) {
    List<Step> steps =
        value instanceof Value.Load load
            ? load.path().steps()
            : ((Value.AddressOf) value).path().steps();
    return steps.stream().noneMatch(s -> s instanceof Step.Index);
  }

  /** The call as a reader knows it. */
  String text() {
    return call.name() + "()";
  }
}
