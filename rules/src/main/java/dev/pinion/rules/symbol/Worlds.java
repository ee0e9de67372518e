// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The paths that lead to a point, told apart as long as there are few. Where paths meet, both
 * remain; with too many, what they know of flags is forgotten, and with far too many some are
 * dropped and the result says so.
 *
 * @param extent whether all paths are there
 */
record Worlds(Set<World> all, Extent extent) {
  private static final int MANY = 200;
  private static final int TOO_MANY = 800;

  /** Whether a set of paths is complete. */
  enum Extent {
    COMPLETE,
    CUT
  }

  Worlds {
    all = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(all));
  }

  static Worlds of(Collection<World> worlds, Extent extent, UnaryOperator<World> coarser) {
    Set<World> some = new LinkedHashSet<>(worlds);
    if (some.size() > MANY) {
      Set<World> fewer = new LinkedHashSet<>();
      some.forEach(w -> fewer.add(coarser.apply(w)));
      some = fewer;
    }
    if (some.size() <= TOO_MANY) {
      return new Worlds(some, extent);
    }
    Set<World> first = new LinkedHashSet<>();
    for (World world : some) {
      if (first.size() < TOO_MANY) {
        first.add(world);
      }
    }
    return new Worlds(first, Extent.CUT);
  }
}
