// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A small tree with expectations in its comments.
 *
 * @param name what the test is called
 * @param files texts by path from the tree's root
 */
record Fixture(String name, SortedMap<String, String> files) {
  private static final Pattern FENCE =
      Pattern.compile("^```(?:c|make|kconfig)(?:\\s+file=(\\S+))?\\s*$");

  /** A folder and everything below it. */
  static Fixture ofFolder(String name, Path folder) {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        String relative = folder.relativize(path).toString().replace('\\', '/');
        files.put(relative, Files.readString(path, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Fixture(name, files);
  }

  /**
   * The fenced C blocks of a page, and those of the build that name their files. A block is a tree
   * of one file; blocks that follow each other and name their files ({@code ```c file=drivers/x.c})
   * are one tree, until a heading or a block without a name.
   */
  static List<Fixture> ofPage(String id, String markdown) {
    List<Fixture> all = new ArrayList<>();
    SortedMap<String, String> named = new TreeMap<>();
    StringBuilder block = new StringBuilder();
    String file = null;
    int number = 0;
    int start = 0;
    for (String line : markdown.lines().toList()) {
      number++;
      if (file != null) {
        if (!line.equals("```")) {
          block.append(line).append('\n');
          continue;
        }
        if (file.isEmpty()) {
          all.add(
              new Fixture(
                  name(id, start), new TreeMap<>(java.util.Map.of("x.c", block.toString()))));
        } else {
          named.put(file, block.toString());
        }
        block.setLength(0);
        file = null;
        continue;
      }
      Matcher fence = FENCE.matcher(line);
      boolean opens = fence.matches();
      if (!named.isEmpty() && (line.startsWith("#") || (opens && fence.group(1) == null))) {
        all.add(new Fixture(name(id, start), named));
        named = new TreeMap<>();
      }
      if (opens) {
        if (named.isEmpty()) {
          start = number;
        }
        file = fence.group(1) == null ? "" : fence.group(1);
      }
    }
    if (!named.isEmpty()) {
      all.add(new Fixture(name(id, start), named));
    }
    return all;
  }

  private static String name(String id, int line) {
    return id + ".md:" + line;
  }

  /** All expectations, by file and line. */
  List<Expectation> expectations() {
    List<Expectation> all = new ArrayList<>();
    files.forEach((file, text) -> all.addAll(Expectation.of(file, text)));
    return all;
  }

  /** Writes the tree into an empty folder. */
  void writeTo(Path folder) {
    try {
      for (var entry : files.entrySet()) {
        Path target = folder.resolve(entry.getKey());
        Files.createDirectories(target.getParent());
        Files.writeString(target, entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
