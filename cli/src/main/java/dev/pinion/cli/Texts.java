// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Extent;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The texts of a tree's files, each read once. What cannot be read has no text. */
final class Texts {
  private final SourceTree tree;
  private final Map<String, String> texts = new HashMap<>();

  Texts(SourceTree tree) {
    this.tree = tree;
  }

  String of(String file) {
    return texts.computeIfAbsent(file, this::read);
  }

  /** Where the code at a location ends. */
  Extent extent(Location location) {
    return Extent.at(of(location.file()), location.line(), location.column());
  }

  /** The lines of a file, without their ends. */
  List<String> lines(String file) {
    return of(file).lines().toList();
  }

  private String read(String file) {
    return tree.file(file)
        .map(
            found -> {
              try {
                return new String(tree.read(found).bytes(), StandardCharsets.UTF_8);
              } catch (SourceException e) {
                return "";
              }
            })
        .orElse("");
  }
}
