// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.format;

import com.google.gson.stream.JsonWriter;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.RulePage;
import dev.pinion.analyzer.rule.Tier;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Describes rules in SARIF, from the metadata and the page of each. */
public final class SarifRules {
  /** GitHub refuses longer descriptions. */
  private static final int DESCRIPTION_LIMIT = 1024;

  private final Function<RuleInfo, Optional<RulePage>> pages;

  /**
   * @param pages the page of a rule, if it has one
   */
  public SarifRules(Function<RuleInfo, Optional<RulePage>> pages) {
    this.pages = pages;
  }

  void write(RuleInfo rule, JsonWriter json) throws IOException {
    Optional<RulePage> page = pages.apply(rule);
    json.beginObject();
    json.name("id").value(rule.id());
    text("shortDescription", rule.title(), json);
    text("fullDescription", page.map(RulePage::summary).orElse(rule.title()), json);
    json.name("help").beginObject();
    json.name("text").value(page.map(RulePage::markdown).orElse(rule.title()));
    json.name("markdown").value(page.map(RulePage::markdown).orElse(rule.title()));
    json.endObject();
    json.name("defaultConfiguration").beginObject();
    json.name("level").value(SarifFormat.level(rule.tier()));
    json.endObject();
    json.name("properties").beginObject();
    json.name("precision").value(precision(rule.tier()));
    json.name("problem.severity").value(severity(rule.tier()));
    json.name("tags").beginArray();
    json.value(rule.family()).value("linux-kernel");
    json.endArray().endObject().endObject();
  }

  private static void text(String name, String text, JsonWriter json) throws IOException {
    String fitting =
        text.length() <= DESCRIPTION_LIMIT ? text : text.substring(0, DESCRIPTION_LIMIT - 1) + "…";
    json.name(name).beginObject().name("text").value(fitting).endObject();
  }

  private static String precision(Tier tier) {
    return switch (tier) {
      case ERROR -> "very-high";
      case WARNING -> "high";
      case LATENT -> "medium";
    };
  }

  private static String severity(Tier tier) {
    return switch (tier) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case LATENT -> "recommendation";
    };
  }
}
