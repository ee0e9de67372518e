// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Lists the source files below a folder, the folders of one depth in parallel.
 *
 * <p>Links to folders are not followed, so there are no loops. A link to a file inside the tree is
 * skipped, as that file is listed under its own name; one that leads out of the tree is a file.
 */
final class FolderWalk {
  private final Path root;
  private final GitView git;

  /**
   * A file that was found.
   *
   * @param path its name from the root
   * @param location where it is
   * @param stamp what stat says of it; for a link, of what it leads to
   */
  record Found(String path, Path location, FileStamp stamp) {}

  /** Everything below the root. */
  record Listing(List<Found> files, List<SourceProblem> problems) {}

  private record Folder(String path, Path location) {}

  /** What one folder holds itself. */
  private static final class Level {
    final List<Found> files = new ArrayList<>();
    final List<Folder> folders = new ArrayList<>();
    final List<SourceProblem> problems = new ArrayList<>();
  }

  /**
   * A walk below a folder.
   *
   * @param root the folder, its links resolved
   * @param git decides which untracked files and folders are left out
   */
  FolderWalk(Path root, GitView git) {
    this.root = root;
    this.git = git;
  }

  /** Walks. Problems with single files or folders are part of the result. */
  Listing walk() {
    List<Found> files = new ArrayList<>();
    List<SourceProblem> problems = new ArrayList<>();
    List<Folder> depth = List.of(new Folder("", root));
    while (!depth.isEmpty()) {
      List<Level> levels = depth.parallelStream().map(this::list).toList();
      levels.forEach(level -> files.addAll(level.files));
      levels.forEach(level -> problems.addAll(level.problems));
      depth = levels.stream().flatMap(level -> level.folders.stream()).toList();
    }
    return new Listing(files, problems);
  }

  private Level list(Folder folder) {
    Level level = new Level();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.location)) {
      for (Path entry : entries) {
        String name = PathText.ofName(entry);
        if (name.equals(".git") && git.isNested(folder.path)) {
          return new Level();
        }
        if (!name.startsWith(".")
            || (folder.path.isEmpty() && name.equals(SourceFile.OWN_FOLDER))) {
          String path = folder.path.isEmpty() ? name : folder.path + "/" + name;
          try {
            visit(path, entry, level);
          } catch (IOException e) {
            level.problems.add(unreadable(path, e));
          }
        }
      }
    } catch (IOException e) {
      level.problems.add(unreadable(folder.path, e));
    } catch (DirectoryIteratorException e) {
      level.problems.add(unreadable(folder.path, Objects.requireNonNull(e.getCause())));
    }
    return level;
  }

  private void visit(String path, Path entry, Level level) throws IOException {
    if (SourceFile.Kind.of(path).isEmpty()) {
      // Of any other name only folders matter, and this is the cheaper question.
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && !git.leavesOutFolder(path)) {
        level.folders.add(new Folder(path, entry));
      }
      return;
    }
    FileStamp stamp = FileStamp.of(entry);
    switch (stamp.type()) {
      case DIRECTORY -> {
        if (!git.leavesOutFolder(path)) {
          level.folders.add(new Folder(path, entry));
        }
      }
      case REGULAR -> add(new Found(path, entry, stamp), level);
      case SYMBOLIC_LINK -> {
        if (!Files.exists(entry)) {
          throw new IOException("a symbolic link that leads nowhere");
        }
        Path target = entry.toRealPath();
        if (!target.startsWith(root) && Files.isRegularFile(target)) {
          add(new Found(path, entry, FileStamp.of(target)), level);
        }
      }
      case OTHER -> level.problems.add(new SourceProblem(path, "not a regular file"));
    }
  }

  private void add(Found found, Level level) {
    if (git.leavesOutFile(found.path)) {
      return;
    }
    if (found.stamp.size() > Content.LIMIT) {
      level.problems.add(new SourceProblem(found.path, Content.tooLarge(found.stamp.size())));
    } else {
      level.files.add(found);
    }
  }

  private static SourceProblem unreadable(String path, IOException e) {
    return new SourceProblem(path.isEmpty() ? "." : path, "cannot be read: " + Reason.of(e));
  }
}
