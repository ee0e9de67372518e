// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import com.google.gson.stream.JsonWriter;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Fix;
import dev.pinion.analyzer.rule.TextEdit;
import dev.pinion.cli.report.Item;
import dev.pinion.cli.report.Report;
import dev.pinion.cli.report.TreeName;
import java.io.IOException;
import java.util.List;

/**
 * The report for programs. Fields may be added, never renamed or removed; the same input gives the
 * same bytes.
 */
public final class JsonFormat implements ReportFormat {
  @Override
  public void write(Report report, Appendable out) throws IOException {
    StringBuilder text = new StringBuilder();
    JsonWriter json = Json.writer(text);
    json.beginObject();
    json.name("tool").beginObject();
    json.name("name").value("pinion").name("version").value(report.version());
    json.endObject();
    tree(report.tree(), json);
    json.name("findings").beginArray();
    for (Item item : report.findings()) {
      finding(item, json);
    }
    json.endArray();
    if (report.excused().isPresent()) {
      json.name("excused").beginArray();
      for (Excused excused : report.excused().get()) {
        excused(excused, json);
      }
      json.endArray();
    }
    json.name("coverage");
    CoverageJson.write(report.coverage(), report.failures(), json);
    json.endObject();
    out.append(text).append('\n');
  }

  private static void tree(TreeName tree, JsonWriter json) throws IOException {
    json.name("tree").beginObject();
    json.name("root").value(tree.root());
    json.name("rev").value(tree.rev().orElse(null));
    json.name("kernelVersion").value(tree.kernelVersion().orElse(null));
    json.endObject();
  }

  private static void finding(Item item, JsonWriter json) throws IOException {
    Finding finding = item.finding();
    json.beginObject();
    json.name("id").value(item.reported().id());
    json.name("rule").value(finding.rule());
    json.name("tier").value(finding.tier().label());
    json.name("status").value(item.status().label());
    json.name("file").value(finding.location().file());
    json.name("line").value(finding.location().line());
    json.name("column").value(finding.location().column());
    json.name("endLine").value(item.extent().endLine());
    json.name("endColumn").value(item.extent().endColumn());
    json.name("function").value(finding.function());
    json.name("message").value(finding.message());
    related(finding.related(), json);
    json.name("introducedBy").value(item.introducedBy().orElse(null));
    json.name("curedBy").value(item.curedBy().orElse(null));
    json.name("fingerprint").value(item.reported().fingerprint());
    if (item.fixes().isPresent()) {
      fixes(item.fixes().get(), json);
    }
    json.endObject();
  }

  private static void fixes(List<Fix> fixes, JsonWriter json) throws IOException {
    json.name("fixes").beginArray();
    for (Fix fix : fixes) {
      json.beginObject();
      json.name("title").value(fix.title());
      json.name("complete").value(fix.isComplete());
      json.name("needs").value(fix.isComplete() ? null : fix.needs());
      json.name("edits").beginArray();
      for (TextEdit edit : fix.edits()) {
        json.beginObject();
        json.name("file").value(edit.at().file());
        json.name("line").value(edit.at().line());
        json.name("column").value(edit.at().column());
        json.name("endLine").value(edit.at().line());
        json.name("endColumn").value(edit.endColumn());
        json.name("text").value(edit.after());
        json.endObject();
      }
      json.endArray().endObject();
    }
    json.endArray();
  }

  private static void excused(Excused excused, JsonWriter json) throws IOException {
    json.beginObject();
    json.name("rule").value(excused.rule());
    json.name("file").value(excused.location().file());
    json.name("line").value(excused.location().line());
    json.name("function").value(excused.function());
    json.name("excuse").value(excused.excuse());
    json.name("because").value(excused.because());
    related(excused.related(), json);
    json.endObject();
  }

  private static void related(List<Related> steps, JsonWriter json) throws IOException {
    json.name("related").beginArray();
    for (Related step : steps) {
      json.beginObject();
      json.name("file").value(step.location().file());
      json.name("line").value(step.location().line());
      json.name("column").value(step.location().column());
      json.name("message").value(step.message());
      json.endObject();
    }
    json.endArray();
  }
}
