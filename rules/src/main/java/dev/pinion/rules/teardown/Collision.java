// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.LockPlaces;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Takings;
import dev.pinion.analyzer.link.TypedLock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * A lock that is held, and taken again further down in what is waited for or called.
 *
 * @param held as it is held
 * @param reached the function that takes it again
 * @param taken where it does
 */
record Collision(LockPlaces.Held held, Descent.Reached reached, LockPlaces.Taken taken) {
  /** The collisions of a lock that is held with what may run, in the order of what may run. */
  static List<Collision> of(Program program, LockPlaces.Held held, List<Descent.Reached> running) {
    String identity = held.lock().identity();
    List<Collision> all = new ArrayList<>();
    for (Descent.Reached reached : running) {
      SortedMap<String, TypedLock> takings = Takings.of(program).in(reached.function());
      TypedLock again = takings.get(identity);
      if (again != null && held.lock().excludes(again)) {
        LockPlaces.of(program).taken(reached.function(), identity).stream()
            .filter(t -> held.lock().excludes(t.lock()))
            .forEach(t -> all.add(new Collision(held, reached, t)));
      }
    }
    return all;
  }

  String lock() {
    return held.lock().identity();
  }

  /** Where the lock is taken again. */
  Location location() {
    return Location.of(reached.function().file(), taken.call().position());
  }
}
