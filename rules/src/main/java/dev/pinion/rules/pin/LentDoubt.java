// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.Forks;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Program;
import dev.pinion.rules.pin.LeakStand.Fate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Why a path may not leak that has passed its object on, though others put the object then. */
record LentDoubt(Program program, LeakSite site, LeakWalk walk, Cfg cfg) {
  private static final String FAMILY = "reference";

  /** Empty if there is no doubt. */
  Optional<String> of(Forks.Way<LeakStand> way) {
    if (way.end().lent().isEmpty()) {
      return Optional.empty();
    }
    if (comesByAgain(way)) {
      return Optional.of("it is found on one round of a loop and left on another");
    }
    return undoing(way)
        .map(
            y ->
                LeakLending.text(y)
                    + " gets what was passed on with the object, and may give that back");
  }

  /** Whether the path comes a second time to where each path to the taking has come by. */
  private boolean comesByAgain(Forks.Way<LeakStand> way) {
    return site.kind() != LeakSite.Kind.LOOP
        && way.states().stream()
            .map(LeakStand::block)
            .filter(b -> b != site.block())
            .distinct()
            .anyMatch(b -> !isReachedWithout(b));
  }

  private boolean isReachedWithout(int avoided) {
    Set<Integer> seen = new HashSet<>();
    List<Integer> work = new ArrayList<>(List.of(cfg.entry().id()));
    while (!work.isEmpty()) {
      int block = work.remove(work.size() - 1);
      if (block != avoided && seen.add(block)) {
        if (block == site.block()) {
          return true;
        }
        work.addAll(cfg.block(block).terminator().successors());
      }
    }
    return false;
  }

  /** A call on no path that puts, of something that was passed on beside the object. */
  private Optional<Instruction.Call> undoing(Forks.Way<LeakStand> way) {
    List<AccessPath> beside = new ArrayList<>();
    List<Instruction.Call> lent = walk.lentWell(way.end());
    for (int block : way.states().stream().map(LeakStand::block).distinct().toList()) {
      for (Instruction instruction : cfg.block(block).instructions()) {
        if (!(instruction instanceof Instruction.Call call)) {
          continue;
        }
        if (lent.contains(call)) {
          call.arguments().forEach(a -> path(a).filter(p -> !isObject(p)).ifPresent(beside::add));
        } else if (isAny(call, beside) && !leadsToPut(call)) {
          return Optional.of(call);
        }
      }
    }
    return Optional.empty();
  }

  private boolean isAny(Instruction.Call call, List<AccessPath> beside) {
    return call.kind() == Instruction.CallKind.ORDINARY
        && !program.model().does(call.name(), FAMILY, "look")
        && program.model().find("lock", call.name()).isEmpty()
        && call.arguments().stream()
            .flatMap(a -> path(a).stream())
            .anyMatch(p -> beside.stream().anyMatch(b -> isIn(p, b) || isIn(b, p)));
  }

  private boolean isObject(AccessPath path) {
    return site.call().result().filter(r -> r.root().equals(path.root())).isPresent();
  }

  private static Optional<AccessPath> path(Value value) {
    return value instanceof Value.Load load
        ? Optional.of(load.path())
        : value instanceof Value.AddressOf address ? Optional.of(address.path()) : Optional.empty();
  }

  private static boolean isIn(AccessPath part, AccessPath whole) {
    return part.root().equals(whole.root())
        && part.steps().size() >= whole.steps().size()
        && part.steps().subList(0, whole.steps().size()).equals(whole.steps());
  }

  private boolean leadsToPut(Instruction.Call call) {
    Set<Position> puts =
        walk.ends().entrySet().stream()
            .filter(e -> e.getValue() == Fate.PUT)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return cfg.blocks().stream()
        .map(BasicBlock::instructions)
        .flatMap(List::stream)
        .anyMatch(i -> puts.contains(i.position()) && cfg.leads(call, i));
  }
}
