// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import dev.pinion.analyzer.source.LineDiff;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A change of a file as {@code git apply} and {@code patch -p1} take it, byte by byte. */
public final class UnifiedDiff {
  private static final int CONTEXT = 3;

  private final List<byte[]> before;
  private final List<byte[]> after;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private UnifiedDiff(byte[] before, byte[] after) {
    this.before = lines(before);
    this.after = lines(after);
  }

  /**
   * The diff of one file; empty if nothing has changed.
   *
   * @param path from the root that it is applied at
   */
  public static byte[] of(String path, byte[] before, byte[] after) {
    List<LineDiff.Edit> edits = LineDiff.between(before, after);
    if (edits.isEmpty()) {
      return new byte[0];
    }
    UnifiedDiff diff = new UnifiedDiff(before, after);
    String old = name("a/" + path);
    String now = name("b/" + path);
    diff.text("diff --git " + old + " " + now + "\n--- " + old + tab(old) + "\n");
    diff.text("+++ " + now + tab(now) + "\n");
    for (List<LineDiff.Edit> hunk : hunks(edits)) {
      diff.hunk(hunk);
    }
    return diff.out.toByteArray();
  }

  /** Edits whose contexts meet are one hunk. */
  private static List<List<LineDiff.Edit>> hunks(List<LineDiff.Edit> edits) {
    List<List<LineDiff.Edit>> hunks = new ArrayList<>();
    int end = Integer.MIN_VALUE;
    for (LineDiff.Edit edit : edits) {
      if (hunks.isEmpty() || edit.oldStart() - end > 2 * CONTEXT) {
        hunks.add(new ArrayList<>());
      }
      hunks.get(hunks.size() - 1).add(edit);
      end = edit.oldEnd();
    }
    return hunks;
  }

  private void hunk(List<LineDiff.Edit> edits) {
    LineDiff.Edit first = edits.get(0);
    LineDiff.Edit last = edits.get(edits.size() - 1);
    int lead = Math.min(CONTEXT, first.oldStart());
    int trail = Math.min(CONTEXT, before.size() - last.oldEnd());
    int oldStart = first.oldStart() - lead;
    int start = first.start() - lead;
    int oldCount = last.oldEnd() + trail - oldStart;
    int count = last.end() + trail - start;
    text("@@ -" + range(oldStart, oldCount) + " +" + range(start, count) + " @@\n");
    int at = oldStart;
    for (LineDiff.Edit edit : edits) {
      lines(' ', before, at, edit.oldStart());
      lines('-', before, edit.oldStart(), edit.oldEnd());
      lines('+', after, edit.start(), edit.end());
      at = edit.oldEnd();
    }
    lines(' ', before, at, last.oldEnd() + trail);
  }

  /** Lines count from 1; of no lines the one before them is named. */
  private static String range(int start, int count) {
    int first = count == 0 ? start : start + 1;
    return count == 1 ? String.valueOf(first) : first + "," + count;
  }

  private void lines(char mark, List<byte[]> from, int start, int end) {
    for (byte[] line : from.subList(start, end)) {
      out.write(mark);
      out.writeBytes(line);
      if (line.length == 0 || line[line.length - 1] != '\n') {
        text("\n\\ No newline at end of file\n");
      }
    }
  }

  private void text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Lines with their ends. */
  private static List<byte[]> lines(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n' || i == bytes.length - 1) {
        lines.add(Arrays.copyOfRange(bytes, start, i + 1));
        start = i + 1;
      }
    }
    return lines;
  }

  /** As git writes it: quoted if it has a quote, a backslash or a control character. */
  private static String name(String name) {
    if (name.chars().noneMatch(c -> c < ' ' || c == '"' || c == '\\' || c == 0x7f)) {
      return name;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        quoted.append(String.format("\\%03o", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** Where the name ends, if it has a space in it. */
  private static String tab(String name) {
    return name.indexOf(' ') >= 0 && !name.startsWith("\"") ? "\t" : "";
  }
}
