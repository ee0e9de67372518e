// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Finds the commit that a patch was made on, from the ids of its {@code index} lines: a hook that
 * checks 3/9 runs in a branch where all nine are applied already.
 */
public final class BaseSearch {
  private static final int FAR_ENOUGH = 300;

  private BaseSearch() {}

  /**
   * Looks for the newest commit of {@code HEAD} in which all files are what the patch was made for.
   *
   * @param wanted the first digits of a file's blob id, by path; empty for a file that must not be
   *     there. An empty map finds nothing
   * @return its id; empty if none of the last few hundred commits is one
   */
  public static Optional<String> find(
      GitRepository repository, Map<String, Optional<String>> wanted) throws SourceException {
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    RevCommit head = repository.commit("HEAD");
    try (RevWalk walk = new RevWalk(repository.repository());
        ObjectReader reader = repository.repository().newObjectReader()) {
      walk.sort(RevSort.TOPO);
      walk.markStart(walk.parseCommit(head));
      int seen = 0;
      for (RevCommit commit : walk) {
        if (seen++ == FAR_ENOUGH) {
          break;
        }
        if (fits(commit, wanted, reader)) {
          return Optional.of(commit.name());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw repository.unreadable("history of HEAD", e);
    }
  }

  private static boolean fits(
      RevCommit commit, Map<String, Optional<String>> wanted, ObjectReader reader)
      throws IOException {
    for (Map.Entry<String, Optional<String>> file : wanted.entrySet()) {
      try (TreeWalk at = TreeWalk.forPath(reader, file.getKey(), commit.getTree())) {
        Optional<String> id = file.getValue();
        boolean fits =
            at == null
                ? id.isEmpty()
                : id.isPresent() && at.getObjectId(0).name().startsWith(id.get());
        if (!fits) {
          return false;
        }
      }
    }
    return true;
  }
}
