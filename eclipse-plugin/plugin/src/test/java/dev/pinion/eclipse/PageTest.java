// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void anAnswerIsAPageIfItHasATitleAndAText() {
    Optional<Page> page = Optional.of(new Page("t", "# m"));
    assertEquals(page, Page.of(JsonParser.parseString("{\"title\":\"t\",\"markdown\":\"# m\"}")));
    assertEquals(page, Page.of(Map.of("title", "t", "markdown", "# m")));
    assertEquals(Optional.empty(), Page.of(null));
    assertEquals(Optional.empty(), Page.of("text"));
    assertEquals(Optional.empty(), Page.of(Map.of("title", "t", "markdown", 3)));
  }
}
