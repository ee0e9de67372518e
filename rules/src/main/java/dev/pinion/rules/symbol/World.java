// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.ir.Position;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One path through a function: what it knows, and the pins it has taken.
 *
 * @param pins by the number of the call that took them
 * @param derived values that came from calling a symbol, and the pin of that symbol
 * @param files counted files held by this function, with where the reference was taken
 */
record World(
    PathFacts facts,
    SortedMap<Integer, Pin> pins,
    SortedMap<String, Integer> derived,
    SortedMap<String, Position> files) {

  static final World START =
      new World(PathFacts.NONE, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

  World with(PathFacts other) {
    return new World(other, pins, derived, files);
  }

  World with(int site, Pin pin) {
    SortedMap<Integer, Pin> more = new TreeMap<>(pins);
    more.put(site, pin);
    return new World(facts, more, derived, files);
  }

  World eachPin(UnaryOperator<Pin> change) {
    SortedMap<Integer, Pin> changed = new TreeMap<>();
    pins.forEach((site, pin) -> changed.put(site, change.apply(pin)));
    return changed.equals(pins) ? this : new World(facts, changed, derived, files);
  }

  World deriving(String value, int site) {
    SortedMap<String, Integer> more = new TreeMap<>(derived);
    more.put(value, site);
    return new World(facts, pins, more, files);
  }

  World holding(String file, Position position) {
    SortedMap<String, Position> more = new TreeMap<>(files);
    more.put(file, position);
    return new World(facts, pins, derived, more);
  }

  World releasing(String file) {
    SortedMap<String, Position> fewer = new TreeMap<>(files);
    fewer.remove(file);
    return new World(facts, pins, derived, fewer);
  }

  /** The pin whose symbol that value is. */
  Optional<Integer> siteOf(String value) {
    for (Map.Entry<Integer, Pin> e : pins.entrySet()) {
      if (PathFacts.valueOf(e.getKey()).equals(value)) {
        return Optional.of(e.getKey());
      }
    }
    return Optional.empty();
  }

  /** The pin from whose symbol that value came. */
  Optional<Integer> sourceOf(String value) {
    return Optional.ofNullable(derived.get(value)).filter(p -> pins.containsKey(p));
  }

  /** Whether the path goes through something that hardly ever happens. */
  boolean isUnlikely() {
    return odds() == Pin.Odds.UNLIKELY;
  }

  /** How likely the path is: a module that is held hardly ever loses a symbol. */
  Pin.Odds odds() {
    return pins.values().stream().anyMatch(p -> p.odds() == Pin.Odds.UNLIKELY)
        ? Pin.Odds.UNLIKELY
        : Pin.Odds.LIKELY;
  }

  Pin pin(int site) {
    Pin pin = pins.get(site);
    if (pin == null) {
      throw new IllegalArgumentException("no pin taken by " + site);
    }
    return pin;
  }
}
