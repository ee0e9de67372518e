// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.patch;

import dev.pinion.analyzer.patch.FilePatch.Form;
import dev.pinion.analyzer.patch.FilePatch.Operation;
import dev.pinion.analyzer.patch.FilePatch.Prefix;
import dev.pinion.analyzer.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what git, diff and quilt write as patches; any text may stand around and between. */
public final class PatchParser {
  private static final Pattern INDEX = Pattern.compile("index ([0-9a-f]+)\\.\\.([0-9a-f]+).*");
  private static final Pattern MODE =
      Pattern.compile("(old mode|new mode|new file mode|deleted file mode) (\\d+)\\s*");
  private static final String GIT = "diff --git ";

  private final PatchText text;

  private PatchParser(PatchText text) {
    this.text = text;
  }

  /** Whether a text has a patch in it, be it a damaged one. */
  public static boolean hasPatch(String body) {
    List<String> lines = Lines.of(body);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith(GIT) || line.startsWith("diff --cc ")) {
        return true;
      }
      if (line.startsWith("--- ")
          && i + 2 < lines.size()
          && lines.get(i + 1).startsWith("+++ ")
          && lines.get(i + 2).startsWith("@@ ")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads a patch.
   *
   * @param name whose it is, for messages
   * @param body one character per byte
   * @return one entry per file; none if there is no patch in the text
   * @throws SourceException if it is damaged; the message says where, how, and what to do
   */
  public static List<FilePatch> parse(String name, String body) throws SourceException {
    return new PatchParser(new PatchText(name, body)).files();
  }

  private List<FilePatch> files() throws SourceException {
    List<FilePatch> files = new ArrayList<>();
    while (!text.atEnd()) {
      if (text.peek().startsWith(GIT)) {
        files.add(gitFile());
      } else if (text.peek().startsWith("diff --cc ")
          || text.peek().startsWith("diff --combined ")) {
        throw text.error(
            "is the combined diff of a merge, which cannot be applied; send its commits");
      } else if (text.peek().startsWith("--- ") && text.peekSecond().startsWith("+++ ")) {
        files.add(new FileHeader(text.number()).plain());
      } else {
        text.take();
      }
    }
    return files;
  }

  private FilePatch gitFile() throws SourceException {
    FileHeader header = new FileHeader(text.number());
    String rest = text.take().substring(GIT.length());
    Names.onGitLine(rest).ifPresent(header::sameName);
    while (!text.atEnd() && header.takes(text.peek())) {
      text.take();
    }
    String next = text.peek();
    if (next.startsWith("--- ") && text.peekSecond().startsWith("+++ ")) {
      return header.plain();
    }
    if (next.startsWith("GIT binary patch") || next.startsWith("Binary files ")) {
      header.form = header.form == Form.LINK ? Form.LINK : Form.BINARY;
    }
    return header.file(List.of());
  }

  /** What is known of a file so far. */
  private final class FileHeader {
    private final int line;
    private Optional<String> oldName = Optional.empty();
    private Optional<String> newName = Optional.empty();
    private Operation operation = Operation.MODIFY;
    private Prefix prefix = Prefix.USUAL;
    private Optional<String> oldBlob = Optional.empty();
    private Form form = Form.TEXT;

    FileHeader(int line) {
      this.line = line;
    }

    void sameName(String name) {
      oldName = Optional.of(name);
      newName = Optional.of(name);
    }

    /** Learns from an extended header line of git's. */
    boolean takes(String header) {
      Matcher index = INDEX.matcher(header);
      Matcher mode = MODE.matcher(header);
      if (index.matches()) {
        oldBlob = Optional.of(index.group(1));
      } else if (mode.matches()) {
        mode(mode.group(1), mode.group(2));
      } else if (header.startsWith("rename from ") || header.startsWith("copy from ")) {
        operation = header.startsWith("rename") ? Operation.RENAME : Operation.COPY;
        prefix = Prefix.NONE;
        oldName = Optional.of(Names.plain(header.substring(header.indexOf("from ") + 5)));
      } else if (header.startsWith("rename to ") || header.startsWith("copy to ")) {
        newName = Optional.of(Names.plain(header.substring(header.indexOf("to ") + 3)));
      } else {
        return header.startsWith("similarity index ") || header.startsWith("dissimilarity index ");
      }
      return true;
    }

    private void mode(String what, String mode) {
      if (what.startsWith("new file")) {
        operation = Operation.CREATE;
      } else if (what.startsWith("deleted")) {
        operation = Operation.DELETE;
      }
      if (mode.startsWith("12") || mode.startsWith("16")) {
        form = Form.LINK;
      }
    }

    /** Goes on with {@code ---}, {@code +++} and the hunks. */
    FilePatch plain() throws SourceException {
      Optional<String> old = Names.onHeader(text.take().substring(4));
      Optional<String> now = Names.onHeader(text.take().substring(4));
      if (prefix == Prefix.USUAL) {
        if (old.isEmpty() && now.isEmpty()) {
          throw text.error("a file's old and new name are both /dev/null");
        }
        oldName = old;
        newName = now;
        operation = old.isEmpty() ? Operation.CREATE : now.isEmpty() ? Operation.DELETE : operation;
      }
      List<Hunk> hunks = new ArrayList<>();
      String file = now.or(() -> old).map(Names::stripped).orElse("");
      while (text.peek().startsWith("@@ ") || text.peek().startsWith("@@@")) {
        hunks.add(new HunkReader(text, file, hunks.size() + 1).read());
      }
      if (hunks.isEmpty()) {
        throw text.error(file + ": no hunk follows its name; the patch is damaged or cut off");
      }
      return file(hunks);
    }

    FilePatch file(List<Hunk> hunks) throws SourceException {
      Optional<String> old = operation == Operation.CREATE ? Optional.empty() : oldName;
      Optional<String> now = operation == Operation.DELETE ? Optional.empty() : newName;
      if (old.isEmpty() && now.isEmpty()) {
        throw text.general("line %d: no file name can be read here".formatted(line));
      }
      return new FilePatch(old, now, operation, prefix, oldBlob, form, hunks, line);
    }
  }
}
