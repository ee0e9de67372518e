// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import com.google.gson.stream.JsonWriter;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.cli.report.Item;
import dev.pinion.cli.report.Report;
import java.io.IOException;

/** GitLab's code quality report: one JSON array; entries with equal fingerprints collapse there. */
public final class GitlabFormat implements ReportFormat {
  @Override
  public void write(Report report, Appendable out) throws IOException {
    StringBuilder text = new StringBuilder();
    JsonWriter json = Json.writer(text);
    json.beginArray();
    for (Item item : report.alerts()) {
      Finding finding = item.finding();
      json.beginObject();
      json.name("description").value(finding.message());
      json.name("check_name").value(finding.rule());
      json.name("fingerprint").value(item.reported().fingerprint());
      json.name("severity")
          .value(
              switch (finding.tier()) {
                case ERROR -> "critical";
                case WARNING -> "major";
                case LATENT -> "minor";
              });
      json.name("location").beginObject();
      json.name("path").value(finding.location().file());
      json.name("lines").beginObject();
      json.name("begin").value(finding.location().line());
      json.endObject().endObject().endObject();
    }
    json.endArray();
    out.append(text).append('\n');
  }
}
