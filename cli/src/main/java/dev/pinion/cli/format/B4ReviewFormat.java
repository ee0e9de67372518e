// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import com.google.gson.stream.JsonWriter;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.cli.report.Item;
import dev.pinion.cli.report.Report;
import java.io.IOException;
import java.util.List;

/**
 * What {@code b4 review} expects of a checker it gives a mail to: a JSON array with one verdict.
 */
public final class B4ReviewFormat implements ReportFormat {
  @Override
  public void write(Report report, Appendable out) throws IOException {
    List<Item> alerts = report.alerts();
    StringBuilder details = new StringBuilder();
    new TextFormat(Style.PLAIN, path -> path).write(report, details);
    StringBuilder text = new StringBuilder();
    JsonWriter json = Json.writer(text);
    json.beginArray().beginObject();
    json.name("tool").value("pinion " + report.version());
    json.name("status").value(status(alerts));
    json.name("summary").value(summary(alerts));
    json.name("url").value("");
    json.name("details").value(details.toString());
    json.endObject().endArray();
    out.append(text).append('\n');
  }

  private static String status(List<Item> alerts) {
    if (alerts.isEmpty()) {
      return "pass";
    }
    return alerts.stream().anyMatch(item -> item.finding().tier() == Tier.ERROR) ? "fail" : "warn";
  }

  private static String summary(List<Item> alerts) {
    if (alerts.isEmpty()) {
      return "introduces nothing";
    }
    Finding first = alerts.get(0).finding();
    String more = alerts.size() == 1 ? "" : " and %d more".formatted(alerts.size() - 1);
    return "%s:%d: %s [%s]%s"
        .formatted(
            first.location().file(), first.location().line(), first.message(), first.rule(), more);
  }
}
