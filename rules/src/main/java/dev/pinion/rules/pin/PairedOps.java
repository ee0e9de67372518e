// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CallGraph;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Two members of one ops table of which one takes a reference that the other drops: {@code
 * ops->get_guest(guest)} and {@code ops->put_guest()}. A put after a get that has failed, when
 * nothing on the way remembers whether it did.
 */
final class PairedOps {
  private final Program program;
  private final FunctionRef function;

  PairedOps(Program program, FunctionRef function) {
    this.program = program;
    this.function = function;
  }

  /**
   * Such a put.
   *
   * @param failed where the get is seen to have failed
   */
  record Unheld(Instruction.Call get, Position failed, Instruction.Call put) {}

  /** From facts: a call through a member for dropping, and another through the same table. */
  static boolean maybe(FunctionRef function, Program program) {
    List<TypedPath> called = program.facts(function).indirectCalls();
    return called.stream()
        .filter(p -> FactExtractor.mayDrop(FileTerms.lastMember(p.steps())))
        .anyMatch(p -> called.stream().anyMatch(g -> !g.equals(p) && isOfOneTable(g, p)));
  }

  private static boolean isOfOneTable(TypedPath a, TypedPath b) {
    int n = a.steps().size();
    return n > 1
        && n == b.steps().size()
        && a.root().equals(b.root())
        && a.steps().subList(0, n - 1).equals(b.steps().subList(0, n - 1));
  }

  /** The first of them for each put. */
  List<Unheld> find() {
    Function body = program.ir(function);
    Typing typing = new Typing(body, program.model());
    List<Unheld> all = new ArrayList<>();
    for (Instruction.Call put : Calls.of(body)) {
      Optional<TypedPath> drop = through(put, typing);
      if (drop.isEmpty()
          || !FactExtractor.mayDrop(FileTerms.lastMember(drop.get().steps()))
          || !allOf(drop.get(), this::drops)) {
        continue;
      }
      for (BasicBlock block : body.cfg().blocks()) {
        Optional<Unheld> found = after(block, body, typing, drop.get(), put);
        if (found.isPresent()) {
          all.add(found.get());
          break;
        }
      }
    }
    return all;
  }

  private static Optional<TypedPath> through(Instruction.Call call, Typing typing) {
    return call.callee() instanceof Instruction.Callee.Indirect member
        ? Optional.of(typing.typed(member.path()))
        : Optional.empty();
  }

  private boolean allOf(TypedPath member, Predicate<FunctionRef> holds) {
    List<FunctionRef> targets = CallGraph.of(program).targets(function, member);
    return !targets.isEmpty() && targets.stream().allMatch(holds);
  }

  private boolean drops(FunctionRef target) {
    return PutCalls.of(program).any(target);
  }

  private boolean takes(FunctionRef target) {
    return program.callees(target).stream()
        .anyMatch(c -> Takers.TRYING.has(c, program) || Takers.TAKING.has(c, program));
  }

  private Optional<Unheld> after(
      BasicBlock block, Function body, Typing typing, TypedPath drop, Instruction.Call put) {
    if (!(block.terminator() instanceof Terminator.Branch branch)
        || !(branch.condition().left() instanceof Value.Load tested)
        || !branch.condition().right().equals(Value.ZERO)
        || branch.ifTrue() == branch.ifFalse()) {
      return Optional.empty();
    }
    for (Instruction instruction : block.instructions()) {
      if (instruction instanceof Instruction.Call get
          && get.result().filter(tested.path()::equals).isPresent()) {
        Optional<TypedPath> take = through(get, typing);
        if (take.isPresent()
            && isOfOneTable(take.get(), drop)
            && !take.get().equals(drop)
            && !get.arguments().isEmpty()
            && allOf(take.get(), this::takes)) {
          int failed = failed(branch, returnsPointers(take.get()));
          int done = failed == branch.ifTrue() ? branch.ifFalse() : branch.ifTrue();
          if (failed >= 0 && forgets(body, failed, done, put, tested.path())) {
            return Optional.of(new Unheld(get, branch.position(), put));
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean returnsPointers(TypedPath member) {
    return CallGraph.of(program).targets(function, member).stream()
        .anyMatch(f -> program.facts(f).returnType().isPointer());
  }

  /** Where an error code leads, or NULL. */
  private static int failed(Terminator.Branch branch, boolean isPointer) {
    Condition.Operator operator = branch.condition().operator();
    boolean tellsZero = operator == Condition.Operator.EQ || operator == Condition.Operator.NE;
    if (isPointer) {
      return !tellsZero
          ? -1
          : operator == Condition.Operator.EQ ? branch.ifTrue() : branch.ifFalse();
    }
    return switch (operator) {
      case NE, LT -> branch.ifTrue();
      case EQ, GE -> branch.ifFalse();
      case GT, LE -> -1;
    };
  }

  /**
   * Whether the put is reached after failure, and no test on the way can tell that from success.
   */
  private static boolean forgets(
      Function body, int failed, int done, Instruction.Call put, AccessPath result) {
    Set<Integer> afterFailure = from(body, failed);
    int target = body.cfg().of(put).get(0).id();
    if (!afterFailure.contains(target)) {
      return false;
    }
    Set<Integer> onlyDone = from(body, done);
    onlyDone.removeAll(afterFailure);
    Set<AccessPath> remembered = new HashSet<>(Set.of(result));
    for (int id : onlyDone) {
      for (Instruction instruction : body.cfg().block(id).instructions()) {
        if (instruction instanceof Instruction.Assign assign) {
          remembered.add(assign.target());
        }
      }
    }
    return afterFailure.stream()
        .filter(id -> from(body, id).contains(target))
        .map(id -> body.cfg().block(id))
        .noneMatch(b -> tells(b, remembered) || sets(b, result));
  }

  /** The blocks that may run from one on, itself among them. */
  private static Set<Integer> from(Function body, int block) {
    Set<Integer> all = body.cfg().after(block);
    all.add(block);
    return all;
  }

  /** Whether a block ends in a test of something that is remembered, or of what a call returned. */
  private static boolean tells(BasicBlock block, Set<AccessPath> remembered) {
    if (block.terminator().successors().size() < 2) {
      return false;
    }
    return !(block.terminator() instanceof Terminator.Branch branch)
        || !(branch.condition().left() instanceof Value.Load load)
        || load.path().isTemporary()
        || remembered.stream().anyMatch(r -> mayBeSame(r, load.path()));
  }

  /** Whether there is another result now: that of another get, or of what makes a new object. */
  private static boolean sets(BasicBlock block, AccessPath result) {
    return !result.isTemporary()
        && block.instructions().stream()
            .anyMatch(
                i ->
                    i instanceof Instruction.Assign assign
                        ? assign.target().equals(result)
                        : ((Instruction.Call) i).result().filter(result::equals).isPresent());
  }

  /** Members of one name may be the same place. */
  private static boolean mayBeSame(AccessPath a, AccessPath b) {
    return (a.isVariable() || b.isVariable()) ? a.equals(b) : a.lastField().equals(b.lastField());
  }
}
