// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.rules.symbol.Pin.Stash;
import java.util.Optional;

/** Where a path leaves something of a provider, so that it may be reached after the function. */
final class PinStashes {
  private final PinContext context;

  PinStashes(PinContext context) {
    this.context = context;
  }

  /** Notes that a place which outlives the function got, or lost, something of a provider. */
  World stored(AccessPath target, String place, World world, Instruction by) {
    boolean oneElement = target.steps().stream().anyMatch(s -> s instanceof Step.Index);
    World clean = oneElement ? world : world.eachPin(p -> p.unstashed(place));
    if (!context.outlives(place)) {
      return clean;
    }
    String value = clean.facts().held(place);
    Optional<Integer> site = clean.siteOf(value);
    Stash.What what = site.isPresent() ? Stash.What.SYMBOL : Stash.What.DERIVED;
    Optional<Integer> source = site.isPresent() ? site : clean.sourceOf(value);
    if (source.isEmpty()) {
      return clean;
    }
    String text =
        by instanceof Instruction.Assign assign ? Shown.value(assign.value()) : Shown.path(target);
    Stash stash = new Stash(place, target, value, text, what, by.position());
    return clean.with(source.get(), clean.pin(source.get()).stashed(stash));
  }

  /** The world in which a call has put into {@code target} what the provider of a pin returned. */
  World derived(Instruction.Call call, AccessPath target, int site, World world) {
    int id = context.number(call);
    World named = world.with(world.facts().define(id)).deriving(PathFacts.valueOf(id), site);
    String place = named.facts().place(target);
    World assigned = named.with(named.facts().store(place, PathFacts.valueOf(id)));
    return stored(target, place, assigned, call);
  }

  /** What a provider has made and gets back belongs to the provider, with its pin. */
  static World given(Instruction.Call call, int site, World world) {
    World after = world;
    for (Value argument : call.arguments()) {
      String value = after.facts().value(argument);
      if (argument instanceof Value.Load load && after.sourceOf(value).equals(Optional.of(site))) {
        Stash stash = Stash.given(call, load.path(), value, Stash.What.DERIVED);
        after = after.with(site, after.pin(site).stashed(stash));
      }
    }
    return after;
  }

  /** A call of a function that stores its argument keeps what is taken from it there. */
  World kept(Instruction.Call call, World world) {
    World after = world;
    for (int i = 0; i < call.arguments().size(); i++) {
      if (!(call.arguments().get(i) instanceof Value.Load load)) {
        continue;
      }
      String value = after.facts().value(load);
      Optional<Integer> site = after.siteOf(value);
      if (site.isPresent() && context.keeper(call.name(), i).isPresent()) {
        Stash stash = Stash.given(call, load.path(), value, Stash.What.SYMBOL);
        after = after.with(site.get(), after.pin(site.get()).stashed(stash));
      }
    }
    return after;
  }
}
