// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import java.util.stream.Collectors;

/** What is surely held at the call of {@code probe()} in {@code f()}, as a line of text. */
final class Probed {
  /** What every source may use. */
  static final String STRUCTS =
      """
      struct box { struct mutex lock; spinlock_t slock; struct rw_semaphore sem; struct box *up; };
      static DEFINE_MUTEX(big);
      """;

  private Probed() {}

  /** Locks, then sections; the source is {@code a.c}. */
  static String held(String source) {
    Program program = Linked.of("a.c", STRUCTS + source);
    FunctionRef f = Linked.function(program, "f");
    Context context = Contexts.of(program).at(f, Linked.call(program, f, "probe").position());
    String locks =
        context.locks().values().stream()
            .map(l -> l.identity() + (l.mode().name().equals("SHARED") ? " shared" : ""))
            .collect(Collectors.joining(", "));
    return locks + " | " + String.join(", ", context.sections().keySet());
  }
}
