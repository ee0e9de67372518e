// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.SureConditions;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tests of a state that surely come before a removal: a member of the node's object, or of the
 * object that has the head, against a constant number. What the state means is not understood;
 * often it is that no reader can be there ({@code if (!fs_devices->opened)}). A test against
 * another variable only selects the node and is none.
 */
final class StateTests {
  private static final int MAX_LEVELS = 2;

  /** Lists are filled further below where their owner is made than they are emptied. */
  private static final int MAX_LEVELS_OF_INSERTIONS = 4;

  private final Program program;
  private final Subject subject;

  private StateTests(Program program, Subject subject) {
    this.program = program;
    this.subject = subject;
  }

  /** Whose state it is. */
  private enum Subject {
    /** The object that the node is part of. */
    NODE,
    /** The object that has the list's head; where it is made it is in a state of its own. */
    OWNER
  }

  /**
   * The first such test, in the function or else in each of its callers; empty if there is none.
   */
  static Optional<Related> before(Update update) {
    return before(update, element(update.node()), Subject.NODE)
        .or(() -> NodeOrigins.of(update).owner().flatMap(o -> before(update, o, Subject.OWNER)));
  }

  /** The same before a call that frees what a pointer in the owner had. */
  static Optional<Related> before(
      Program program, FunctionRef function, Instruction.Call call, AccessPath owner) {
    return new StateTests(program, Subject.OWNER).before(function, owner, call::equals, MAX_LEVELS);
  }

  private static Optional<Related> before(Update update, AccessPath object, Subject subject) {
    return new StateTests(update.program(), subject)
        .before(
            update.ref(),
            object,
            update.call()::equals,
            update.adds() ? MAX_LEVELS_OF_INSERTIONS : MAX_LEVELS);
  }

  /** The object around the node; of an array in an object, the element. */
  private static AccessPath element(AccessPath node) {
    AccessPath object = node.parent();
    while (!(object.steps().isEmpty()
        || object.steps().get(object.steps().size() - 1) instanceof Step.Index
        || object.equals(node.holder()))) {
      object = object.parent();
    }
    return object;
  }

  /** A test of {@code object} that surely comes before every instruction that is wanted. */
  private Optional<Related> before(
      FunctionRef function, AccessPath object, Predicate<Instruction> wanted, int levels) {
    Contexts.Body body = Contexts.of(program).body(function);
    Solution<Set<Condition>> conditions = SureConditions.of(body.function());
    List<Optional<Related>> found = new ArrayList<>();
    if (conditions.complete()) {
      conditions.forEach(
          (block, instruction, before) -> {
            if (wanted.test(instruction)) {
              found.add(
                  before.stream()
                      .flatMap(c -> tested(body.typing(), c).stream())
                      .filter(p -> isState(function, body.typing(), object, p))
                      .map(p -> line(function, instruction, p))
                      .findFirst()
                      .or(() -> made(function, object, instruction)));
            }
          });
    }
    boolean everywhere = !found.isEmpty() && found.stream().allMatch(Optional::isPresent);
    return everywhere ? found.get(0) : beforeInCallers(function, body.function(), object, levels);
  }

  private Optional<Related> beforeInCallers(
      FunctionRef function, Function body, AccessPath object, int levels) {
    int parameter = object.isVariable() ? body.parameterIndex(object.root()) : -1;
    if (levels == 0 || parameter < 0) {
      return Optional.empty();
    }
    Optional<Related> first = Optional.empty();
    for (CallSites.Site site : CallSites.into(program, function).orElse(List.of())) {
      Optional<Related> there =
          site.passed(parameter)
              .flatMap(p -> before(site.caller(), p, site.call()::equals, levels - 1));
      if (there.isEmpty()) {
        return there;
      }
      first = first.or(() -> there);
    }
    return first;
  }

  private Optional<Related> made(FunctionRef function, AccessPath owner, Instruction at) {
    return subject == Subject.OWNER
        ? OwnerMade.before(program, function, owner, at)
        : Optional.empty();
  }

  private static Related line(FunctionRef function, Instruction instruction, AccessPath state) {
    return new Related(
        Location.of(function.file(), instruction.position()),
        "latent only: '"
            + state.spelled()
            + "' is tested before, which may tell that no reader is there");
  }

  /**
   * Whether the place is in the object itself and holds a number; whether a pointer is set is no
   * state.
   */
  private boolean isState(
      FunctionRef function, Typing typing, AccessPath object, AccessPath place) {
    boolean inObject =
        place.startsWith(object)
            && place.steps().size() > object.steps().size()
            && place.steps().stream()
                .skip(object.steps().size() + 1)
                .noneMatch(s -> s instanceof Step.Arrow || s instanceof Step.Deref);
    return inObject
        && program
            .types()
            .resolve(typing.typed(place), function.file())
            .flatMap(p -> program.types().expand(p.type(), p.file()))
            .filter(p -> p.type().pointers() > 0 || p.type().kind() == CType.Kind.FUNCTION)
            .isEmpty();
  }

  /** The member that a condition compares with a constant; also one whose bits a call tests. */
  private Optional<AccessPath> tested(Typing typing, Condition condition) {
    return isConstant(condition.right()) ? member(typing, condition.left()) : Optional.empty();
  }

  private Optional<AccessPath> member(Typing typing, Value value) {
    if (value instanceof Value.Compound compound) {
      return compound.operands().stream()
          .filter(o -> !isConstant(o))
          .flatMap(o -> member(typing, o).stream())
          .findFirst();
    }
    if (!(value instanceof Value.Load load)) {
      return Optional.empty();
    }
    if (!load.path().isVariable()) {
      return typing.canonical(value) instanceof Value.Load path
          ? Optional.of(path.path())
          : Optional.empty();
    }
    return typing
        .definition(load.path().root())
        .filter(d -> d instanceof Instruction.Call)
        .flatMap(d -> bitsTested(typing, (Instruction.Call) d));
  }

  private Optional<AccessPath> bitsTested(Typing typing, Instruction.Call call) {
    int word =
        program
            .model()
            .find("object", call.name())
            .filter(a -> a.operation().equals("test-bit"))
            .map(a -> a.argument("arg"))
            .orElse(-1);
    return word >= 0
            && word < call.arguments().size()
            && typing.canonical(call.arguments().get(word)) instanceof Value.AddressOf bits
        ? Optional.of(bits.path())
        : Optional.empty();
  }

  /** A number or what everybody spells in capitals. */
  private static boolean isConstant(Value value) {
    return value instanceof Value.Constant
        || (value instanceof Value.Load load
            && load.path().isVariable()
            && load.path().root().equals(load.path().root().toUpperCase(Locale.ROOT)))
        || (value instanceof Value.Compound compound
            && compound.operands().stream().allMatch(StateTests::isConstant));
  }
}
