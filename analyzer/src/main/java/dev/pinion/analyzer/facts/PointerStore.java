// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.ir.Position;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * {@code target = value}, where the target is a field of an object that may outlive the call and
 * the value may be a pointer. Stores into structs on the function's own stack are left out.
 *
 * @param target the field, {@code session->account}
 * @param value where the stored pointer comes from, with copies followed: a parameter, a field of
 *     another object, the variable that a call's result went to
 * @param producer the function whose result is stored; empty if it is no result
 * @param passedTo names of functions that get the pointer itself, or something embedded in the
 *     object it points to, anywhere in this function; sorted. {@code "*put"} is a call through a
 *     field or variable {@code put}
 * @param passedAfter those of them that a path from the store on may still come to
 */
public record PointerStore(
    TypedPath target,
    TypedPath value,
    String producer,
    List<String> passedTo,
    List<String> passedAfter,
    Position position) {
  public PointerStore {
    passedTo = List.copyOf(passedTo);
    passedAfter = List.copyOf(passedAfter);
  }

  /** The same in another place. */
  PointerStore placed(UnaryOperator<Position> places) {
    return new PointerStore(target, value, producer, passedTo, passedAfter, places.apply(position));
  }
}
