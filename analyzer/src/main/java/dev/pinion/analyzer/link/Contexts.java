// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockAnalysis;
import dev.pinion.analyzer.dataflow.LockState;
import dev.pinion.analyzer.dataflow.Section;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.LockFacts;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Locks and read-side sections at an instruction: those of the function itself and those of all
 * ways into it, up to a few levels. A way that leads out of sight brings nothing: must-information
 * is only what is sure.
 *
 * <p>What holds at calls stands in the callers' facts; a body is looked at only for the function
 * that is asked about, and where a lock is taken by a wrapper.
 */
public final class Contexts {
  /** How far up callers are asked. Beyond it nothing is known. */
  private static final int MAX_LEVELS = 6;

  /** A function with more ways in than this is a library function: nothing common is sure. */
  private static final int MAX_WAYS = 48;

  private final Program program;
  private final LockIdentity identity;

  private Contexts(Program program) {
    this.program = program;
    this.identity = new LockIdentity(program);
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
          LockWrappers wrappers = LockWrappers.of(program);
          LockAnalysis analysis =
              new LockAnalysis(
                  program.model(), typing, call -> wrappers.effects(call.name(), ref.file()));
          return new Body(function, typing, Solver.forward(function.cfg(), analysis));
        });
  }

  /** What surely holds at the call at {@code position}; nothing if there is no such call. */
  public Context at(FunctionRef function, Position position) {
    return inBody(function, i -> i instanceof Instruction.Call c && c.position().equals(position))
        .plus(entry(function));
  }

  /** What surely holds at an instruction of the function's body. */
  public Context at(FunctionRef function, Instruction instruction) {
    return inBody(function, instruction::equals).plus(entry(function));
  }

  /** What surely holds when the function is entered. */
  public Context entry(FunctionRef function) {
    return entry(function, MAX_LEVELS);
  }

  private Context entry(FunctionRef function, int levels) {
    return program.memo(List.of("entry", function, levels), () -> meet(function, levels));
  }

  private Context meet(FunctionRef function, int levels) {
    List<CallGraph.Way> ways = CallGraph.of(program).into(function);
    if (levels == 0 || ways.isEmpty() || ways.size() > MAX_WAYS) {
      return Context.NOTHING;
    }
    Optional<Context> common = Optional.empty();
    for (CallGraph.Way way : ways) {
      if (isOwnCall(way, function)) {
        continue; // A recursive call adds no way in.
      }
      Context here = by(way, function, levels - 1);
      common = Optional.of(common.map(c -> c.meet(here)).orElse(here));
      if (common.get().equals(Context.NOTHING)) {
        break;
      }
    }
    return common.orElse(Context.NOTHING);
  }

  private static boolean isOwnCall(CallGraph.Way way, FunctionRef function) {
    return way.caller().filter(function::equals).isPresent();
  }

  /** What holds when the function is entered by that way. */
  private Context by(CallGraph.Way way, FunctionRef function, int levels) {
    if (way instanceof CallGraph.Way.Core core) {
      return byCore(function, core.row());
    }
    Optional<FunctionRef> caller = way.caller();
    return caller.isEmpty()
        ? Context.NOTHING
        : atCalls(caller.get(), function, way).plus(entry(caller.get(), levels));
  }

  /**
   * Whether all ways into the function are known, up to entry points that the model knows: then
   * nothing more is held there than {@link #entry} says. A function that the tree neither calls nor
   * hands out has none, and nobody in the tree holds anything for it.
   */
  public boolean isKnown(FunctionRef function) {
    return isKnown(function, MAX_LEVELS);
  }

  private boolean isKnown(FunctionRef function, int levels) {
    return program.memo(
        List.of("known", function, levels),
        () -> {
          List<CallGraph.Way> ways = CallGraph.of(program).into(function);
          return levels > 0
              && ways.size() <= MAX_WAYS
              && ways.stream().allMatch(w -> isKnown(w, function, levels - 1));
        });
  }

  private boolean isKnown(CallGraph.Way way, FunctionRef function, int levels) {
    return way instanceof CallGraph.Way.Core
        || isOwnCall(way, function)
        || way.caller().filter(c -> isKnown(c, levels)).isPresent();
  }

  /** What the core holds when it calls the function as a row of the model tells. */
  private Context byCore(FunctionRef function, Api row) {
    Context context = new Context(new TreeMap<>(), new TreeMap<>());
    Location where = Location.of(function.file(), program.facts(function).position());
    String lock = row.texts().get("lock");
    if (lock != null) {
      context
          .locks()
          .put(lock, new TypedLock(lock, TypedLock.Scope.GLOBAL, HeldLock.Mode.EXCLUSIVE, where));
    }
    if (row.is("section")) {
      context.sections().put("rcu", where);
    }
    return context;
  }

  /** What the caller itself surely holds at all calls by which it enters the function that way. */
  private Context atCalls(FunctionRef caller, FunctionRef function, CallGraph.Way way) {
    if (LockWrappers.of(program).areCalledIn(caller)) {
      Body body = body(caller);
      return inBody(
          caller, i -> i instanceof Instruction.Call c && CallSites.isBy(way, function, body, c));
    }
    for (LockFacts.Region region : program.facts(caller).locks().regions()) {
      boolean here =
          way.path()
              .map(p -> region.indirect().contains(p))
              .orElse(region.callees().contains(way.spelled(function)));
      if (here) {
        return typed(caller.file(), region);
      }
    }
    return Context.NOTHING;
  }

  /** What the function itself surely holds before every instruction that is wanted. */
  private Context inBody(FunctionRef ref, Predicate<Instruction> wanted) {
    if (program.facts(ref).locks().equals(LockFacts.NONE)
        && !LockWrappers.of(program).areCalledIn(ref)) {
      return Context.NOTHING; // spares a parse
    }
    Body body = body(ref);
    List<Context> found = new ArrayList<>();
    if (body.locks().complete()) {
      body.locks()
          .forEach(
              (block, instruction, before) -> {
                if (wanted.test(instruction)) {
                  found.add(typed(ref.file(), body.typing(), before));
                }
              });
    }
    return found.stream().reduce(Context::meet).orElse(Context.NOTHING);
  }

  private Context typed(String file, LockFacts.Region region) {
    Context context = new Context(new TreeMap<>(), new TreeMap<>());
    for (LockFacts.Held lock : region.locks()) {
      identity.of(lock, file).ifPresent(t -> context.locks().put(t.identity(), t));
    }
    sections(file, region.sections(), context);
    return context;
  }

  private Context typed(String file, Typing typing, LockState state) {
    Context context = new Context(new TreeMap<>(), new TreeMap<>());
    for (HeldLock lock : state.locks().values()) {
      identity
          .of(LockFacts.Held.of(lock, typing), file)
          .ifPresent(t -> context.locks().put(t.identity(), t));
    }
    sections(file, state.sections().values(), context);
    return context;
  }

  private static void sections(String file, Iterable<Section> sections, Context into) {
    for (Section section : sections) {
      into.sections().put(section.flavour(), Location.of(file, section.position()));
    }
  }
}
