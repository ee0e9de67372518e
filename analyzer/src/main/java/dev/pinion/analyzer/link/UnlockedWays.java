// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockState;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.LockFacts;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds one way into a function on which certain locks are surely not held: from where the core
 * calls, or from a function that takes the lock itself and so was not entered with it, down to an
 * instruction. {@link Contexts} says what holds on all ways; to show that something can happen one
 * is enough, and the others may lead out of sight.
 *
 * <p>A call through a member is followed only if nobody else calls through it: which of several
 * calls reaches the function is not known.
 */
public final class UnlockedWays {
  /** Functions looked at for one answer; reaching it means that none is found. */
  private static final int MAX_FUNCTIONS = 200;

  /** Any lock. */
  private static final String ANY = LocalContext.ANY;

  private final Program program;
  private final LockIdentity identity;
  private final OwnLocks own;

  private UnlockedWays(Program program) {
    this.program = program;
    this.identity = new LockIdentity(program);
    this.own = new OwnLocks(program);
  }

  /** The ways of a program. */
  public static UnlockedWays of(Program program) {
    return program.memo(UnlockedWays.class, () -> new UnlockedWays(program));
  }

  /** Whether a read-side section has to be open at the instruction. */
  public enum Section {
    OPEN,
    NO_MATTER
  }

  /**
   * A way that was found.
   *
   * @param from the function where it begins
   * @param reason one line: why none of the locks is held there
   */
  public record Found(FunctionRef from, Related reason) {}

  /**
   * What may be held at an instruction, by what its function does.
   *
   * @param maybe identities of the locks; {@link #ANY} for one whose identity is not known
   * @param inSection whether a read-side section is surely open
   * @param leaves whether a section that callers have opened may have been left
   */
  private record At(SortedSet<String> maybe, boolean inSection, boolean leaves) {
    static final At NOTHING = new At(new TreeSet<>(), false, false);

    boolean mayHold(Set<String> locks) {
      return maybe.contains(ANY) || maybe.stream().anyMatch(locks::contains);
    }
  }

  /**
   * A function that a way has come to, from below.
   *
   * @param unwanted the locks of which it is not said yet that they are not held
   * @param reason why the last of the others is not held
   */
  private record Step(
      FunctionRef function,
      boolean inSection,
      SortedSet<String> unwanted,
      Optional<Related> reason) {
    /** Two steps that differ only in the reason lead on to the same. */
    Object key() {
      return List.of(function, inSection, unwanted);
    }
  }

  /**
   * A way to the instruction at {@code position}.
   *
   * @param unwanted identities of the locks that must not be held
   */
  public Optional<Found> to(
      FunctionRef function, Position position, Set<String> unwanted, Section section) {
    return program.memo(
        List.of("UnlockedWays", function, position, unwanted, section),
        () -> find(function, position, unwanted, section));
  }

  private Optional<Found> find(
      FunctionRef function, Position position, Set<String> unwanted, Section section) {
    Deque<Step> work = new ArrayDeque<>();
    Set<Object> seen = new HashSet<>();
    Step target =
        new Step(function, section == Section.NO_MATTER, new TreeSet<>(unwanted), Optional.empty());
    for (At at : at(function, i -> isAt(i, position))) {
      above(target, function, at).filter(s -> seen.add(s.key())).ifPresent(work::add);
    }
    while (!work.isEmpty() && seen.size() < MAX_FUNCTIONS) {
      Step step = work.removeFirst();
      List<CallGraph.Way> ways = CallGraph.of(program).into(step.function());
      Optional<Found> found = beginning(step, ways);
      if (found.isPresent()) {
        return found;
      }
      for (CallGraph.Way way : ways) {
        Optional<FunctionRef> caller = way.caller().filter(c -> isCertain(way, ways));
        if (caller.isPresent() && !caller.get().equals(step.function())) {
          for (At at : atCalls(caller.get(), step.function(), way)) {
            above(step, caller.get(), at).filter(s -> seen.add(s.key())).ifPresent(work::add);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isAt(Instruction instruction, Position position) {
    return instruction instanceof Instruction.Call call && call.position().equals(position);
  }

  /** Of calls through members only one that is the only one. */
  private static boolean isCertain(CallGraph.Way way, List<CallGraph.Way> all) {
    return way.path().isEmpty() || all.stream().filter(w -> w.path().isPresent()).count() == 1;
  }

  /** The step to a function in which {@code below} is called, or stands; empty if it is no way. */
  private Optional<Step> above(Step below, FunctionRef function, At at) {
    boolean closed = !below.inSection() && !at.inSection() && at.leaves();
    if (closed
        || at.mayHold(below.unwanted())
        || below.unwanted().stream().anyMatch(l -> own.isDemanded(function, l))) {
      return Optional.empty();
    }
    SortedSet<String> unwanted = new TreeSet<>();
    Optional<Related> reason = below.reason();
    for (String lock : below.unwanted()) {
      Optional<Location> taking = own.taking(function, lock);
      if (taking.isPresent()) {
        reason = Optional.of(takes(function, lock, taking.get()));
      } else {
        unwanted.add(lock);
      }
    }
    return Optional.of(new Step(function, below.inSection() || at.inSection(), unwanted, reason));
  }

  private static Related takes(FunctionRef function, String lock, Location where) {
    return new Related(
        where, function.name() + "() is not entered with " + lock + " held, as this line shows");
  }

  /** The way that begins with that function, if one does. */
  private Optional<Found> beginning(Step step, List<CallGraph.Way> ways) {
    FunctionRef function = step.function();
    Location where = Location.of(function.file(), program.facts(function).position());
    if (step.inSection() && step.unwanted().isEmpty()) {
      return Optional.of(
          new Found(
              function,
              step.reason()
                  .orElseGet(() -> new Related(where, "there is no lock to hold for it"))));
    }
    if (step.inSection() && ways.isEmpty()) {
      return Optional.of(
          new Found(
              function,
              new Related(where, "nobody in the tree holds a lock for " + function.name() + "()")));
    }
    for (CallGraph.Way way : ways) {
      if (way instanceof CallGraph.Way.Core core
          && (step.inSection() || core.row().is("section"))
          && EntryPoints.of(program)
              .lock(core.row(), core.escape(), where)
              .filter(l -> step.unwanted().contains(l.identity()))
              .isEmpty()) {
        return Optional.of(new Found(function, entered(function, core, where)));
      }
    }
    return Optional.empty();
  }

  private static Related entered(FunctionRef function, CallGraph.Way.Core way, Location where) {
    return new Related(
        where,
        function.name()
            + "() is entered by way of "
            + way.row().name()
            + (way.row().operation().equals("field") ? "" : "()")
            + ", without the updater's lock");
  }

  /** What may be held at each call by which {@code caller} enters {@code function} that way. */
  private List<At> atCalls(FunctionRef caller, FunctionRef function, CallGraph.Way way) {
    return program.memo(
        List.of("UnlockedWays.atCalls", caller, function, way),
        () -> {
          if (doesNothing(caller)) {
            return List.of(At.NOTHING);
          }
          Contexts.Body body = Contexts.of(program).body(caller);
          return at(
              caller,
              i -> i instanceof Instruction.Call c && CallSites.isBy(way, function, body, c));
        });
  }

  private boolean doesNothing(FunctionRef function) {
    return program.facts(function).locks().equals(LockFacts.NONE)
        && !LockWrappers.of(program).areCalledIn(function);
  }

  private List<At> at(FunctionRef function, Predicate<Instruction> wanted) {
    Contexts.Body body = Contexts.of(program).body(function);
    Solution<LockState> maybe =
        Solver.forward(body.function().cfg(), body.locks().analysis()); // All paths as one.
    List<At> all = new ArrayList<>();
    if (body.locks().complete() && maybe.complete()) {
      body.locks()
          .forEach(
              (block, instruction, sure) -> {
                if (wanted.test(instruction)) {
                  maybe.forEach(
                      (b, i, state) -> {
                        if (b.id() == block.id() && i.equals(instruction)) {
                          all.add(at(function, body, sure, state));
                        }
                      });
                }
              });
    }
    return all;
  }

  private At at(FunctionRef function, Contexts.Body body, LockState sure, LockState maybe) {
    SortedSet<String> locks = new TreeSet<>();
    for (HeldLock lock : maybe.maybeHeld()) {
      locks.add(
          identity
              .of(LockFacts.Held.of(lock, body.typing()), function.file())
              .map(TypedLock::identity)
              .orElse(ANY));
    }
    return new At(locks, sure.inSection(), !maybe.left().isEmpty());
  }
}
