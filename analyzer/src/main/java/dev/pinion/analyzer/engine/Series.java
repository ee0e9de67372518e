// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.source.CommitRange.Commit;
import java.util.List;
import java.util.Optional;

/**
 * What the commits of a range did to the findings.
 *
 * @param events what was introduced and what was cured, by commit in the order of the range, then
 *     by place
 * @param coverage of the last commit's tree
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
   * @param finding as it stands in the tree of {@code rev}
   * @param rev the commit that introduced it; for one that was there before the range, the parent
   *     of the commit that cured it
   * @param introducedBy empty if it was there before the range
   * @param curedBy empty if it is still there at the end
   */
  public record Event(
      Reported finding, String rev, Optional<Commit> introducedBy, Optional<Commit> curedBy) {
    /** Whether the range as a whole brings this finding. */
    public boolean survives() {
      return introducedBy.isPresent() && curedBy.isEmpty();
    }
  }
}
