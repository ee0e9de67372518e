// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import dev.pinion.analyzer.rule.Finding;
import dev.pinion.cli.report.Item;
import dev.pinion.cli.report.Report;
import java.io.IOException;

/** Checkstyle's XML, which Jenkins and many review bots read. */
public final class CheckstyleFormat implements ReportFormat {
  @Override
  public void write(Report report, Appendable out) throws IOException {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n");
    String file = "";
    for (Item item : report.alerts()) {
      Finding finding = item.finding();
      if (!finding.location().file().equals(file)) {
        out.append(file.isEmpty() ? "" : "  </file>\n");
        file = finding.location().file();
        out.append("  <file name=\"").append(escape(file)).append("\">\n");
      }
      out.append(
          "    <error line=\"%d\" column=\"%d\" severity=\"%s\" message=\"%s\" source=\"pinion.%s\"/>\n"
              .formatted(
                  finding.location().line(),
                  finding.location().column(),
                  switch (finding.tier()) {
                    case ERROR -> "error";
                    case WARNING -> "warning";
                    case LATENT -> "info";
                  },
                  escape(finding.message()),
                  finding.rule()));
    }
    out.append(file.isEmpty() ? "" : "  </file>\n").append("</checkstyle>\n");
  }

  /** Control characters have no place in XML 1.0 at all, escaped or not. */
  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replaceAll("[\\x00-\\x1f]", "?");
  }
}
