// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.patch;

import dev.pinion.analyzer.patch.Hunk.Line;
import dev.pinion.analyzer.patch.Hunk.Sign;
import dev.pinion.analyzer.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one hunk, and names what mail programs and web archives have done to it. */
final class HunkReader {
  private static final Pattern HEADER =
      Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*");
  private static final String RAW =
      "; take the mail in its raw form, such as `b4 mbox` or the archive's raw link gives it";
  private static final int WRAPS_FROM = 60;

  private final PatchText text;
  private final String where;
  private final List<Line> lines = new ArrayList<>();

  /**
   * @param file for messages
   * @param number the hunk's in its file, from 1
   */
  HunkReader(PatchText text, String file, int number) {
    this.text = text;
    this.where = "%s, hunk %d: ".formatted(file, number);
  }

  Hunk read() throws SourceException {
    int at = text.number();
    Matcher header = HEADER.matcher(text.peek());
    if (!header.matches()) {
      throw text.error(where + "its header cannot be read: " + text.peek());
    }
    text.take();
    int old = count(header.group(2));
    int now = count(header.group(4));
    while (old > 0 || now > 0) {
      Line line = line();
      lines.add(line);
      old -= line.sign() == Sign.ADDED ? 0 : 1;
      now -= line.sign() == Sign.REMOVED ? 0 : 1;
      if (old < 0 || now < 0) {
        throw text.error(
            where + "has more lines than its header says; it was edited by hand, make it again");
      }
      missingNewline();
    }
    return new Hunk(number(header.group(1)), number(header.group(3)), lines, at);
  }

  private static int count(String digits) {
    return digits == null ? 1 : number(digits);
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private Line line() throws SourceException {
    if (text.atEnd()) {
      throw text.error(where + "ends in the middle; the patch is cut off, fetch it again");
    }
    String shown = text.peek();
    if (shown.isEmpty()) {
      return new Line(
          Sign.CONTEXT, text.take()); // git apply takes a context line without its blank.
    }
    for (Sign sign : Sign.values()) {
      if (shown.charAt(0) == sign.mark()) {
        return new Line(sign, text.take().substring(1));
      }
    }
    throw text.error(where + damage(shown));
  }

  /** What has happened, judging by a line that starts with none of the three marks. */
  private String damage(String shown) {
    if (shown.charAt(0) == '\u00a0' || shown.startsWith("\u00c2\u00a0")) {
      return "white space is damaged: blanks have become no-break spaces" + RAW;
    }
    if (shown.charAt(0) == '\t') {
      return "white space is damaged: the blank in front of unchanged lines is gone" + RAW;
    }
    if (ends(shown)) {
      return "has fewer lines than its header says; the patch is cut off or was edited by hand, fetch or make it again";
    }
    boolean indented = lines.stream().anyMatch(HunkReader::isIndented);
    if (!indented) {
      return "white space is damaged: blanks and tabs at the starts of lines are gone" + RAW;
    }
    boolean wrapped = !lines.isEmpty() && lines.get(lines.size() - 1).text().length() >= WRAPS_FROM;
    return wrapped
        ? "a long line was wrapped by the mail program before '%s'".formatted(brief(shown)) + RAW
        : "'%s' starts with neither ' ', '+' nor '-'; the patch is damaged".formatted(brief(shown))
            + RAW;
  }

  /** Whether a line cannot be meant for the hunk. */
  private static boolean ends(String shown) {
    return shown.startsWith("diff --git ") || shown.startsWith("@@ ") || shown.startsWith("From ");
  }

  private static boolean isIndented(Line line) {
    return line.text().startsWith("\t") || line.text().startsWith(" ");
  }

  private static String brief(String line) {
    return line.length() <= 40 ? line : line.substring(0, 40) + "…";
  }

  /** {@code \ No newline at end of file} speaks of the line before it. */
  private void missingNewline() {
    if (text.peek().startsWith("\\ ")) {
      text.take();
      Line last = lines.remove(lines.size() - 1);
      String line =
          last.text().endsWith("\n")
              ? last.text().substring(0, last.text().length() - 1)
              : last.text();
      lines.add(new Line(last.sign(), line));
    }
  }
}
