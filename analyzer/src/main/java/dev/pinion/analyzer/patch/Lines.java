// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.patch;

import java.util.ArrayList;
import java.util.List;

/** Lines that keep their ends, as patches need them. */
public final class Lines {
  private Lines() {}

  /** Splits after each newline; only the last line may lack one. */
  public static List<String> of(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }
}
