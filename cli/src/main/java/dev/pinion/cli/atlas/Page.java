// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.atlas;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.cli.format.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Text under way: headings, lines, and tables whose columns line up. */
public final class Page {
  private static final int WIDEST_COLUMN = 60;

  private final StringBuilder text = new StringBuilder();
  private final Style style;
  private final UnaryOperator<String> shown;

  /**
   * @param shown how a path of the tree is shown, so that an editor can open it
   */
  public Page(Style style, UnaryOperator<String> shown) {
    this.style = style;
    this.shown = shown;
  }

  /** {@code file:line}, as editors and terminals follow it. */
  String at(Location location) {
    return shown.apply(location.file()) + ":" + location.line();
  }

  String path(String file) {
    return shown.apply(file);
  }

  /** What the page, or a part of it, is about; {@code detail} stands fainter beside it. */
  Page title(String title, String detail) {
    if (!text.isEmpty()) {
      text.append('\n');
    }
    text.append(style.strong(title));
    if (!detail.isEmpty()) {
      text.append("  ").append(style.faint(detail));
    }
    text.append('\n');
    return this;
  }

  /** A heading with how many things follow. */
  Page heading(String heading, int count) {
    text.append('\n').append(style.strong(heading));
    text.append(style.faint(" (" + count + ")")).append('\n');
    return this;
  }

  Page line(String indented) {
    text.append("  ").append(indented).append('\n');
    return this;
  }

  Page note(String indent, String note) {
    text.append(indent).append(style.faint(note)).append('\n');
    return this;
  }

  /** Rows that stand below each other, each perhaps with notes under it. */
  Page table(List<Row> rows) {
    int columns = rows.stream().mapToInt(r -> r.cells.size()).max().orElse(0);
    int[] widths = new int[columns];
    for (Row row : rows) {
      for (int i = 0; i < row.cells.size(); i++) {
        int width = row.cells.get(i).length();
        widths[i] = Math.max(widths[i], Math.min(width, WIDEST_COLUMN));
      }
    }
    for (Row row : rows) {
      StringBuilder line = new StringBuilder("  ");
      for (int i = 0; i < row.cells.size(); i++) {
        String cell = row.cells.get(i);
        line.append(cell);
        if (i < row.cells.size() - 1) {
          line.append(" ".repeat(Math.max(0, widths[i] - cell.length()) + 2));
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
      row.notes.forEach(n -> note("      ", n));
    }
    return this;
  }

  /** A line of a table. */
  static final class Row {
    private final List<String> cells;
    private final List<String> notes = new ArrayList<>();

    private Row(List<String> cells) {
      this.cells = cells;
    }

    static Row of(String... cells) {
      return new Row(Arrays.asList(cells));
    }

    Row note(String note) {
      notes.add(note);
      return this;
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
