// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import com.google.gson.stream.JsonWriter;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.cli.format.Json;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pinion rules}: a table of all rules. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Lists the rules: id, highest tier, what they find.")
final class RulesCommand implements Callable<Integer> {
  private final Surroundings here;

  /** What a table can be had as. */
  enum TableFormat {
    TEXT,
    JSON,
    MD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private TableFormat format = TableFormat.TEXT;

  RulesCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() {
    List<RuleInfo> rules = RuleSet.load().infos();
    here.out()
        .print(
            switch (format) {
              case TEXT -> text(rules);
              case JSON -> json(rules);
              case MD -> markdown(rules);
            });
    return ExitStatus.OK;
  }

  static String text(List<RuleInfo> rules) {
    int width = rules.stream().mapToInt(rule -> rule.id().length()).max().orElse(1);
    StringBuilder text = new StringBuilder();
    for (RuleInfo rule : rules) {
      text.append(rule.id()).append(" ".repeat(width - rule.id().length()));
      text.append("  %-7s  %s\n".formatted(rule.tier().label(), rule.title()));
    }
    return text.toString();
  }

  static String markdown(List<RuleInfo> rules) {
    StringBuilder text = new StringBuilder("| rule | tier | finds |\n| --- | --- | --- |\n");
    for (RuleInfo rule : rules) {
      text.append(
          "| `%s` | %s | %s |\n"
              .formatted(rule.id(), rule.tier().label(), rule.title().replace("|", "\\|")));
    }
    return text.toString();
  }

  static String json(List<RuleInfo> rules) {
    return Json.text(
        json -> {
          json.beginArray();
          for (RuleInfo rule : rules) {
            write(rule, json);
          }
          json.endArray();
        });
  }

  private static void write(RuleInfo rule, JsonWriter json) throws IOException {
    json.beginObject();
    json.name("id").value(rule.id());
    json.name("family").value(rule.family());
    json.name("tier").value(rule.tier().label());
    json.name("title").value(rule.title());
    json.name("excuses").beginArray();
    for (String excuse : rule.excuses()) {
      json.value(excuse);
    }
    json.endArray().endObject();
  }
}
