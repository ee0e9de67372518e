// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random messages, a few of them; {@code bench/protocol} says more, and with {@code
 * -Dpinion.fuzz.messages=N} this does.
 */
@Timeout(600)
class ProtocolFuzzTest {
  private static final int MESSAGES = Integer.getInteger("pinion.fuzz.messages", 400);

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void nothingStaleIsShownByAnAnalysisThatIsEasyToTell(long seed) throws Exception {
    assertTrue(ProtocolRuns.fake(temp.toRealPath(), seed, MESSAGES, MESSAGES / 5) > 0);
  }

  @Test
  void norByTheRealOne() throws Exception {
    assertTrue(ProtocolRuns.real(temp.toRealPath(), 3, MESSAGES / 4, MESSAGES / 20) > 0);
  }
}
