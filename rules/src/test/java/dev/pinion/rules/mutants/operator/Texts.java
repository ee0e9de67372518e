// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceTree;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of a tree as they are; the last few are kept. */
public final class Texts {
  private static final int KEPT = 64;

  private final SourceTree tree;
  private final Map<String, Source> recent =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Source> eldest) {
          return size() > KEPT;
        }
      };

  public Texts(SourceTree tree) {
    this.tree = tree;
  }

  /** A file of the tree. */
  public Source of(String file) {
    return recent.computeIfAbsent(file, this::read);
  }

  private Source read(String file) {
    try {
      return Source.of(tree.read(tree.file(file).orElseThrow()).bytes());
    } catch (SourceException e) {
      throw new UncheckedIOException(e.getMessage(), new java.io.IOException(e));
    }
  }
}
