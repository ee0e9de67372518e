// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a {@link FindingDiff} asks of the trees before and after a change. */
public final class TreeTexts implements FindingDiff.Texts {
  private final SourceTree before;
  private final SourceTree after;
  private final Map<String, List<String>> old = new HashMap<>();
  private final Map<String, List<String>> now = new HashMap<>();

  /** The texts of two trees, each file read once. */
  public TreeTexts(SourceTree before, SourceTree after) {
    this.before = before;
    this.after = after;
  }

  @Override
  public boolean mentions(String file, String function) {
    Pattern name = Pattern.compile("\\b" + Pattern.quote(function) + "\\b");
    return now.computeIfAbsent(file, path -> lines(after, path)).stream()
        .anyMatch(line -> name.matcher(line).find());
  }

  @Override
  public String blockBefore(Location at) {
    return block(old.computeIfAbsent(at.file(), path -> lines(before, path)), at.line());
  }

  @Override
  public String blockAfter(Location at) {
    return block(now.computeIfAbsent(at.file(), path -> lines(after, path)), at.line());
  }

  /** A line with its neighbours, without white space; empty if it is alone in its file. */
  private static String block(List<String> lines, int line) {
    if (line < 2 || line >= lines.size()) {
      return "";
    }
    return String.join("\n", lines.subList(line - 2, line + 1)).replaceAll("[ \\t\\r]+", "");
  }

  private static List<String> lines(SourceTree tree, String path) {
    Optional<SourceFile> file = tree.file(path);
    if (file.isEmpty()) {
      return List.of();
    }
    try {
      return new String(tree.read(file.get()).bytes(), StandardCharsets.ISO_8859_1)
          .lines()
          .toList();
    } catch (SourceException e) {
      return List.of(); // A file that cannot be read now was not read for the findings either.
    }
  }
}
