// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulePageTest {
  @Test
  void summaryIsTheFirstParagraphUnderWhat() {
    RulePage page =
        new RulePage("x-y", "# x-y\n\nIntro.\n\n## What\n\nA node is\nremoved.\n\nMore.\n");
    assertEquals("A node is removed.", page.summary());
  }

  @Test
  void summaryOfAPageWithoutWhatIsItsFirstParagraph() {
    assertEquals(
        "Intro of it.", new RulePage("x-y", "# x-y\n\nIntro\nof it.\n\nMore.\n").summary());
    assertEquals("", new RulePage("x-y", "# x-y\n").summary());
  }

  @Test
  void aMissingPageIsEmpty() {
    assertEquals(Optional.empty(), RulePage.load(RulePageTest.class, "no-such-rule"));
  }
}
