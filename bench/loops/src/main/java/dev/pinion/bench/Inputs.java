// SPDX-License-Identifier: Apache-2.0
package dev.pinion.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that a benchmark reads in one operation. */
public final class Inputs {
  private static final int FILES = 40;
  private static final int FUNCTIONS = 25;

  private Inputs() {}

  /**
   * The bytes of each file.
   *
   * @param files paths with {@code :} between them; if there is none, text of our own
   * @throws IOException if one cannot be read
   */
  public static List<byte[]> of(String files) throws IOException {
    List<byte[]> all = new ArrayList<>();
    if (files.isEmpty()) {
      for (int seed = 0; seed < FILES; seed++) {
        all.add(DriverText.of(seed, FUNCTIONS).getBytes(StandardCharsets.UTF_8));
      }
    } else {
      for (String file : files.split(":", -1)) {
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
