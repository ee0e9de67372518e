// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.SymbolWrapper.Effect;
import dev.pinion.rules.symbol.Pin.State;
import java.util.Optional;
import java.util.Set;

/** What reading a value tells of pins: that a result was tested, used when absent, or used late. */
final class PinUses {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "!", "!!");

  private final PinContext context;

  PinUses(PinContext context) {
    this.context = context;
  }

  /** A comparison is a test, wherever it stands: {@code return fn != NULL}. */
  static World tested(Value value, World world) {
    if (!(value instanceof Value.Compound compound)) {
      return world;
    }
    World after = world;
    boolean compares = COMPARISONS.contains(compound.operator());
    for (Value operand : compound.operands()) {
      Optional<Integer> site =
          compares ? after.siteOf(after.facts().value(operand)) : Optional.empty();
      if (site.isPresent()) {
        after = after.with(site.get(), after.pin(site.get()).checked());
      }
      after = tested(operand, after);
    }
    return after;
  }

  /** Whether reading the value surely crashes. */
  boolean reads(Value value, Instruction by, World world, PinEvents events) {
    if (value instanceof Value.Load load) {
      return goesThrough(load.path(), by, world, events);
    }
    if (value instanceof Value.Compound compound) {
      for (Value operand : compound.operands()) {
        if (reads(operand, by, world, events)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Follows the pointers of a path; true if one of them is a symbol that is not there. */
  boolean goesThrough(AccessPath path, Instruction by, World world, PinEvents events) {
    for (int i = 0; i < path.steps().size(); i++) {
      if (path.steps().get(i) instanceof Step.Dot) {
        continue;
      }
      AccessPath pointer = new AccessPath(path.root(), path.steps().subList(0, i));
      String value = world.facts().held(world.facts().place(pointer));
      Optional<Integer> site = world.siteOf(value);
      Optional<Integer> source = site.isPresent() ? site : world.sourceOf(value);
      if (source.isEmpty()) {
        continue;
      }
      Pin pin = world.pin(source.get());
      if (site.isPresent() && pin.is(State.ABSENT)) {
        events.usedAbsent(site.get(), pointer, by.position());
        return true;
      }
      if (pin.is(State.DROPPED) && context.site(source.get()).wrapper().effect() == Effect.GET) {
        events.usedDropped(source.get(), value, pointer, by.position(), world);
      }
    }
    return false;
  }
}
