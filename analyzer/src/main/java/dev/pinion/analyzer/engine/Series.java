// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.source.Change;
import java.util.List;
import java.util.Optional;

/**
 * What the changes of a history did to the findings.
 *
 * @param events what was introduced and what was cured, by change in the order of the history, then
 *     by place
 * @param coverage of the last tree
 * @param failures rules that crashed, in any of the trees, one line each
 */
public record Series(List<Event> events, Coverage coverage, List<String> failures) {
  public Series {
    events = List.copyOf(events);
    failures = List.copyOf(failures);
  }

  /**
   * One finding that came or went.
   *
   * @param finding as it stands in the tree of {@code state}
   * @param state the change that introduced it; for one that was there before, the state below the
   *     change that cured it
   * @param introducedBy empty if it was there before
   * @param curedBy empty if it is still there at the end
   */
  public record Event(
      Reported finding, String state, Optional<Change> introducedBy, Optional<Change> curedBy) {
    /** Whether the history as a whole brings this finding. */
    public boolean survives() {
      return introducedBy.isPresent() && curedBy.isEmpty();
    }
  }

  /**
   * What one change did, told when it has been checked.
   *
   * @param standing how many findings its tree has
   */
  public record Step(Change change, List<Reported> introduced, List<Reported> cured, int standing) {
    public Step {
      introduced = List.copyOf(introduced);
      cured = List.copyOf(cured);
    }
  }

  /** Told after each change, in order. */
  @FunctionalInterface
  public interface Listener {
    /** Tells nobody. */
    Listener NONE = step -> {};

    void checked(Step step);
  }
}
