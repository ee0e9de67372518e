// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleGlobsTest {
  @ParameterizedTest(name = "[{0}]")
  @CsvSource({
    "'', rcu-double-insert rcu-list-plain-delete symbol-get-leak",
    "rcu-*, rcu-double-insert rcu-list-plain-delete",
    "!rcu-*, symbol-get-leak",
    "*-get-*, symbol-get-leak",
    "*leak, symbol-get-leak",
    "* !*-leak, rcu-double-insert rcu-list-plain-delete",
    "rcu-* !rcu-double-insert, rcu-list-plain-delete",
    "symbol-get-leak rcu-double-insert, rcu-double-insert symbol-get-leak",
    "rcu, ''",
    "!*, ''",
  })
  void picksRules(String patterns, String expected) {
    RuleGlobs globs = new RuleGlobs(patterns.isEmpty() ? List.of() : List.of(patterns.split(" ")));
    List<String> picked =
        Stream.of("rcu-double-insert", "rcu-list-plain-delete", "symbol-get-leak")
            .filter(globs::includes)
            .toList();
    assertEquals(expected, String.join(" ", picked));
  }
}
