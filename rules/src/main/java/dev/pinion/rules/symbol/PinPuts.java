// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.SymbolWrapper;
import dev.pinion.analyzer.link.SymbolWrapper.Effect;
import dev.pinion.rules.symbol.Pin.State;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What puts do to the pins of a path: by name, by an address, and through a function that puts. */
final class PinPuts {
  private final PinContext context;

  PinPuts(PinContext context) {
    this.context = context;
  }

  /** A call that puts a symbol. */
  World put(Instruction.Call call, SymbolWrapper wrapper, World world, PinEvents events) {
    Optional<String> key = context.key(call, wrapper);
    if (key.isPresent()) {
      return putByName(call, key.get(), world, events);
    }
    if (wrapper.argument() >= call.arguments().size()
        || !(call.arguments().get(wrapper.argument()) instanceof Value.Load load)) {
      return world;
    }
    String value = world.facts().value(load);
    for (Map.Entry<Integer, Pin> e : world.pins().entrySet()) {
      String taken = PathFacts.valueOf(e.getKey());
      if (value.equals(taken)
          || value.contains(taken + "->")
          || isInAttached(context.site(e.getKey()), load.path(), value, world)) {
        if (e.getValue().is(State.HELD)) {
          events.putHeld(call, e.getKey());
          return world.with(e.getKey(), e.getValue().droppedAt(call.position()));
        }
        if (value.equals(taken)) {
          events.putUnheld(call, context.site(e.getKey()).key(), world);
          return world;
        }
      }
    }
    events.putByAddress(call, context.typing().canonical(load.path()));
    return world;
  }

  private World putByName(Instruction.Call call, String key, World world, PinEvents events) {
    OptionalInt held = OptionalInt.empty();
    boolean tried = false;
    for (Map.Entry<Integer, Pin> e : world.pins().entrySet()) {
      if (context.site(e.getKey()).key().equals(key)) {
        tried = true;
        if (e.getValue().is(State.HELD)) {
          held = OptionalInt.of(e.getKey());
        }
      }
    }
    if (held.isPresent()) {
      int site = held.getAsInt();
      events.putHeld(call, site);
      return world.with(site, world.pin(site).droppedAt(call.position()));
    }
    if (tried) {
      events.putUnheld(call, key, world);
    } else {
      events.putOfCaller(call, key);
    }
    return world;
  }

  /** A call of a function that puts what its argument points to by address. */
  World releaser(Instruction.Call call, World world, PinEvents events) {
    OptionalInt parameter = context.released(call.name());
    if (parameter.isEmpty() || parameter.getAsInt() >= call.arguments().size()) {
      return world;
    }
    String object = world.facts().value(call.arguments().get(parameter.getAsInt()));
    Set<String> reached = world.facts().reachable(object);
    World after = world;
    for (Map.Entry<Integer, Pin> e : world.pins().entrySet()) {
      Site site = context.site(e.getKey());
      boolean concerned =
          PathFacts.valueOf(e.getKey()).equals(object)
              || world.sourceOf(object).equals(Optional.of(e.getKey()))
              || e.getValue().stashes().stream()
                  .anyMatch(k -> reached.stream().anyMatch(r -> k.place().startsWith(r)))
              || (site.wrapper().effect() == Effect.ATTACH
                  && site.call().arguments().stream()
                      .anyMatch(a -> world.facts().value(a).equals(object)));
      if (concerned && e.getValue().is(State.HELD)) {
        events.putHeld(call, e.getKey());
        after = after.with(e.getKey(), e.getValue().droppedAt(call.position()));
      }
    }
    return after;
  }

  /**
   * Whether a place, or the value read from it, lies in an object that the symbol was attached to:
   * {@code attach(f, &x->ops)} fills {@code x->ops} with functions of the provider.
   */
  static boolean isInAttached(Site site, AccessPath path, String value, World world) {
    if (site.wrapper().effect() != Effect.ATTACH) {
      return false;
    }
    String place = world.facts().place(path);
    for (Value argument : site.call().arguments()) {
      String object = world.facts().value(argument);
      String inside = PathFacts.inside(object);
      if (place.startsWith(inside) || value.startsWith("in:" + inside)) {
        return true;
      }
    }
    return false;
  }
}
