// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.CorrelatedLocks;
import dev.pinion.analyzer.dataflow.LockAnalysis;
import dev.pinion.analyzer.dataflow.LockState;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.query.Fixpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Locks and read-side sections at an instruction: those of the function itself and those of all
 * ways into it, up to the functions where they begin. A way that leads out of sight brings nothing:
 * must-information is only what is sure.
 *
 * <p>What holds at calls stands in the callers' facts; a body is looked at only for the function
 * that is asked about, and where a lock is taken by a wrapper.
 */
public final class Contexts {
  /** A function with more ways in than this is a library function: nothing common is sure. */
  static final int MAX_WAYS = 48;

  /** Of known ways among unknown ones, so many are told. */
  private static final int MAX_KNOWN = 4;

  /** How many calls up a known way is looked for among unknown ones. */
  private static final int MAX_LEVELS = 3;

  private final Program program;
  private final Assertions assertions;
  private final LocalContexts locals;
  private final Fixpoint<FunctionRef, Context> entries;
  private final Fixpoint<FunctionRef, Boolean> known;

  private Contexts(Program program, Assertions assertions) {
    this.program = program;
    this.assertions = assertions;
    this.locals = new LocalContexts(program, assertions);
    this.entries = program.fixpoint(this::meet);
    this.known = program.fixpoint(this::isKnown);
  }

  /** What {@code lockdep_assert_held(&x->lock)} in a function means for what follows. */
  public enum Assertions {
    /** The lock is held: whoever wrote it, and whoever runs the kernel with lockdep, says so. */
    BELIEVED,
    /** Nothing: only locks that are seen to be taken count. */
    IGNORED
  }

  /** The contexts of a program, assertions believed. */
  public static Contexts of(Program program) {
    return of(program, Assertions.BELIEVED);
  }

  /** The contexts of a program. */
  public static Contexts of(Program program, Assertions assertions) {
    return program.memo(List.of("Contexts", assertions), () -> new Contexts(program, assertions));
  }

  /** What functions themselves hold. */
  LocalContexts locals() {
    return locals;
  }

  /** One function with its local solution. */
  public record Body(Function function, Typing typing, Solution<LockState> locks) {}

  /** The function's body, analysed; the most recent ones are kept. */
  public Body body(FunctionRef ref) {
    return program.recent(List.of("body", ref), () -> analyse(ref));
  }

  private Body analyse(FunctionRef ref) {
    Function function = program.ir(ref);
    Typing typing = new Typing(function, program.model());
    LockWrappers wrappers = LockWrappers.of(program);
    LockAnalysis analysis =
        new LockAnalysis(
            program.model(), function, typing, call -> wrappers.effects(call.name(), ref.file()));
    return new Body(function, typing, CorrelatedLocks.solve(function, analysis));
  }

  /** What surely holds at the call at {@code position}; nothing if there is no such call. */
  public Context at(FunctionRef function, Position position) {
    return locals
        .inBody(function, i -> i instanceof Instruction.Call c && c.position().equals(position))
        .after(entry(function));
  }

  /** What surely holds at an instruction of the function's body. */
  public Context at(FunctionRef function, Instruction instruction) {
    return locals.inBody(function, instruction::equals).after(entry(function));
  }

  /** What surely holds when the function is entered. */
  public Context entry(FunctionRef function) {
    return entries.of(function).orElse(Context.NOTHING);
  }

  private Optional<Context> meet(
      FunctionRef function, Fixpoint.Values<FunctionRef, Context> callers) {
    List<CallGraph.Way> ways = CallGraph.of(program).into(function);
    if (ways.isEmpty() || ways.size() > MAX_WAYS || ways.stream().anyMatch(Contexts::isUnknown)) {
      return Optional.of(Context.NOTHING);
    }
    Optional<Context> common = Optional.empty();
    for (CallGraph.Way way : cheapFirst(ways)) {
      Optional<Context> here = by(way, function, callers);
      Optional<Context> known = common;
      common = here.isEmpty() ? known : Optional.of(known.map(here.get()::meet).orElse(here.get()));
      if (common.isPresent() && common.get().equals(Context.NOTHING)) {
        break;
      }
    }
    return common;
  }

  /** Where nothing can come out any more, the bodies of other callers need not be looked at. */
  private List<CallGraph.Way> cheapFirst(List<CallGraph.Way> ways) {
    List<CallGraph.Way> ordered = new ArrayList<>(ways);
    ordered.sort(Comparator.comparing(w -> w.caller().map(this::needsBody).orElse(false)));
    return ordered;
  }

  private boolean needsBody(FunctionRef caller) {
    return LockWrappers.of(program).areCalledIn(caller);
  }

  private static boolean isUnknown(CallGraph.Way way) {
    return way instanceof CallGraph.Way.Unknown;
  }

  /** What holds when the function is entered by that way; empty if no call is known to go it. */
  private Optional<Context> by(
      CallGraph.Way way, FunctionRef function, Fixpoint.Values<FunctionRef, Context> callers) {
    if (way instanceof CallGraph.Way.Core core) {
      return Optional.of(byCore(function, core));
    }
    FunctionRef caller = way.caller().orElseThrow();
    return caller.equals(function)
        ? Optional.empty() // A recursive call adds no way in.
        : callers.of(caller).map(locals.atCalls(caller, function, way)::after);
  }

  /**
   * Whether all ways into the function are known, up to entry points that the model knows: then
   * nothing more is held there than {@link #entry} says. A function that the tree neither calls nor
   * hands out has none, and nobody in the tree holds anything for it.
   */
  public boolean isKnown(FunctionRef function) {
    return known.of(function).orElse(true);
  }

  /**
   * What surely holds at a call on the ways into its function that are known to their beginnings,
   * though others may not be: one context for each, at most {@value #MAX_KNOWN}. What it does not
   * name is held by none that the tree shows.
   */
  public List<Context> onKnownWays(FunctionRef function, Position position) {
    LocalContext here =
        locals.inBody(
            function, i -> i instanceof Instruction.Call c && c.position().equals(position));
    return knownEntries(function, MAX_LEVELS).stream().map(here::after).distinct().toList();
  }

  private List<Context> knownEntries(FunctionRef function, int levels) {
    return program.memo(
        List.of("Contexts.knownEntries", assertions, function, levels),
        () -> findKnownEntries(function, levels));
  }

  private List<Context> findKnownEntries(FunctionRef function, int levels) {
    if (isKnown(function)) {
      return List.of(entry(function));
    }
    Set<Context> found = new LinkedHashSet<>();
    for (CallGraph.Way way : CallGraph.of(program).into(function)) {
      if (way instanceof CallGraph.Way.Core core) {
        found.add(byCore(function, core));
      } else if (levels > 0 && way.caller().filter(c -> !c.equals(function)).isPresent()) {
        FunctionRef caller = way.caller().orElseThrow();
        LocalContext there = locals.atCalls(caller, function, way);
        knownEntries(caller, levels - 1).forEach(c -> found.add(there.after(c)));
      }
    }
    return found.stream().limit(MAX_KNOWN).toList();
  }

  private Optional<Boolean> isKnown(
      FunctionRef function, Fixpoint.Values<FunctionRef, Boolean> callers) {
    List<CallGraph.Way> ways = CallGraph.of(program).into(function);
    boolean all =
        ways.size() <= MAX_WAYS
            && ways.stream()
                .allMatch(w -> !isUnknown(w) && w.caller().flatMap(callers::of).orElse(true));
    return Optional.of(all);
  }

  /** What the core holds when it calls the function as a row of the model tells. */
  Context byCore(FunctionRef function, CallGraph.Way.Core way) {
    Context context = new Context(new TreeMap<>(), new TreeMap<>());
    Location where = Location.of(function.file(), program.facts(function).position());
    EntryPoints.of(program)
        .lock(way.row(), way.escape(), where)
        .ifPresent(l -> context.locks().put(l.identity(), l));
    if (way.row().is("section")) {
      context.sections().put("rcu", where);
    }
    EntryPoints.of(program)
        .openedBefore(way.row(), way.escape())
        .forEach(flavour -> context.sections().put(flavour, where));
    return context;
  }
}
