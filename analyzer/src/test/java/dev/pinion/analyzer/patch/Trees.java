// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.patch;

import dev.pinion.analyzer.source.Content;
import dev.pinion.analyzer.source.Overlay;
import dev.pinion.analyzer.source.SourceException;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceProblem;
import dev.pinion.analyzer.source.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trees made of texts. */
final class Trees {
  private static final SourceTree EMPTY =
      new SourceTree() {
        @Override
        public String root() {
          return "test";
        }

        @Override
        public Optional<String> rev() {
          return Optional.empty();
        }

        @Override
        public List<SourceFile> files() {
          return List.of();
        }

        @Override
        public Optional<SourceFile> file(String path) {
          return Optional.empty();
        }

        @Override
        public Content read(SourceFile file) throws SourceException {
          throw new SourceException("it does not exist");
        }

        @Override
        public List<SourceProblem> problems() {
          return List.of();
        }
      };

  private Trees() {}

  /** A tree of files by path. */
  static SourceTree of(Map<String, String> files) {
    Map<String, Optional<byte[]>> contents = new HashMap<>();
    files.forEach(
        (path, text) -> contents.put(path, Optional.of(text.getBytes(StandardCharsets.UTF_8))));
    return Overlay.patched(EMPTY, contents);
  }

  /** A file's text; {@code (none)} if there is no such file. */
  static String text(SourceTree tree, String path) throws SourceException {
    Optional<SourceFile> file = tree.file(path);
    return file.isEmpty()
        ? "(none)"
        : new String(tree.read(file.get()).bytes(), StandardCharsets.UTF_8);
  }
}
