// SPDX-License-Identifier: Apache-2.0
package dev.pinion.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The files that a benchmark reads in one operation. */
public final class Inputs {
  /** Set by {@code bench/jmh}: paths with {@code :} between them. Forked JVMs inherit it. */
  private static final String NAMED = "PINION_LOOPS_FILES";

  private static final int FILES = 40;
  private static final int FUNCTIONS = 25;

  private Inputs() {}

  /**
   * The bytes of each file: those that are named, or else text of our own.
   *
   * @throws IOException if one cannot be read
   */
  public static List<byte[]> all() throws IOException {
    String named = Objects.requireNonNullElse(System.getenv(NAMED), "");
    List<byte[]> all = new ArrayList<>();
    if (named.isEmpty()) {
      for (int seed = 0; seed < FILES; seed++) {
        all.add(DriverText.of(seed, FUNCTIONS).getBytes(StandardCharsets.UTF_8));
      }
    } else {
      for (String file : named.split(":", -1)) {
        all.add(Files.readAllBytes(Path.of(file)));
      }
    }
    return all;
  }

  /** What one operation reads, for the log. */
  public static String size(List<byte[]> files) {
    int bytes = files.stream().mapToInt(f -> f.length).sum();
    return "one operation reads " + files.size() + " files of " + bytes + " bytes";
  }
}
