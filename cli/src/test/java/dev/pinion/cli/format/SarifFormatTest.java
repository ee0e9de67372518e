// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pinion.analyzer.rule.RulePage;
import dev.pinion.cli.report.Report;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SarifFormatTest {
  @Test
  void obeysTheOfficialSchema() throws IOException {
    SarifSchema.check(write(Samples.full(), Optional.of(Samples.PAGE)));
    SarifSchema.check(write(Samples.empty(), Optional.empty()));
  }

  @Test
  void theSchemaIsReallyApplied() throws IOException {
    String broken = write(Samples.full(), Optional.empty()).replace("\"error\"", "\"fatal\"");
    assertFalse(SarifSchema.violations(broken).isEmpty());
  }

  @Test
  void everyResultHasWhatGithubNeeds() throws IOException {
    JsonObject run = run(Samples.full());
    for (JsonElement element : run.getAsJsonArray("results")) {
      JsonObject result = element.getAsJsonObject();
      if (result.has("kind")) {
        continue; // An excused candidate: no alert is made of it.
      }
      JsonObject physical =
          result
              .getAsJsonArray("locations")
              .get(0)
              .getAsJsonObject()
              .getAsJsonObject("physicalLocation");
      String uri = physical.getAsJsonObject("artifactLocation").get("uri").getAsString();
      assertFalse(uri.startsWith("/"), uri);
      assertTrue(physical.getAsJsonObject("region").has("startColumn"));
      assertTrue(result.getAsJsonObject("partialFingerprints").has("primaryLocationLineHash"));
    }
  }

  @Test
  void longDescriptionsAreCutToGithubsLimit() throws IOException {
    RulePage wordy = new RulePage("rcu-list-plain-delete", "# x\n\n" + "word ".repeat(400));
    JsonObject rule =
        JsonParser.parseString(write(Samples.full(), Optional.of(wordy)))
            .getAsJsonObject()
            .getAsJsonArray("runs")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("tool")
            .getAsJsonObject("driver")
            .getAsJsonArray("rules")
            .get(0)
            .getAsJsonObject();
    assertEquals(1024, rule.getAsJsonObject("fullDescription").get("text").getAsString().length());
  }

  private static JsonObject run(Report report) throws IOException {
    return JsonParser.parseString(write(report, Optional.empty()))
        .getAsJsonObject()
        .getAsJsonArray("runs")
        .get(0)
        .getAsJsonObject();
  }

  private static String write(Report report, Optional<RulePage> page) throws IOException {
    StringBuilder out = new StringBuilder();
    new SarifFormat(new SarifRules(rule -> page)).write(report, out);
    return out.toString();
  }
}
