// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockAnalysis;
import dev.pinion.analyzer.dataflow.LockState;
import dev.pinion.analyzer.dataflow.Section;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Locks and read-side sections at an instruction: those of the function itself and those of all its
 * direct callers, up to a few levels. A function whose address is taken, or that nobody calls, gets
 * nothing from its callers: must-information is only what is sure.
 */
public final class Contexts {
  /** How far up callers are asked. Beyond it nothing is known. */
  private static final int MAX_LEVELS = 3;

  /** A function with more callers than this is a library function: nothing common is sure. */
  private static final int MAX_CALLERS = 16;

  private final Program program;

  private Contexts(Program program) {
    this.program = program;
  }

  /** The contexts of a program. */
  public static Contexts of(Program program) {
    return program.memo(Contexts.class, () -> new Contexts(program));
  }

  /** One function with its local solution. */
  public record Body(Function function, Typing typing, Solution<LockState> locks) {}

  /** The function's body, analysed; computed once. */
  public Body body(FunctionRef ref) {
    return program.memo(
        List.of("body", ref),
        () -> {
          Function function = program.ir(ref);
          Typing typing = new Typing(function, program.model());
          LockAnalysis analysis = new LockAnalysis(program.model(), typing, LockState.NOTHING);
          return new Body(function, typing, Solver.forward(function.cfg(), analysis));
        });
  }

  /** What surely holds at the call at {@code position}; nothing if there is no such call. */
  public Context at(FunctionRef function, Position position) {
    return local(function, c -> c.position().equals(position)).plus(entry(function));
  }

  /** What surely holds at an instruction of the function's body. */
  public Context at(FunctionRef function, Instruction instruction) {
    return localAt(function, instruction::equals).plus(entry(function));
  }

  /** What surely holds when the function is entered. */
  public Context entry(FunctionRef function) {
    return program.memo(
        List.of("entry", function), () -> entry(function, new ArrayList<>(), MAX_LEVELS));
  }

  private Context entry(FunctionRef function, List<FunctionRef> path, int levels) {
    List<OpsTables.Escape> escapes = OpsTables.of(program).escapesOf(function);
    List<FunctionRef> callers = program.callersOf(function);
    if (levels == 0 || (callers.isEmpty() && escapes.isEmpty()) || callers.size() > MAX_CALLERS) {
      return Context.NOTHING;
    }
    path.add(function);
    Optional<Context> common = escapes.stream().map(e -> byCore(function, e)).reduce(Context::meet);
    for (FunctionRef caller : callers) {
      if (path.contains(caller)) {
        continue; // A recursive call adds no way in.
      }
      Context here =
          local(caller, c -> c.calls(function.name())).plus(entry(caller, path, levels - 1));
      common = Optional.of(common.isEmpty() ? here : common.get().meet(here));
      if (common.get().equals(Context.NOTHING)) {
        break;
      }
    }
    path.remove(path.size() - 1);
    return common.orElse(Context.NOTHING);
  }

  /**
   * Whether all ways into the function are known, up to entry points that the model knows: then
   * nothing more is held there than {@link #entry} says. A function that the tree neither calls nor
   * hands out has none, and nobody in the tree holds anything for it.
   */
  public boolean isKnown(FunctionRef function) {
    return program.memo(
        List.of("known", function), () -> isKnown(function, new ArrayList<>(), MAX_LEVELS + 1));
  }

  private boolean isKnown(FunctionRef function, List<FunctionRef> path, int levels) {
    List<OpsTables.Escape> escapes = OpsTables.of(program).escapesOf(function);
    List<FunctionRef> callers = program.callersOf(function);
    if (levels == 0
        || callers.size() > MAX_CALLERS
        || !escapes.stream().allMatch(e -> EntryPoints.of(program).row(e).isPresent())) {
      return false;
    }
    path.add(function);
    for (FunctionRef caller : callers) {
      if (!path.contains(caller) && !isKnown(caller, path, levels - 1)) {
        return false;
      }
    }
    path.remove(path.size() - 1);
    return true;
  }

  /** What the core holds when it calls the function by way of an escape. */
  private Context byCore(FunctionRef function, OpsTables.Escape escape) {
    Context context = new Context(new TreeMap<>(), new TreeMap<>());
    Location where = Location.of(function.file(), program.facts(function).position());
    EntryPoints.of(program)
        .row(escape)
        .ifPresent(
            row -> {
              String lock = row.texts().get("lock");
              if (lock != null) {
                context
                    .locks()
                    .put(
                        lock,
                        new TypedLock(
                            lock, TypedLock.Scope.GLOBAL, HeldLock.Mode.EXCLUSIVE, where));
              }
              if (row.is("section")) {
                context.sections().put("rcu", where);
              }
            });
    return context;
  }

  /** What the function itself surely holds at every call that matches. */
  private Context local(FunctionRef ref, Predicate<Instruction.Call> calls) {
    return localAt(ref, i -> i instanceof Instruction.Call call && calls.test(call));
  }

  private Context localAt(FunctionRef ref, Predicate<Instruction> wanted) {
    if (!mayHold(ref)) {
      return Context.NOTHING;
    }
    Body body = body(ref);
    List<Context> found = new ArrayList<>();
    if (body.locks().complete()) {
      body.locks()
          .forEach(
              (block, instruction, before) -> {
                if (wanted.test(instruction)) {
                  found.add(typed(ref, body.typing(), before));
                }
              });
    }
    return found.stream().reduce(Context::meet).orElse(Context.NOTHING);
  }

  /** Whether the function takes a lock or enters a section at all; spares a parse if not. */
  private boolean mayHold(FunctionRef ref) {
    return program.facts(ref).callees().stream()
        .anyMatch(
            c ->
                program.model().find("lock", c).isPresent()
                    || program.model().does(c, "rcu", "enter"));
  }

  private Context typed(FunctionRef ref, Typing typing, LockState state) {
    Context context = new Context(new TreeMap<>(), new TreeMap<>());
    for (HeldLock lock : state.locks().values()) {
      typed(ref, typing, lock).ifPresent(t -> context.locks().put(t.identity(), t));
    }
    for (Section section : state.sections().values()) {
      context.sections().put(section.flavour(), Location.of(ref.file(), section.position()));
    }
    return context;
  }

  /** The lock under its tree-wide identity; empty if its type is not known. */
  private Optional<TypedLock> typed(FunctionRef ref, Typing typing, HeldLock lock) {
    Location where = Location.of(ref.file(), lock.position());
    if (lock.path().isEmpty()) {
      return Optional.of(new TypedLock(lock.name(), TypedLock.Scope.GLOBAL, lock.mode(), where));
    }
    TypedPath path = typing.typed(lock.path().get());
    if (path.origin() == TypedPath.Origin.GLOBAL && path.steps().isEmpty()) {
      return Optional.of(
          new TypedLock(
              globalName(path.root(), ref.file()), TypedLock.Scope.GLOBAL, lock.mode(), where));
    }
    Optional<Types.Place> place = program.types().resolve(path, ref.file());
    Optional<String> identity =
        lock.name().startsWith("lock of ")
            ? place.flatMap(p -> program.types().tag(p.type(), p.file())).map(t -> "struct " + t)
            : place.flatMap(Types.Place::field).map(FieldRef::toString);
    return identity.map(i -> new TypedLock(i, scope(path), lock.mode(), where));
  }

  private static TypedLock.Scope scope(TypedPath path) {
    return path.origin() == TypedPath.Origin.GLOBAL
        ? TypedLock.Scope.GLOBAL
        : TypedLock.Scope.PER_OBJECT;
  }

  private String globalName(String name, String file) {
    for (FileFacts.GlobalFacts g : program.file(file).globals()) {
      if (g.name().equals(name) && g.linkage() != Function.Linkage.GLOBAL) {
        return name + "@" + file;
      }
    }
    return name;
  }
}
