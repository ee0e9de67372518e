// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether two locks of one name are one lock: the one that a function holds, told from an object
 * that it passes on, and the one that is taken further down, told from the parameter by which the
 * object comes there.
 */
enum Sameness {
  /** One lock, or the only one of its name. */
  SAME,
  /** Both are known from the object on, and lie in different places of it. */
  OTHER,
  UNKNOWN;

  /**
   * Compares.
   *
   * @param object what the function passes: the address of a member, or a pointer
   * @param held where the held lock is, in the function's names
   * @param start the function that gets the object as its first parameter
   * @param passed the member of the object that it gets instead, or empty
   * @param taken where the other lock is, in the names of {@code start}
   */
  static Sameness of(
      Program program,
      Value object,
      Optional<AccessPath> held,
      FunctionRef start,
      String passed,
      Set<AccessPath> taken) {
    if (held.isEmpty() || taken.size() != 1) {
      return UNKNOWN;
    }
    Optional<Anchor> anchor =
        Anchor.of(Contexts.of(program).body(start), taken.iterator().next())
            .map(a -> a.narrowedTo(passed))
            .filter(a -> a.parameter() == 0);
    return anchor.map(a -> compare(object, held.get(), a)).orElse(UNKNOWN);
  }

  private static Sameness compare(Value object, AccessPath held, Anchor taken) {
    Optional<AccessPath> base =
        taken.container().isEmpty()
            ? Optional.of(object)
                .filter(o -> o instanceof Value.Load)
                .map(o -> ((Value.Load) o).path())
            : taken.holder(object);
    if (base.isEmpty()) {
      return UNKNOWN;
    }
    List<String> below = Anchor.names(taken.rest());
    if (!held.startsWith(base.get())) {
      // The other lock lies in the object itself; this one hangs on something else.
      return taken.rest().size() == 1 && held.root().equals(base.get().root()) ? OTHER : UNKNOWN;
    }
    int from = base.get().steps().size();
    List<String> above = Anchor.names(held.steps().subList(from, held.steps().size()));
    return above.equals(below) ? SAME : OTHER;
  }
}
