// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Lists the source files below a folder in path order, the folders of one depth in parallel.
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
  record Found(String path, Path location, FileStamp stamp) implements Entry {
    @Override
    public String order() {
      return path;
    }
  }

  /** Everything below the root. */
  record Listing(List<Found> files, List<SourceProblem> problems) {}

  /** What a folder holds. */
  private sealed interface Entry {
    /** Everything in a folder comes where its path with a slash does. */
    String order();
  }

  /** A folder, and what it holds once it was listed. */
  private static final class Folder implements Entry {
    private final String path;
    private final Path location;
    private final String order;
    private final List<Entry> entries = new ArrayList<>();
    private final List<SourceProblem> problems = new ArrayList<>();

    Folder(String path, Path location) {
      this.path = path;
      this.location = location;
      this.order = path + "/";
    }

    @Override
    public String order() {
      return order;
    }

    Stream<Folder> folders() {
      return entries.stream().flatMap(e -> e instanceof Folder f ? Stream.of(f) : Stream.empty());
    }

    void addTo(List<Found> files, List<SourceProblem> found) {
      found.addAll(problems);
      for (Entry entry : entries) {
        if (entry instanceof Folder folder) {
          folder.addTo(files, found);
        } else if (entry instanceof Found file) {
          files.add(file);
        }
      }
    }
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
    Folder top = new Folder("", root);
    List<Folder> depth = List.of(top);
    while (!depth.isEmpty()) {
      depth.parallelStream().forEach(this::list);
      depth = depth.stream().flatMap(Folder::folders).toList();
    }
    List<Found> files = new ArrayList<>();
    List<SourceProblem> problems = new ArrayList<>();
    top.addTo(files, problems);
    return new Listing(files, problems);
  }

  private void list(Folder folder) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.location)) {
      for (Path entry : entries) {
        String name = PathText.ofName(entry);
        if (name.equals(".git") && git.isNested(folder.path)) {
          folder.entries.clear();
          folder.problems.clear();
          return;
        }
        if (!name.startsWith(".")
            || (folder.path.isEmpty() && name.equals(SourceFile.OWN_FOLDER))) {
          String path = folder.path.isEmpty() ? name : folder.path + "/" + name;
          try {
            visit(path, entry, folder);
          } catch (IOException e) {
            folder.problems.add(unreadable(path, e));
          }
        }
      }
    } catch (IOException e) {
      folder.problems.add(unreadable(folder.path, e));
    } catch (DirectoryIteratorException e) {
      folder.problems.add(unreadable(folder.path, Objects.requireNonNull(e.getCause())));
    }
    folder.entries.sort(Comparator.comparing(Entry::order));
  }

  private void visit(String path, Path entry, Folder into) throws IOException {
    if (SourceFile.Kind.of(path).isEmpty()) {
      // Of any other name only folders matter, and this is the cheaper question.
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && !git.leavesOutFolder(path)) {
        into.entries.add(new Folder(path, entry));
      }
      return;
    }
    FileStamp stamp = FileStamp.of(entry);
    switch (stamp.type()) {
      case DIRECTORY -> {
        if (!git.leavesOutFolder(path)) {
          into.entries.add(new Folder(path, entry));
        }
      }
      case REGULAR -> add(new Found(path, entry, stamp), into);
      case SYMBOLIC_LINK -> {
        if (!Files.exists(entry)) {
          throw new IOException("a symbolic link that leads nowhere");
        }
        Path target = entry.toRealPath();
        if (!target.startsWith(root) && Files.isRegularFile(target)) {
          add(new Found(path, entry, FileStamp.of(target)), into);
        }
      }
      case OTHER -> into.problems.add(new SourceProblem(path, "not a regular file"));
    }
  }

  private void add(Found found, Folder into) {
    if (git.leavesOutFile(found.path)) {
      return;
    }
    if (found.stamp.size() > Content.LIMIT) {
      into.problems.add(new SourceProblem(found.path, Content.tooLarge(found.stamp.size())));
    } else {
      into.entries.add(found);
    }
  }

  private static SourceProblem unreadable(String path, IOException e) {
    return new SourceProblem(path.isEmpty() ? "." : path, "cannot be read: " + Reason.of(e));
  }
}
