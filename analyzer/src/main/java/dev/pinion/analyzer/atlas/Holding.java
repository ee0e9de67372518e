// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.Context;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.TypedLock;
import java.util.ArrayList;
import java.util.List;

/**
 * What surely holds at a place, whoever called.
 *
 * @param locks held, by identity
 * @param sections read-side sections open, by flavour
 * @param ways whether more may be held that is not in sight
 */
public record Holding(List<TypedLock> locks, List<OpenSection> sections, Ways ways) {
  /** Whether all ways into the function are known. */
  public enum Ways {
    /** Nothing more is held than this. */
    ALL_KNOWN,
    /** A caller out of sight may hold more. */
    SOME_UNKNOWN
  }

  /** A read-side section, and where it was entered. */
  public record OpenSection(String flavour, Location where) {}

  public Holding {
    locks = List.copyOf(locks);
    sections = List.copyOf(sections);
  }

  public boolean isNothing() {
    return locks.isEmpty() && sections.isEmpty();
  }

  /** At the call at that place. */
  static Holding at(FunctionRef function, Position position, Program program) {
    return of(Contexts.of(program).at(function, position), function, program);
  }

  /** When the function is entered. */
  static Holding onEntry(FunctionRef function, Program program) {
    return of(Contexts.of(program).entry(function), function, program);
  }

  private static Holding of(Context context, FunctionRef function, Program program) {
    List<OpenSection> sections = new ArrayList<>();
    context.sections().forEach((flavour, where) -> sections.add(new OpenSection(flavour, where)));
    return new Holding(
        List.copyOf(context.locks().values()),
        sections,
        Contexts.of(program).isKnown(function) ? Ways.ALL_KNOWN : Ways.SOME_UNKNOWN);
  }
}
