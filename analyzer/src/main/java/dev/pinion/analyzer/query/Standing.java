// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which answers still hold after some inputs have become others. What hangs on settled answers
 * holds as long as these have the values they had, and whether they have is known once somebody has
 * asked for them again: until then, what hangs on one that may be another does not count as known.
 * For several threads.
 */
public final class Standing {
  private final Footprints footprints;
  private final Now now;

  /** The parts with an input that is another. */
  private final BitSet touched;

  /** The parts that hang on a settled answer that may be another. */
  private final BitSet doubtful;

  /** The settled answers that may be others, by the place of their number among the inputs. */
  private final Map<Integer, List<Footprints.Settled>> doubted = new HashMap<>();

  private final BitSet doubtedPlaces = new BitSet();

  /** The doubtful parts, of which it is known that all settled answers are what they were. */
  private final BitSet sure = new BitSet();

  private final Map<Footprints.Settled, Boolean> known = new HashMap<>();

  /** Who knows what settled answers are now. */
  public interface Now {
    /** Whether the value of one is the same; empty if nobody has asked for it yet. */
    Optional<Boolean> isSame(Footprints.Settled settled);
  }

  /**
   * Linear in the size of the footprints.
   *
   * @param changed the numbers of the inputs that are others
   */
  public Standing(Footprints footprints, Set<Integer> changed, Now now) {
    this.footprints = footprints;
    this.now = now;
    this.touched = new BitSet(footprints.size());
    this.doubtful = new BitSet(footprints.size());
    BitSet places = places(changed);
    Map<Integer, Footprints.Settled> settledByPart = new HashMap<>();
    Map<Integer, Integer> placeOf = new HashMap<>();
    footprints.settled().forEach(s -> settledByPart.put(s.part(), s));
    if (!settledByPart.isEmpty()) {
      footprints.settled().forEach(s -> placeOf.put(s.number(), -1));
      for (int i = 0; i < footprints.inputs().length; i++) {
        placeOf.replace(footprints.inputs()[i], i);
      }
    }
    for (int part = 0; part < footprints.size(); part++) {
      boolean isTouched =
          isAny(footprints.inputsOf(part), places) || isAny(footprints.partsOf(part), touched);
      boolean isDoubtful =
          isAny(footprints.inputsOf(part), doubtedPlaces)
              || isAny(footprints.partsOf(part), doubtful);
      touched.set(part, isTouched);
      doubtful.set(part, isDoubtful);
      Footprints.Settled settled = settledByPart.get(part);
      if (settled != null && (isTouched || isDoubtful)) {
        int place = placeOf.getOrDefault(settled.number(), -1);
        if (place >= 0) {
          doubtedPlaces.set(place);
          doubted.computeIfAbsent(place, p -> new ArrayList<>(1)).add(settled);
        }
      }
    }
  }

  private BitSet places(Set<Integer> changed) {
    int[] sorted = changed.stream().mapToInt(Integer::intValue).sorted().toArray();
    BitSet filter = new BitSet(1 << 16);
    for (int number : sorted) {
      filter.set(number >>> 16);
    }
    int[] inputs = footprints.inputs();
    BitSet places = new BitSet(inputs.length);
    for (int i = 0; i < inputs.length; i++) {
      if (filter.get(inputs[i] >>> 16) && Arrays.binarySearch(sorted, inputs[i]) >= 0) {
        places.set(i);
      }
    }
    return places;
  }

  private static boolean isAny(int[] wanted, BitSet of) {
    for (int one : wanted) {
      if (of.get(one)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an answer is known to hold. */
  public boolean holds(int answer) {
    int part = footprints.partOf(answer);
    return !touched.get(part) && (!doubtful.get(part) || isSure(part));
  }

  /** Whether a settled answer is known to be what it was, by what it is made from alone. */
  public boolean holds(Footprints.Settled settled) {
    int part = settled.part();
    return !touched.get(part) && (!doubtful.get(part) || isSure(part));
  }

  private synchronized boolean isSure(int part) {
    if (sure.get(part)) {
      return true;
    }
    for (int place : footprints.inputsOf(part)) {
      if (doubtedPlaces.get(place)
          && !doubted.getOrDefault(place, List.of()).stream()
              .filter(s -> s.part() < part) // Others only share the number.
              .allMatch(this::isSame)) {
        return false;
      }
    }
    for (int other : footprints.partsOf(part)) {
      if (doubtful.get(other) && !isSure(other)) {
        return false;
      }
    }
    sure.set(part);
    return true;
  }

  private boolean isSame(Footprints.Settled settled) {
    Boolean same = known.get(settled);
    if (same != null) {
      return same;
    }
    Optional<Boolean> told = now.isSame(settled);
    if (told.isEmpty() && !touched.get(settled.part()) && isSure(settled.part())) {
      told = Optional.of(true); // By what it is made from.
    }
    told.ifPresent(t -> known.put(settled, t));
    return told.orElse(false);
  }
}
