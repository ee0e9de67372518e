// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.evidence.Location;
import java.util.List;

/**
 * Who takes a lock that is a member of a struct.
 *
 * @param struct the tag, with its file if several define it
 * @param field the member
 * @param type as C spells it
 * @param definedAt where the struct is
 * @param takers functions that take it themselves, in path order, each once
 * @param sight whether there may be others
 */
public record LockAnswer(
    String struct, String field, String type, Location definedAt, List<Taker> takers, Sight sight) {
  public LockAnswer {
    takers = List.copyOf(takers);
  }

  /**
   * A function that takes the lock.
   *
   * @param place the first line where it is seen to hold it, or its definition if it leaves it held
   */
  public record Taker(Place place, HeldLock.Mode mode) {}

  /** In which files was looked. */
  public enum Sight {
    /** The one that defines the struct, which no other can know. */
    ITS_FILE,
    /** The one that defines the struct, and those that include it, directly or not. */
    INCLUDERS,
    /** More files include it than are looked at; no takers are told. */
    TOO_MANY
  }
}
