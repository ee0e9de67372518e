// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.Known;
import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which calls of one function leave to it what they are given, as its own paths show: who puts the
 * object behind such a call has not lost it there. That holds of the way in which the call has
 * ended on that path: a function may keep an object when it succeeds, and leave it to its caller
 * when it fails. None is taken to keep it only when it fails.
 */
final class LeakLending {
  /** How a call has ended, as far as its path has asked. */
  private enum End {
    SUCCEEDED,
    FAILED,
    NOT_ASKED
  }

  private final Program program;
  private final FunctionRef function;
  private final Function body;
  private final List<Instruction> instructions = new ArrayList<>();
  private final Map<Integer, Set<End>> givenBack = new HashMap<>();

  LeakLending(Program program, FunctionRef function, Function body) {
    this.program = program;
    this.function = function;
    this.body = body;
    for (BasicBlock block : body.cfg().blocks()) {
      instructions.addAll(block.instructions());
    }
  }

  /** A path has put the object. */
  void put(LeakStand stand) {
    for (int call : stand.lent()) {
      givenBack.computeIfAbsent(call, c -> EnumSet.noneOf(End.class)).add(end(call, stand));
    }
  }

  /** Whether all to whom a path has lent the object have given it back, as other paths show. */
  boolean isGivenBack(LeakStand stand) {
    return stand.lent().stream().allMatch(c -> isGivenBack(end(c, stand), c));
  }

  private boolean isGivenBack(End end, int call) {
    Set<End> seen = givenBack.getOrDefault(call, Set.of());
    return end == End.FAILED
        ? seen.contains(end) || (!seen.isEmpty() && !isQuestion(call(call)))
        : seen.contains(End.SUCCEEDED) || seen.contains(End.NOT_ASKED);
  }

  private End end(int number, LeakStand stand) {
    Known known = stand.facts().known(PathFacts.valueOf(number));
    boolean isPointer = givesPointer(call(number));
    if (isPointer ? known.isZero() : known.isNonZero() && known.sign() != Known.Answer.NO) {
      return End.FAILED;
    }
    if (known.error() == Known.Answer.YES || known.sign() == Known.Answer.YES) {
      return End.FAILED;
    }
    boolean succeeded =
        isPointer
            ? known.isNonZero() || known.error() == Known.Answer.NO
            : known.isZero() || known.sign() == Known.Answer.NO;
    return succeeded ? End.SUCCEEDED : End.NOT_ASKED;
  }

  /** Whether a call gives a pointer; so it may if what it gives is more than tested. */
  boolean givesPointer(Instruction.Call call) {
    Optional<AccessPath> result = call.result();
    if (result.isEmpty()) {
      return false;
    }
    Optional<FunctionRef> callee = program.resolve(call.name(), function.file());
    if (callee.isPresent()) {
      return program.returnType(callee.get()).isPointer();
    }
    return result.get().isTemporary()
        ? isUsed(result.get().root())
        : !result.get().isVariable()
            || body.variable(result.get().root()).filter(v -> v.type().isPointer()).isPresent();
  }

  /** Whether a temporary is used by any instruction. */
  private boolean isUsed(String temporary) {
    return instructions.stream()
        .anyMatch(
            i ->
                i instanceof Instruction.Assign assign
                    ? roots(assign.value()).contains(temporary)
                        || assign.target().root().equals(temporary)
                    : ((Instruction.Call) i)
                        .arguments().stream().anyMatch(a -> roots(a).contains(temporary)));
  }

  private static Set<String> roots(Value value) {
    if (value instanceof Value.Load load) {
      return Set.of(load.path().root());
    }
    if (value instanceof Value.AddressOf address) {
      return Set.of(address.path().root());
    }
    Set<String> all = new HashSet<>();
    if (value instanceof Value.ContainerOf container) {
      all.addAll(roots(container.inner()));
    } else if (value instanceof Value.Compound compound) {
      compound.operands().forEach(o -> all.addAll(roots(o)));
    }
    return all;
  }

  /** Of what answers yes or no it is not known which of them is success. */
  private boolean isQuestion(Instruction.Call call) {
    return program
        .resolve(call.name(), function.file())
        .map(program::returnType)
        .filter(t -> !t.isPointer() && t.name().equals("bool"))
        .isPresent();
  }

  private Instruction.Call call(int number) {
    return (Instruction.Call) instructions.get(number);
  }

  /** The calls to which a path has lent the object, in their order. */
  List<Instruction.Call> calls(LeakStand stand) {
    return stand.lent().stream().map(this::call).toList();
  }

  /** Those of them that have not failed on the path. */
  List<Instruction.Call> well(LeakStand stand) {
    return stand.lent().stream().filter(c -> end(c, stand) != End.FAILED).map(this::call).toList();
  }

  /** Where a path has lent the object last. */
  Position last(LeakStand stand) {
    return call(stand.lent().last()).position();
  }

  /** A call as a reader knows it. */
  static String text(Instruction.Call call) {
    return call.name().isEmpty() ? "who is called here" : call.name() + "()";
  }
}
