// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/**
 * The lines of a tree's files as one scan saw them: from the buffers it was given, else from disk.
 * Made for one scan and dropped with it.
 */
final class TreeText {
  /** Larger files are generated tables, in which nobody looks at the width of a squiggle. */
  private static final long MAX_BYTES = 4L << 20;

  private final Path root;
  private final Map<String, OpenDocument> buffers = new HashMap<>();
  private final Map<String, Lines> lines = new HashMap<>();

  TreeText(Path root, List<OpenDocument> documents) {
    this.root = root;
    for (OpenDocument document : documents) {
      document.place().ifPresent(place -> buffers.put(place.file(), document));
    }
  }

  /** How the client spells a file of the tree. */
  String uri(String file) {
    OpenDocument open = buffers.get(file);
    return open != null ? open.uri() : Uris.of(root.resolve(file));
  }

  /**
   * The range of the word at a place; up to the end of the line where there is no word; empty at
   * the end of a line that is shorter or does not exist.
   *
   * @param line 1-based, as in findings
   * @param column 1-based
   */
  Range word(String file, int line, int column) {
    int row = Math.max(0, line - 1);
    String text = lines.computeIfAbsent(file, this::read).line(row);
    int start = Math.min(Math.max(0, column - 1), text.length());
    int end = start;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    if (end == start) {
      end = Math.max(start, text.stripTrailing().length());
    }
    return new Range(new Position(row, start), new Position(row, end));
  }

  /** Whether a file has a line of that number; 1-based. */
  boolean has(String file, int line) {
    return line >= 1 && line <= lines.computeIfAbsent(file, this::read).count();
  }

  /** A line without its end; 1-based. */
  String line(String file, int line) {
    return lines.computeIfAbsent(file, this::read).line(line - 1);
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private Lines read(String file) {
    OpenDocument open = buffers.get(file);
    if (open != null) {
      return Lines.of(open.text());
    }
    try {
      Path path = root.resolve(file);
      if (Files.size(path) <= MAX_BYTES) {
        return Lines.of(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
      }
    } catch (IOException | InvalidPathException e) {
      // It was deleted or made unreadable since the scan; the place is still worth showing.
      return Lines.of("");
    }
    return Lines.of("");
  }
}
