// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import com.google.gson.stream.JsonWriter;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import dev.pinion.cli.report.Item;
import dev.pinion.cli.report.Report;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * SARIF 2.1.0 as GitHub's code scanning wants it: paths from the repository's root, line and
 * column, a fingerprint that outlives line shifts, the story both as related locations and as a
 * code flow.
 */
public final class SarifFormat implements ReportFormat {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private final SarifRules rules;

  /**
   * @param rules writes the rules' descriptions
   */
  public SarifFormat(SarifRules rules) {
    this.rules = rules;
  }

  @Override
  public void write(Report report, Appendable out) throws IOException {
    StringBuilder text = new StringBuilder();
    JsonWriter json = Json.writer(text);
    json.beginObject();
    json.name("$schema").value(SCHEMA);
    json.name("version").value("2.1.0");
    json.name("runs").beginArray().beginObject();
    tool(report, json);
    invocation(report, json);
    json.name("columnKind").value("utf16CodeUnits");
    json.name("originalUriBaseIds").beginObject().name("SRCROOT").beginObject();
    json.name("description");
    message("the root of the tree", json);
    json.endObject().endObject();
    results(report, json);
    json.endObject().endArray().endObject();
    out.append(text).append('\n');
  }

  private void tool(Report report, JsonWriter json) throws IOException {
    json.name("tool").beginObject().name("driver").beginObject();
    json.name("name").value("pinion");
    json.name("semanticVersion").value(report.version());
    json.name("rules").beginArray();
    for (RuleInfo rule : report.rules()) {
      rules.write(rule, json);
    }
    json.endArray().endObject().endObject();
  }

  private static void invocation(Report report, JsonWriter json) throws IOException {
    json.name("invocations").beginArray().beginObject();
    json.name("executionSuccessful").value(report.failures().isEmpty());
    json.name("toolExecutionNotifications").beginArray();
    for (String failure : report.failures()) {
      json.beginObject();
      json.name("level").value("error");
      json.name("message");
      message(failure, json);
      json.endObject();
    }
    json.endArray().endObject().endArray();
  }

  private static void results(Report report, JsonWriter json) throws IOException {
    Map<String, Integer> index = new HashMap<>();
    report.rules().forEach(rule -> index.put(rule.id(), index.size()));
    json.name("results").beginArray();
    for (Item item : report.alerts()) {
      json.beginObject();
      finding(item, index, json);
      json.endObject();
    }
    for (Excused excused : report.excused().orElse(List.of())) {
      json.beginObject();
      excused(excused, index, json);
      json.endObject();
    }
    json.endArray();
  }

  private static void finding(Item item, Map<String, Integer> index, JsonWriter json)
      throws IOException {
    Finding finding = item.finding();
    rule(finding.rule(), index, json);
    json.name("level").value(level(finding.tier()));
    json.name("message");
    message(finding.message(), json);
    json.name("locations").beginArray();
    json.beginObject();
    primary(item, json);
    function(finding.function(), json);
    json.endObject().endArray();
    related(finding.related(), json);
    codeFlow(finding.related(), json);
    SarifFixes.write(item, SarifFormat::artifact, json);
    json.name("partialFingerprints").beginObject();
    json.name("primaryLocationLineHash").value(item.reported().fingerprint());
    json.endObject();
    json.name("baselineState").value("new");
    json.name("properties").beginObject();
    json.name("id").value(item.reported().id());
    json.name("tier").value(finding.tier().label());
    if (item.introducedBy().isPresent()) {
      json.name("introducedBy").value(item.introducedBy().get());
    }
    if (item.curedBy().isPresent()) {
      json.name("curedBy").value(item.curedBy().get());
    }
    json.endObject();
  }

  /** A candidate with an excuse is a check that passed. */
  private static void excused(Excused excused, Map<String, Integer> index, JsonWriter json)
      throws IOException {
    rule(excused.rule(), index, json);
    json.name("kind").value("pass");
    json.name("level").value("none");
    json.name("message");
    message(excused.because(), json);
    json.name("locations").beginArray();
    json.beginObject();
    physical(excused.location(), json);
    function(excused.function(), json);
    json.endObject().endArray();
    related(excused.related(), json);
    json.name("properties").beginObject();
    json.name("excuse").value(excused.excuse());
    json.endObject();
  }

  private static void rule(String id, Map<String, Integer> index, JsonWriter json)
      throws IOException {
    json.name("ruleId").value(id);
    Integer at = index.get(id);
    if (at != null) {
      json.name("ruleIndex").value(at);
    }
  }

  private static void related(List<Related> steps, JsonWriter json) throws IOException {
    json.name("relatedLocations").beginArray();
    for (int i = 0; i < steps.size(); i++) {
      json.beginObject();
      json.name("id").value(i + 1);
      step(steps.get(i), json);
      json.endObject();
    }
    json.endArray();
  }

  private static void codeFlow(List<Related> steps, JsonWriter json) throws IOException {
    if (steps.isEmpty()) {
      return;
    }
    json.name("codeFlows").beginArray().beginObject();
    json.name("threadFlows").beginArray().beginObject();
    json.name("locations").beginArray();
    for (Related step : steps) {
      json.beginObject().name("location").beginObject();
      step(step, json);
      json.endObject().endObject();
    }
    json.endArray().endObject().endArray().endObject().endArray();
  }

  private static void step(Related step, JsonWriter json) throws IOException {
    physical(step.location(), json);
    json.name("message");
    message(step.message(), json);
  }

  private static void primary(Item item, JsonWriter json) throws IOException {
    Location location = item.finding().location();
    json.name("physicalLocation").beginObject();
    artifact(location.file(), json);
    json.name("region").beginObject();
    json.name("startLine").value(location.line());
    json.name("startColumn").value(location.column());
    json.name("endLine").value(item.extent().endLine());
    json.name("endColumn").value(item.extent().endColumn());
    json.endObject().endObject();
  }

  private static void physical(Location location, JsonWriter json) throws IOException {
    json.name("physicalLocation").beginObject();
    artifact(location.file(), json);
    json.name("region").beginObject();
    json.name("startLine").value(location.line());
    json.name("startColumn").value(location.column());
    json.endObject().endObject();
  }

  private static void artifact(String file, JsonWriter json) throws IOException {
    json.name("artifactLocation").beginObject();
    json.name("uri").value(uri(file));
    json.name("uriBaseId").value("SRCROOT");
    json.endObject();
  }

  private static void function(String name, JsonWriter json) throws IOException {
    if (name.isEmpty()) {
      return;
    }
    json.name("logicalLocations").beginArray().beginObject();
    json.name("name").value(name);
    json.name("kind").value("function");
    json.endObject().endArray();
  }

  private static void message(String text, JsonWriter json) throws IOException {
    json.beginObject().name("text").value(text).endObject();
  }

  static String level(Tier tier) {
    return switch (tier) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case LATENT -> "note";
    };
  }

  /** The path as a relative reference: spaces and the like are escaped, a colon cannot confuse. */
  private static String uri(String file) {
    try {
      // A first segment with a colon would read as a scheme; the leading slash is taken off again.
      return new URI(null, null, "/" + file, null).toASCIIString().substring(1).replace(":", "%3A");
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a path is always a legal path component: " + file, e);
    }
  }
}
