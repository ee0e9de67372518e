// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.facts.FactsCodec;
import org.junit.jupiter.api.Test;

class FactsVersionTest {
  @Test
  void isTheCodecsVersionAndAChecksumOfTheCode() {
    String version = FactsVersion.current();
    assertTrue(version.matches(FactsCodec.VERSION + "-[0-9a-f]{8}"), version);
    assertTrue(!version.endsWith("-00000000"), "no code was found");
    assertEquals(version, FactsVersion.current());
  }
}
