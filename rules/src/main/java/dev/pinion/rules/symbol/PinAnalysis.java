// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.dataflow.Branches;
import dev.pinion.analyzer.dataflow.Interest;
import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The typestate of symbol pins, path by path: not there, held, dropped. Every call that takes a
 * symbol splits a path in two, one on which it is there and one on which it is not, and branches
 * weed out the paths that cannot be.
 */
final class PinAnalysis implements Analysis<Worlds> {
  private final PinTransfer transfer;
  private final Interest interest;

  PinAnalysis(PinTransfer transfer, Interest interest) {
    this.transfer = transfer;
    this.interest = interest;
  }

  @Override
  public Worlds entry() {
    return new Worlds(Set.of(World.START), Worlds.Extent.COMPLETE);
  }

  @Override
  public Worlds join(Worlds left, Worlds right) {
    if (left.all().containsAll(right.all())) {
      return left;
    }
    Set<World> both = new LinkedHashSet<>(left.all());
    both.addAll(right.all());
    Worlds.Extent extent = left.extent() == Worlds.Extent.CUT ? Worlds.Extent.CUT : right.extent();
    return Worlds.of(both, extent, this::coarser);
  }

  private World coarser(World world) {
    return world.with(world.facts().keeping(v -> isPinned(v, world)));
  }

  private static boolean isPinned(String value, World world) {
    return world.siteOf(value).isPresent() || world.derived().containsKey(value);
  }

  @Override
  public Worlds after(Instruction instruction, Worlds before) {
    return after(instruction, before, PinEvents.NONE);
  }

  Worlds after(Instruction instruction, Worlds before, PinEvents events) {
    List<World> out = new ArrayList<>();
    for (World world : before.all()) {
      out.addAll(transfer.after(instruction, world, events));
    }
    return Worlds.of(out, before.extent(), this::coarser);
  }

  @Override
  public Worlds along(Terminator terminator, int successor, Worlds before) {
    List<World> out = new ArrayList<>();
    for (World world : before.all()) {
      along(terminator, successor, world).ifPresent(out::add);
    }
    return Worlds.of(out, before.extent(), this::coarser);
  }

  /** The paths that one path becomes. */
  List<World> after(Instruction instruction, World world) {
    return transfer.after(instruction, world, PinEvents.NONE);
  }

  /** The path after a branch; empty if it cannot go there. */
  Optional<World> along(Terminator terminator, int successor, World before) {
    Optional<PathFacts> learned = Branches.along(terminator, successor, before.facts());
    if (learned.isEmpty()) {
      return Optional.empty();
    }
    World world = before;
    if (terminator instanceof Terminator.Branch branch) {
      Value tested = Branches.tested(branch.condition()).orElse(branch.condition().left());
      String value = before.facts().value(tested);
      Optional<Integer> site = before.siteOf(value);
      if (site.isPresent() && !branch.condition().left().toString().startsWith("IS_ERR(")) {
        world = world.with(site.get(), world.pin(site.get()).checked());
      }
      if (isPinned(value, before) || interest.in(tested)) {
        world = world.with(learned.get());
      }
    } else if (terminator instanceof Terminator.Switch choice && interest.in(choice.value())) {
      world = world.with(learned.get());
    }
    return Optional.of(world);
  }
}
