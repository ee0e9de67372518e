// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A rule's page: the Markdown that stands beside its class as {@code <id>.md}. {@code pinion
 * explain}, editors' hovers and SARIF all show this one text.
 *
 * @param id the rule's
 * @param markdown the page, ends with a newline
 */
public record RulePage(String id, String markdown) {
  /**
   * Loads the page of a rule; empty if there is none.
   *
   * @param rule the class the page stands beside
   */
  public static Optional<RulePage> load(Class<?> rule, String id) {
    try (InputStream in = rule.getResourceAsStream(id + ".md")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new RulePage(id, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The first paragraph under the heading {@code What}, on one line; if the page has no such
   * heading, the first paragraph of all.
   */
  public String summary() {
    List<String> lines = markdown.lines().toList();
    int from = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).matches("#+\\s*What\\b.*")) {
        from = i + 1;
      }
    }
    return lines.stream()
        .skip(from)
        .dropWhile(line -> line.isBlank() || line.startsWith("#"))
        .takeWhile(line -> !line.isBlank())
        .map(String::strip)
        .collect(Collectors.joining(" "));
  }
}
