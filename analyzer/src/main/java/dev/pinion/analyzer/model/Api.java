// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.model;

import java.util.Map;
import java.util.Set;

/**
 * One row: a function or macro of the kernel and what it does.
 *
 * @param name as it is called; scoped guards as in the IR, {@code guard(mutex)}
 * @param family the file the row stands in: {@code list}, {@code lock}, {@code rcu}, {@code
 *     object}, {@code export}
 * @param operation the first word of the row
 * @param flags the other words
 * @param numbers the {@code key=number} attributes, mostly argument positions
 * @param texts the {@code key=text} attributes
 */
public record Api(
    String name,
    String family,
    String operation,
    Set<String> flags,
    Map<String, Integer> numbers,
    Map<String, String> texts) {

  /** An argument position, or -1 if the row names none. */
  public int argument(String key) {
    return numbers.getOrDefault(key, -1);
  }

  public boolean is(String flag) {
    return flags.contains(flag);
  }

  /** Whether this row is of that family and does one of these operations. */
  public boolean does(String wantedFamily, String... operations) {
    if (!family.equals(wantedFamily)) {
      return false;
    }
    for (String wanted : operations) {
      if (operation.equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
