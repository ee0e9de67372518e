// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What git knows about the files below a folder.
 *
 * <p>A folder in which nothing is tracked is as one outside of any repository. That is how an
 * unpacked tarball inside somebody's checkout is seen whole, even if the checkout ignores it, or
 * the tarball brings a {@code .gitignore} that ignores all (Debian's kernel source does).
 */
final class GitView {
  private final Optional<IgnoreRules> rules;
  private final GitIndex index;
  private final String prefix;
  private final List<SourceProblem> problems;

  private GitView(
      Optional<IgnoreRules> rules, GitIndex index, String prefix, List<SourceProblem> problems) {
    this.rules = rules;
    this.index = index;
    this.prefix = prefix;
    this.problems = problems;
  }

  /** The view from a folder, whose links are resolved. */
  static GitView from(Path root) {
    Optional<GitFolder> git = GitFolder.around(root);
    if (git.isEmpty()) {
      return none();
    }
    String way = PathText.relative(git.get().top(), root);
    String prefix = way.isEmpty() ? "" : way + "/";
    try {
      GitIndex index = GitIndex.read(git.get().index(), prefix);
      return index.isEmpty()
          ? none()
          : new GitView(Optional.of(git.get().ignoreRules()), index, prefix, List.of());
    } catch (IOException e) {
      SourceProblem problem =
          new SourceProblem(
              ".git/index",
              "cannot be used (%s): every file is hashed, and what .gitignore matches is left out"
                  .formatted(Reason.of(e)));
      return new GitView(
          Optional.of(git.get().ignoreRules()), GitIndex.empty(), prefix, List.of(problem));
    }
  }

  private static GitView none() {
    return new GitView(Optional.empty(), GitIndex.empty(), "", List.of());
  }

  /** What limits this view, if anything. */
  List<SourceProblem> problems() {
    return problems;
  }

  /** Whether a folder that holds a {@code .git} is a repository of its own, such as a submodule. */
  boolean isNested(String folder) {
    return rules.isPresent() && !folder.isEmpty();
  }

  /** Whether nothing below the folder is tracked and git ignores it. */
  boolean leavesOutFolder(String folder) {
    return rules.isPresent()
        && !index.tracksBelow(folder)
        && rules.get().ignoresFolder(prefix + folder);
  }

  /** Whether the file is untracked and git ignores it. */
  boolean leavesOutFile(String file) {
    return rules.isPresent() && !index.tracks(file) && rules.get().ignoresFile(prefix + file);
  }

  /** The id of a file's content, where git vouches that it has not changed. */
  Optional<BlobId> idOf(String path, FileStamp stamp) {
    return index.idOf(path, stamp);
  }
}
