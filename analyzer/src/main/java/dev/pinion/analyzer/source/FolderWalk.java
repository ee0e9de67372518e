// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import dev.pinion.analyzer.source.StampedFolders.Names;
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
import java.util.Optional;
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
  private final StampedFolders known;

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

  /**
   * A folder that was listed.
   *
   * @param path its name from the root
   * @param row what is in it, and what stat said before that was read
   * @param isRemembered whether that is from an earlier listing
   */
  record Seen(String path, StampedFolders.Row row, boolean isRemembered) {}

  /**
   * Everything below the root.
   *
   * @param folders without those that cannot be read, and nested repositories
   */
  record Listing(List<Found> files, List<Seen> folders, List<SourceProblem> problems) {}

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
    private Optional<Seen> seen = Optional.empty();

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

    /** The name of something in this folder, from the root. */
    String inside(String name) {
      return path.isEmpty() ? name : path + "/" + name;
    }

    void addTo(Listing all) {
      all.problems.addAll(problems);
      seen.ifPresent(all.folders::add);
      for (Entry entry : entries) {
        if (entry instanceof Folder folder) {
          folder.addTo(all);
        } else if (entry instanceof Found file) {
          all.files.add(file);
        }
      }
    }
  }

  /**
   * A walk below a folder.
   *
   * @param root the folder, its links resolved
   * @param git decides which untracked files and folders are left out
   * @param known what an earlier walk found in folders, before git decided
   */
  FolderWalk(Path root, GitView git, StampedFolders known) {
    this.root = root;
    this.git = git;
    this.known = known;
  }

  /** Walks. Problems with single files or folders are part of the result. */
  Listing walk() {
    Folder top = new Folder("", root);
    List<Folder> depth = List.of(top);
    while (!depth.isEmpty()) {
      depth.parallelStream().forEach(this::list);
      depth = depth.stream().flatMap(Folder::folders).toList();
    }
    Listing all = new Listing(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    top.addTo(all);
    return all;
  }

  private void list(Folder folder) {
    try {
      FileStamp stamp = FileStamp.of(folder.location);
      Optional<Names> remembered = known.in(folder.path, stamp);
      Optional<Names> names = remembered.isPresent() ? remembered : read(folder);
      if (remembered.isPresent()) {
        for (String name : remembered.get().folders()) {
          addFolder(name, folder.location.resolve(name), folder);
        }
        for (String name : remembered.get().others()) {
          visit(name, folder.location.resolve(name), folder);
        }
      }
      folder.seen =
          names.map(
              n -> new Seen(folder.path, new StampedFolders.Row(stamp, n), remembered.isPresent()));
    } catch (IOException e) {
      folder.problems.add(unreadable(folder.path, e));
    } catch (DirectoryIteratorException e) {
      folder.problems.add(unreadable(folder.path, Objects.requireNonNull(e.getCause())));
    }
    folder.entries.sort(Comparator.comparing(Entry::order));
  }

  /** Visits what is in a folder on disk; empty if that is a repository of its own. */
  private Optional<Names> read(Folder folder) throws IOException {
    List<String> folders = new ArrayList<>();
    List<String> others = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.location)) {
      for (Path entry : entries) {
        String name = PathText.ofName(entry);
        if (name.equals(".git") && git.isNested(folder.path)) {
          folder.entries.clear();
          folder.problems.clear();
          return Optional.empty();
        }
        if (name.startsWith(".")
            && !(folder.path.isEmpty() && name.equals(SourceFile.OWN_FOLDER))) {
          continue;
        }
        if (SourceFile.Kind.of(folder.inside(name)).isPresent()) {
          others.add(name);
          visit(name, entry, folder);
        } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          // Of any other name only folders matter, and this is the cheaper question.
          folders.add(name);
          addFolder(name, entry, folder);
        }
      }
    }
    return Optional.of(new Names(folders, others));
  }

  private void addFolder(String name, Path entry, Folder into) {
    String path = into.inside(name);
    if (!git.leavesOutFolder(path)) {
      into.entries.add(new Folder(path, entry));
    }
  }

  /** Adds what has a name that a source may have. */
  private void visit(String name, Path entry, Folder into) {
    String path = into.inside(name);
    try {
      FileStamp stamp = FileStamp.of(entry);
      switch (stamp.type()) {
        case DIRECTORY -> addFolder(name, entry, into);
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
    } catch (IOException e) {
      into.problems.add(unreadable(path, e));
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
