// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.util.List;
import java.util.Optional;

/**
 * A tree of source files: a listing made once, and their bytes on demand. All methods may be called
 * from any thread.
 */
public interface SourceTree {
  /** The tree's place as text for people and reports: a folder, or a repository. */
  String root();

  /** The commit the tree is of, as 40 hexadecimal digits; empty for anything that is not one. */
  Optional<String> rev();

  /** Every file of a known {@link SourceFile.Kind}, sorted by path, with its blob id. */
  List<SourceFile> files();

  /** The file at exactly this path from the root. */
  Optional<SourceFile> file(String path);

  /**
   * Reads one of {@link #files}.
   *
   * @throws SourceException if it is gone, unreadable, or over {@link Content#LIMIT}; the message
   *     does not repeat the path
   */
  Content read(SourceFile file) throws SourceException;

  /** What was found but cannot be analysed, sorted; none of it is in {@link #files}. */
  List<SourceProblem> problems();

  /**
   * The name of the listing: the same for trees with the same files, byte for byte, and the same
   * problems, and for no others.
   */
  default String listing() {
    return ListingName.of(this);
  }

  /** Whether this is a state between two key strokes, which nobody is likely to ask for again. */
  default boolean isDraft() {
    return false;
  }

  /**
   * The files at or below a path from the root; {@code ""} is the root itself.
   *
   * @throws SourceException if none of them holds C
   */
  default List<SourceFile> filesUnder(String subPath) throws SourceException {
    String folder = subPath.isEmpty() ? "" : subPath + "/";
    List<SourceFile> under =
        files().stream()
            .filter(file -> file.path().startsWith(folder) || file.path().equals(subPath))
            .toList();
    if (under.stream().noneMatch(file -> file.kind().isCode())) {
      String problem =
          problems().stream()
              .filter(p -> p.path().startsWith(folder) || p.path().equals(subPath))
              .findFirst()
              .map(p -> "first problem: " + p.path() + ": " + p.message())
              .orElse("no *.c or *.h file");
      throw new SourceException(
          "%s%s: no C in it that can be read (%s); name a kernel tree or a folder of C"
              .formatted(root(), subPath.isEmpty() ? "" : "/" + subPath, problem));
    }
    return under;
  }

  /** The kernel's version as the top Makefile says; empty for a tree that is not a kernel. */
  default Optional<KernelVersion> kernelVersion() {
    Optional<SourceFile> makefile = file("Makefile");
    if (makefile.isEmpty()) {
      return Optional.empty();
    }
    try {
      return KernelVersion.parse(read(makefile.get()).bytes());
    } catch (SourceException e) {
      return Optional.empty(); // A tree without a readable Makefile has no version, that is all.
    }
  }
}
