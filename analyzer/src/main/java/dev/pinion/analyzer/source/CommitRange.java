// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * The commits of {@code A..B}: those that {@code B} has and {@code A} has not.
 *
 * @param commits parents before children, as {@code git rev-list --reverse --topo-order A..B}
 */
public record CommitRange(List<Commit> commits) {
  /** Trees of a history kept at hand: a change's, its parents', and the one before. */
  private static final int RECENT = 4;

  private static final int SHORT_ID = 12; // What kernel developers quote.

  /**
   * One commit.
   *
   * @param id 40 hexadecimal digits
   * @param shortId the first 12 of them
   * @param subject the first line of its message
   * @param parents ids; more than one for a merge, none for a first commit
   * @param changedPaths files of any kind that differ from the first parent, sorted
   */
  public record Commit(
      String id, String shortId, String subject, List<String> parents, List<String> changedPaths) {
    /** Copies the lists. */
    public Commit {
      parents = List.copyOf(parents);
      changedPaths = List.copyOf(changedPaths);
    }
  }

  /** Copies the list. */
  public CommitRange {
    commits = List.copyOf(commits);
  }

  /** The commits as a history whose states are commits' ids. */
  public History in(GitRepository repository) {
    List<Change> changes =
        commits.stream()
            .map(c -> new Change(c.id(), c.shortId(), c.subject(), c.parents()))
            .toList();
    Map<String, SourceTree> recent =
        new LinkedHashMap<>(RECENT, 1, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, SourceTree> eldest) {
            return size() > RECENT;
          }
        };
    return new History() {
      @Override
      public List<Change> changes() {
        return changes;
      }

      @Override
      public SourceTree tree(String id) throws SourceException {
        SourceTree tree = recent.get(id);
        if (tree == null) {
          tree = GitRevision.of(repository, id);
          recent.put(id, tree);
        }
        return tree;
      }
    };
  }

  /**
   * Finds the commits of a range.
   *
   * @param repository where they are
   * @param range {@code A..B}; an end that is left out is {@code HEAD}
   * @throws SourceException if it is not a range, an end is unknown, it is empty, or history is cut
   *     off within it (a shallow clone)
   */
  public static CommitRange resolve(GitRepository repository, String range) throws SourceException {
    int dots = range.indexOf("..");
    if (dots < 0) {
      throw new SourceException("'%s' is not a range of commits; write A..B".formatted(range));
    }
    if (range.startsWith("...", dots)) {
      throw new SourceException(
          "'%s' has three dots, which mean both sides since they parted; write %s..%s with two for what the second has and the first has not"
              .formatted(range, range.substring(0, dots), range.substring(dots + 3)));
    }
    RevCommit from = repository.commit(end(range.substring(0, dots)));
    RevCommit to = repository.commit(end(range.substring(dots + 2)));
    List<Commit> commits = new ArrayList<>();
    try (RevWalk walk = new RevWalk(repository.repository())) {
      walk.sort(RevSort.TOPO);
      walk.sort(RevSort.REVERSE, true);
      walk.markStart(walk.parseCommit(to));
      walk.markUninteresting(walk.parseCommit(from));
      Set<ObjectId> shallow = walk.getObjectReader().getShallowCommits();
      for (RevCommit commit : walk) {
        if (shallow.contains(commit)) {
          throw new SourceException(
              "%s: the parents of %s are not in this shallow clone; run `git fetch --deepen=100` or `git fetch --unshallow`"
                  .formatted(repository.root(), shortId(commit)));
        }
        commits.add(commit(walk.getObjectReader(), commit));
      }
    } catch (IOException e) {
      throw repository.unreadable("range '" + range + "'", e);
    }
    if (commits.isEmpty()) {
      throw new SourceException(
          "%s: the range '%s' has no commits; the older end comes first"
              .formatted(repository.root(), range));
    }
    return new CommitRange(commits);
  }

  private static String end(String revision) {
    return revision.isEmpty() ? "HEAD" : revision;
  }

  private static String shortId(RevCommit commit) {
    return commit.name().substring(0, SHORT_ID);
  }

  private static Commit commit(ObjectReader reader, RevCommit commit) throws IOException {
    List<String> parents = new ArrayList<>();
    for (RevCommit parent : commit.getParents()) {
      parents.add(parent.name());
    }
    return new Commit(
        commit.name(),
        shortId(commit),
        commit.getShortMessage(),
        parents,
        changedPaths(reader, commit));
  }

  private static List<String> changedPaths(ObjectReader reader, RevCommit commit)
      throws IOException {
    List<String> paths = new ArrayList<>();
    try (RevWalk walk = new RevWalk(reader);
        TreeWalk trees = new TreeWalk(reader)) {
      if (commit.getParentCount() == 0) {
        trees.addTree(new EmptyTreeIterator());
      } else {
        ObjectId parent = walk.parseCommit(commit.getParent(0)).getTree();
        trees.addTree(new CanonicalTreeParser(null, reader, parent));
      }
      trees.addTree(new CanonicalTreeParser(null, reader, commit.getTree()));
      trees.setRecursive(true);
      trees.setFilter(TreeFilter.ANY_DIFF);
      while (trees.next()) {
        paths.add(PathText.of(trees.getRawPath()));
      }
    }
    paths.sort(null);
    return paths;
  }
}
