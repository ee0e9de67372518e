// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.dataflow.Section;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Position;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a function does with locks and read-side sections, as its body and the model's primitives
 * tell it. Wrappers around primitives are the link's business.
 *
 * @param regions what surely is held at calls; calls at which nothing is held and nothing has been
 *     given back are in none
 * @param effects what a call of the function leaves behind
 * @param demands what it asserts that its callers hold
 */
public record LockFacts(List<Region> regions, List<LockEffect> effects, List<Held> demands) {
  public static final LockFacts NONE = new LockFacts(List.of(), List.of(), List.of());

  public LockFacts {
    regions = List.copyOf(regions);
    effects = List.copyOf(effects);
    demands = List.copyOf(demands);
  }

  /** The same in other places. */
  LockFacts placed(UnaryOperator<Position> places) {
    return new LockFacts(
        regions.stream().map(r -> r.placed(places)).toList(), effects, placed(demands, places));
  }

  private static List<Held> placed(List<Held> all, UnaryOperator<Position> places) {
    return all.stream()
        .map(h -> new Held(h.lock(), h.mode(), h.claim(), places.apply(h.position())))
        .toList();
  }

  /**
   * What is held at all calls of some callees.
   *
   * @param released locks that may have been given back by then and were not taken here: callers'
   *     locks that are held no more
   * @param left flavours of the sections that may have been left and were not entered here
   * @param callees names of those called directly: what holds at each of their calls in the
   *     function
   * @param indirect paths called through, as in {@link FunctionFacts#indirectCalls()}
   */
  public record Region(
      List<Held> locks,
      List<Section> sections,
      List<Held> released,
      List<String> left,
      List<String> callees,
      List<TypedPath> indirect) {
    public Region {
      locks = List.copyOf(locks);
      sections = List.copyOf(sections);
      released = List.copyOf(released);
      left = List.copyOf(left);
      callees = List.copyOf(callees);
      indirect = List.copyOf(indirect);
    }

    private Region placed(UnaryOperator<Position> places) {
      return new Region(
          LockFacts.placed(locks, places),
          sections.stream().map(s -> new Section(s.flavour(), places.apply(s.position()))).toList(),
          LockFacts.placed(released, places),
          left,
          callees,
          indirect);
    }
  }

  /**
   * A lock that surely is held.
   *
   * @param lock its place; the name alone, as a global, for one that the model names
   */
  public record Held(TypedPath lock, HeldLock.Mode mode, HeldLock.Claim claim, Position position) {
    /** A lock of a body as a fact. */
    public static Held of(HeldLock lock, Typing typing) {
      TypedPath place =
          lock.path()
              .map(typing::typed)
              .orElseGet(
                  () ->
                      new TypedPath(
                          TypedPath.Origin.GLOBAL, lock.name(), CType.UNKNOWN, List.of()));
      return new Held(place, lock.mode(), lock.claim(), lock.position());
    }
  }
}
