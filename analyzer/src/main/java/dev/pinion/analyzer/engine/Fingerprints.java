// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives findings an identity that survives shifted and re-indented lines. */
final class Fingerprints {
  private static final int ID_DIGITS = 12;

  private final SourceTree tree;
  private final Map<String, List<String>> lines = new HashMap<>();
  private final Map<String, Integer> ordinals = new HashMap<>();

  Fingerprints(SourceTree tree) {
    this.tree = tree;
  }

  /**
   * @param findings in the order in which equals are to be numbered
   */
  List<Reported> identify(List<Finding> findings) {
    List<Reported> reported = new ArrayList<>();
    for (Finding finding : findings) {
      String key =
          String.join(
              "\n",
              finding.rule(),
              finding.location().file(),
              finding.function(),
              normalised(finding));
      String print = sha256(key + "\n" + ordinals.merge(key, 1, Integer::sum));
      reported.add(new Reported(print.substring(0, ID_DIGITS), print, finding));
    }
    return reported;
  }

  /** The finding's line without white space, which is what re-indenting changes. */
  private String normalised(Finding finding) {
    List<String> text = lines.computeIfAbsent(finding.location().file(), this::read);
    int line = finding.location().line();
    return line >= 1 && line <= text.size() ? text.get(line - 1).replaceAll("\\s+", "") : "";
  }

  private List<String> read(String path) {
    Optional<SourceFile> file = tree.file(path);
    if (file.isEmpty()) {
      return List.of();
    }
    try {
      return new String(tree.read(file.get()).bytes(), StandardCharsets.ISO_8859_1)
          .lines()
          .toList();
    } catch (SourceException e) {
      return List.of();
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
