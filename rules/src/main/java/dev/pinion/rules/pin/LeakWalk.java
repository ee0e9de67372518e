// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.Forks;
import dev.pinion.analyzer.dataflow.Interest;
import dev.pinion.analyzer.dataflow.Known;
import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.rules.pin.LeakStand.Fate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Follows one reference on all paths from where it is taken to where the function is left. */
final class LeakWalk {
  /** How a path leaves the function. */
  enum Outcome {
    /** With an error code, an error pointer or NULL; what is surely not 0 counts as a code. */
    FAILS,
    /** With anything else, or nothing. */
    OTHER
  }

  /** With more than this nothing is said. */
  private static final int MAX_STANDS = 3000;

  private final Cfg cfg;
  private final LeakSite site;
  private final LeakSteps steps;
  private final LeakBranches branches;
  private final boolean returnsPointer;
  private final Map<LeakStand, Map<LeakStand, Integer>> next = new LinkedHashMap<>();
  private final Set<LeakStand> starts = new LinkedHashSet<>();
  private final Set<LeakStand> good = new LinkedHashSet<>();
  private final Set<LeakStand> leaks = new LinkedHashSet<>();
  private final Map<Position, Fate> ends = new TreeMap<>();
  private final Set<Outcome> putWith = EnumSet.noneOf(Outcome.class);
  private final LeakLending lending;
  private final Passing passing;
  private boolean complete = true;

  private LeakWalk(
      Program program, FunctionRef function, Function body, LeakSite site, Passing passing) {
    this.cfg = body.cfg();
    this.site = site;
    Interest interest = new Interest(body);
    this.passing = passing;
    this.lending = new LeakLending(program, function, body);
    this.steps = new LeakSteps(program, function, body, site, interest, lending, passing);
    this.branches = new LeakBranches(site, interest);
    this.returnsPointer = body.returnType().isPointer();
  }

  /** Whether paths end at a call that may keep the object, or go on and are judged by others. */
  enum Passing {
    ENDS,
    LENDS
  }

  /**
   * The walk for one site.
   *
   * @param entry what is known when the function is entered
   */
  static LeakWalk of(
      Program program,
      FunctionRef function,
      Function body,
      LeakSite site,
      PathFacts entry,
      Passing passing) {
    LeakWalk walk = new LeakWalk(program, function, body, site, passing);
    walk.explore(entry);
    return walk;
  }

  Passing passing() {
    return passing;
  }

  /** Whether all paths were followed. */
  boolean isComplete() {
    return complete;
  }

  /** Where the reference is given back, cleaned up or handed over. */
  Map<Position, Fate> ends() {
    return ends;
  }

  Set<LeakStand> leaks() {
    return leaks;
  }

  /** Whether a path that has given the reference back leaves in that way. */
  boolean isPutWith(Outcome outcome) {
    return putWith.contains(outcome);
  }

  /** How a path leaves. */
  Outcome outcome(LeakStand stand) {
    if (!(cfg.block(stand.block()).terminator() instanceof Terminator.Return leave)
        || leave.value().isEmpty()) {
      return Outcome.OTHER;
    }
    Known known = stand.facts().known(stand.facts().value(leave.value().get()));
    boolean isError =
        known.error() == Known.Answer.YES
            || known.sign() == Known.Answer.YES
            || (returnsPointer ? known.isZero() : known.isNonZero() && known.equal().isEmpty());
    return isError ? Outcome.FAILS : Outcome.OTHER;
  }

  List<Forks.Way<LeakStand>> ways() {
    return Forks.of(cfg, next, LeakStand::block, starts, good, leaks);
  }

  private void explore(PathFacts entry) {
    BitSet towards = towardsSite();
    Deque<LeakStand> work = new ArrayDeque<>();
    Set<LeakStand> seen = new LinkedHashSet<>();
    add(run(LeakStand.entry(entry)), seen, work);
    while (!work.isEmpty()) {
      if (seen.size() > MAX_STANDS) {
        complete = false;
        return;
      }
      LeakStand stand = work.removeFirst();
      Map<LeakStand, Integer> edges = new LinkedHashMap<>();
      next.put(stand, edges);
      if (stand.fate().isEnd()) {
        continue;
      }
      Terminator terminator = cfg.block(stand.block()).terminator();
      if (terminator instanceof Terminator.Return leave) {
        leave(stand, leave);
        continue;
      }
      for (int successor : terminator.successors()) {
        if (stand.fate() != Fate.NOT_TAKEN || towards.get(successor)) {
          branches
              .along(terminator, successor, stand)
              .map(this::run)
              .ifPresent(
                  to -> {
                    if (stand.fate() != Fate.PUT) {
                      edges.put(to, successor); // What comes behind a put decides nothing.
                    }
                    add(to, seen, work);
                  });
        }
      }
    }
    settle();
  }

  /** What was lent and not seen to be given back may have been kept. */
  private void settle() {
    for (LeakStand stand : List.copyOf(leaks)) {
      if (!lending.isGivenBack(stand)) {
        leaks.remove(stand);
        good.add(stand);
        ends.putIfAbsent(lending.last(stand), Fate.HANDED_OVER);
      }
    }
  }

  /** The calls behind which a leaking path has the object still, as others show. */
  List<Instruction.Call> lentTo(LeakStand stand) {
    return lending.calls(stand);
  }

  /** Those of them that have not failed on that path. */
  List<Instruction.Call> lentWell(LeakStand stand) {
    return lending.well(stand);
  }

  private static void add(LeakStand stand, Set<LeakStand> seen, Deque<LeakStand> work) {
    if (seen.add(stand)) {
      work.addLast(stand);
    }
  }

  private void leave(LeakStand stand, Terminator.Return leave) {
    boolean gives = leave.value().filter(v -> stand.isMeant(stand.facts().value(v))).isPresent();
    if (gives) {
      ends.putIfAbsent(leave.position(), Fate.HANDED_OVER);
      good.add(stand);
    } else if (stand.isHeld()) {
      leaks.add(stand);
    } else if (stand.fate() == Fate.PUT) {
      putWith.add(outcome(stand));
    }
  }

  /** From the start of a block to its end, or to where the reference finds its own. */
  private LeakStand run(LeakStand entry) {
    LeakStand stand = entry;
    boolean taken = false;
    for (Instruction instruction : cfg.block(entry.block()).instructions()) {
      boolean held = stand.isHeld();
      stand = steps.after(instruction, stand);
      taken |= !held && stand.isHeld();
      if (held && !stand.isHeld()) {
        end(stand, instruction.position());
      }
      if (stand.fate().isEnd()) {
        break;
      }
    }
    if (taken) {
      starts.add(stand);
    }
    if (stand.fate() == Fate.PUT) {
      good.add(stand);
    }
    return stand;
  }

  private void end(LeakStand stand, Position position) {
    if (stand.fate() == Fate.PUT) {
      lending.put(stand);
    }
    if (stand.fate() == Fate.TAKEN_AGAIN) {
      leaks.add(stand);
    } else if (stand.fate() != Fate.NONE) {
      ends.putIfAbsent(position, stand.fate());
      if (stand.fate() != Fate.PUT) {
        good.add(stand);
      }
    }
  }

  /** The blocks from which the site can be reached, with its own. */
  private BitSet towardsSite() {
    Map<Integer, List<Integer>> before = new HashMap<>();
    for (BasicBlock block : cfg.blocks()) {
      for (int successor : block.terminator().successors()) {
        before.computeIfAbsent(successor, b -> new ArrayList<>(2)).add(block.id());
      }
    }
    BitSet towards = new BitSet();
    towards.set(site.block());
    Deque<Integer> work = new ArrayDeque<>(List.of(site.block()));
    while (!work.isEmpty()) {
      for (int from : before.getOrDefault(work.removeFirst(), List.of())) {
        if (!towards.get(from)) {
          towards.set(from);
          work.add(from);
        }
      }
    }
    return towards;
  }
}
