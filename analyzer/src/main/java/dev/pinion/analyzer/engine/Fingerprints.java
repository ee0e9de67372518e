// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.source.Content;
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

  /** A tree has some thousand findings; an editor's server sees many states of a file. */
  private static final int MAX_KNOWN = 20_000;

  private final SourceTree tree;
  private final Map<Line, String> known;
  private final Map<String, Text> texts = new HashMap<>();
  private final Map<String, Integer> ordinals = new HashMap<>();

  /** A line of whatever file has that content. */
  record Line(BlobId file, int number) {}

  /** What was read of a file. */
  private record Text(List<String> lines, boolean isAsListed) {}

  Fingerprints(SourceTree tree) {
    this(tree, new HashMap<>());
  }

  /**
   * @param known lines without white space that were read before; more may be added
   */
  Fingerprints(SourceTree tree, Map<Line, String> known) {
    this.tree = tree;
    this.known = known;
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
    Optional<SourceFile> file = tree.file(finding.location().file());
    if (file.isEmpty()) {
      return "";
    }
    Line line = new Line(file.get().blobId(), finding.location().line());
    String here = known.get(line);
    if (here == null) {
      here = read(file.get(), line);
    }
    return here;
  }

  /** Reads a line; kept for others if the file is what was listed. */
  private String read(SourceFile file, Line line) {
    Text text = texts.computeIfAbsent(file.path(), path -> read(file));
    String here =
        line.number() >= 1 && line.number() <= text.lines().size()
            ? text.lines().get(line.number() - 1).replaceAll("\\s+", "")
            : "";
    if (text.isAsListed()) {
      if (known.size() >= MAX_KNOWN) {
        known.clear();
      }
      known.put(line, here);
    }
    return here;
  }

  private Text read(SourceFile file) {
    try {
      Content content = tree.read(file);
      String text = new String(content.bytes(), StandardCharsets.ISO_8859_1);
      return new Text(text.lines().toList(), content.blobId().equals(file.blobId()));
    } catch (SourceException e) {
      return new Text(List.of(), false);
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
