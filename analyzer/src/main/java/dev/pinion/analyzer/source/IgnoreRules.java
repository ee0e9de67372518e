// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * Which untracked files git ignores: by the {@code .gitignore} files on the way to them and by the
 * general excludes of the repository and the user. In a built kernel tree these are what kbuild
 * generated.
 */
final class IgnoreRules {
  private final Path top;
  private final List<IgnoreNode> general;
  private final Map<String, IgnoreNode> ofFolder = new ConcurrentHashMap<>();
  private final Map<String, Boolean> verdicts = new ConcurrentHashMap<>();

  /**
   * Rules of one work tree.
   *
   * @param top the work tree's top folder
   * @param general excludes files that hold everywhere, the strongest first
   */
  IgnoreRules(Path top, List<Path> general) {
    this.top = top;
    this.general = general.stream().map(IgnoreRules::parse).toList();
  }

  /** Whether git ignores a folder, given as a path from the top, or any folder above it. */
  boolean ignoresFolder(String folder) {
    if (folder.isEmpty()) {
      return false;
    }
    Boolean known = verdicts.get(folder);
    if (known == null) { // Not computeIfAbsent, which forbids the recursion.
      known = ignoresFolder(parent(folder)) || matches(folder, Entry.FOLDER);
      verdicts.put(folder, known);
    }
    return known;
  }

  /** Whether git ignores a file, itself or with a folder above it. */
  boolean ignoresFile(String file) {
    return ignoresFolder(parent(file)) || matches(file, Entry.FILE);
  }

  private enum Entry {
    FILE,
    FOLDER
  }

  /** The nearest file that says anything about the path decides. */
  private boolean matches(String path, Entry entry) {
    String folder = path;
    do {
      folder = parent(folder);
      IgnoreNode node =
          ofFolder.computeIfAbsent(folder, f -> parse(folder(f).resolve(".gitignore")));
      String below = folder.isEmpty() ? path : path.substring(folder.length() + 1);
      Boolean verdict = node.checkIgnored(below, entry == Entry.FOLDER);
      if (verdict != null) {
        return verdict;
      }
    } while (!folder.isEmpty());
    for (IgnoreNode node : general) {
      Boolean verdict = node.checkIgnored(path, entry == Entry.FOLDER);
      if (verdict != null) {
        return verdict;
      }
    }
    return false;
  }

  private Path folder(String path) {
    return path.isEmpty() ? top : top.resolve(path);
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** An absent or unreadable file ignores nothing, as for git. */
  private static IgnoreNode parse(Path file) {
    IgnoreNode node = new IgnoreNode();
    try {
      if (Files.isRegularFile(file)) {
        node.parse(new ByteArrayInputStream(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      return new IgnoreNode();
    }
    return node;
  }
}
