// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.query.Footprints;
import dev.pinion.analyzer.query.Queries;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * What answers of a program hang on, so that another day can tell which of them hold; what has
 * become another since an earlier state; and what that state had that still serves. For who keeps
 * answers: rules ask the {@link Program}.
 */
public final class Reuse {
  private final Queries queries;
  private final TreeFiles files;
  private final LockTables locks;
  private final IrSource bodies;

  /**
   * @param bodies of the files as they are now
   */
  Reuse(Queries queries, TreeFiles files, LockTables locks, IrSource bodies) {
    this.queries = queries;
    this.files = files;
    this.locks = locks;
    this.bodies = bodies;
  }

  /**
   * What is another since an earlier state, locks and the build aside.
   *
   * @param before the facts of the files that have changed since, as they were; empty for one that
   *     there was not
   * @param earlier bodies as they were
   * @param isAsked whether somebody wants to know of that number; others may be left out
   */
  public Since since(
      Map<String, Optional<FileFacts>> before, KnownBodies earlier, IntPredicate isAsked) {
    return Since.of(before, files, new FileChange.Bodies(earlier, bodies), isAsked);
  }

  /**
   * What answers may hang on and is another since the locks of all functions were those; finds out
   * what they are now.
   */
  public Set<Integer> touched(LockTable before) {
    return before.touched(locks.table());
  }

  /**
   * On which inputs answers hang that are known; nobody may ask anything meanwhile. A program that
   * never changes forgets all that it knows with that.
   *
   * @param keys of {@link Program#memo}
   * @throws IllegalStateException if one is not known, or no notes are taken
   */
  public Queries.Noted footprints(List<?> keys) {
    if (!queries.mayChange()) {
      files.forget();
    }
    return queries.footprints(keys);
  }

  /**
   * Has settled answers that somebody knows not found again, until the next change; nobody may ask
   * anything meanwhile.
   */
  public void lend(Queries.Lender lender) {
    queries.lend(lender);
  }

  /**
   * Whether a settled answer is what it was in an earlier state but for where the lines of some
   * files are; empty if nobody has asked for it since.
   *
   * @param moves of the files that have become others
   */
  public Optional<Boolean> isSame(Footprints.Settled settled, Map<String, Moves> moves) {
    return queries
        .settledNow(settled.name())
        .map(
            value -> {
              OptionalLong digest = new ValueDigest(moves).of(value);
              return digest.isPresent() && digest.getAsLong() == settled.digest();
            });
  }
}
