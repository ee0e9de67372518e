// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.query.Fixpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which functions only look at an object they are given: they neither keep the pointer, nor put the
 * reference behind it, nor give it back, nor pass it to anybody of whom that is not known. Whoever
 * calls one has the reference afterwards that he had before.
 *
 * <p>Inferred from bodies, on demand, as the greatest solution over who calls whom; a function that
 * takes a reference of its own before it keeps the pointer has not kept its caller's.
 */
public final class Borrowing {
  private static final String FAMILY = "reference";

  /** Longer functions are not read: they are taken to keep what they get. */
  private static final int MAX_LINES = 150;

  /** By which a function comes by those of its arguments that have no name. */
  private static final String NEXT = "va_arg";

  private static final Set<String> TESTS =
      Set.of("==", "!=", "<", ">", "<=", ">=", "!", "&&", "||", "IS_ERR", "IS_ERR_OR_NULL");

  private final Program program;
  private final Fixpoint<FunctionRef, Set<Integer>> borrowed;

  private Borrowing(Program program) {
    this.program = program;
    this.borrowed = program.fixpoint(this::parameters);
  }

  /** The borrowers of a program. */
  public static Borrowing of(Program program) {
    return program.memo(Borrowing.class, () -> new Borrowing(program));
  }

  /** Whether a call of that name surely leaves to its caller what it is given there. */
  public boolean onlyLooks(String callee, int argument, String file) {
    return onlyLooks(callee, argument, file, f -> borrowed.of(f));
  }

  /** Whether what a function returns may be, contain, or be in the object it is given there. */
  boolean mayReturn(FunctionRef function, int argument) {
    Function body = program.ir(function);
    return argument < body.parameters().size()
        && new Copies(body, body.parameters().get(argument).name()).isReturned();
  }

  private boolean onlyLooks(
      String callee, int argument, String file, Fixpoint.Values<FunctionRef, Set<Integer>> others) {
    Optional<Boolean> known = byModel(callee, argument, file);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<FunctionRef> function = program.resolve(callee, file);
    if (function.isEmpty()) {
      return false;
    }
    if (argument >= program.parameters(function.get()).size()) {
      return !program.callees(function.get()).contains(NEXT); // Others hand all on, to be printed.
    }
    return others.of(function.get()).map(all -> all.contains(argument)).orElse(true);
  }

  /** What rows say, and what is known of counting from facts. */
  private Optional<Boolean> byModel(String callee, int argument, String file) {
    if (program.model().knows(callee)) {
      Optional<Boolean> row =
          program
              .model()
              .find(FAMILY, callee)
              .map(
                  r ->
                      switch (r.operation()) {
                        case "take" -> r.argument("drops") != argument;
                        case "put" -> r.argument("arg") != argument;
                        case "keep" -> false;
                        default -> true;
                      });
      if (row.isPresent()) {
        return row;
      }
      if (program.model().find("lock", callee).isPresent()) {
        return Optional.of(true);
      }
    }
    return CountEffects.of(program)
        .plainEffect(callee, argument, file)
        .map(e -> e != CountEffect.PUT);
  }

  /** The parameters that a function only looks at. */
  private Optional<Set<Integer>> parameters(
      FunctionRef function, Fixpoint.Values<FunctionRef, Set<Integer>> others) {
    FunctionFacts facts = program.facts(function);
    if (!facts.analysed() || facts.endLine() - facts.position().line() > MAX_LINES) {
      return Optional.of(Set.of());
    }
    Function body = program.ir(function);
    Set<Integer> all = new TreeSet<>();
    for (int i = 0; i < body.parameters().size(); i++) {
      Copies copies = new Copies(body, body.parameters().get(i).name());
      if (!copies.isKept() && passesToLookers(copies, function, others)) {
        all.add(i);
      }
    }
    return Optional.of(all);
  }

  private boolean passesToLookers(
      Copies copies, FunctionRef function, Fixpoint.Values<FunctionRef, Set<Integer>> others) {
    List<Instruction.Call> calls = copies.calls;
    for (Instruction.Call call : calls) {
      for (int i = 0; i < call.arguments().size(); i++) {
        if (copies.has(call.arguments().get(i))
            && !onlyLooks(call.name(), i, function.file(), others)) {
          return false;
        }
      }
    }
    return true;
  }

  /** The variables that may hold a parameter or point into its object, and what is done to them. */
  private static final class Copies {
    private final Function body;
    private final Set<String> variables = new HashSet<>();
    private final List<Instruction.Call> calls;

    Copies(Function body, String parameter) {
      this.body = body;
      this.calls = Calls.of(body);
      variables.add(parameter);
      int before;
      do {
        before = variables.size();
        for (BasicBlock block : body.cfg().blocks()) {
          for (Instruction instruction : block.instructions()) {
            if (instruction instanceof Instruction.Assign assign
                && isLocal(assign.target())
                && has(assign.value())) {
              variables.add(assign.target().root());
            }
          }
        }
      } while (variables.size() > before);
    }

    private boolean isLocal(AccessPath path) {
      return path.isVariable()
          && body.variable(path.root())
              .filter(v -> v.kind() != Variable.Kind.STATIC_LOCAL)
              .isPresent();
    }

    /** Whether it is stored or returned, or called on through a pointer. */
    boolean isKept() {
      for (BasicBlock block : body.cfg().blocks()) {
        for (Instruction instruction : block.instructions()) {
          boolean kept =
              instruction instanceof Instruction.Assign assign
                  ? !isLocal(assign.target()) && has(assign.value())
                  : ((Instruction.Call) instruction).name().isEmpty()
                      && ((Instruction.Call) instruction).arguments().stream().anyMatch(this::has);
          if (kept) {
            return true;
          }
        }
      }
      return isReturned();
    }

    boolean isReturned() {
      return body.cfg().blocks().stream()
          .anyMatch(
              b ->
                  b.terminator() instanceof Terminator.Return leave
                      && leave.value().filter(this::has).isPresent());
    }

    /** Whether a value is the pointer, or one to something in the object or around it. */
    boolean has(Value value) {
      if (value instanceof Value.Load load) {
        return load.path().isVariable() && variables.contains(load.path().root());
      }
      if (value instanceof Value.AddressOf address) {
        List<Step> steps = address.path().steps();
        return variables.contains(address.path().root())
            && (steps.isEmpty() || CountEffects.isEmbedded(steps));
      }
      if (value instanceof Value.ContainerOf container) {
        return has(container.inner());
      }
      return value instanceof Value.Compound compound
          && !TESTS.contains(compound.operator())
          && compound.operands().stream().anyMatch(this::has);
    }
  }
}
