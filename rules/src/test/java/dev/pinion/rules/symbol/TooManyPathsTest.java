// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.engine.Coverage;
import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A limit is no excuse: it is told in the ledger. */
class TooManyPathsTest {
  private static final int SYMBOLS = 11;

  @TempDir Path folder = Path.of("");

  @Test
  void aFunctionWithTooManyPathsIsInTheLedgerAndNotExcused() throws Exception {
    StringBuilder provider = new StringBuilder();
    StringBuilder taker = new StringBuilder("int take(struct box *box)\n{\n");
    for (int i = 0; i < SYMBOLS; i++) {
      provider.append("int s" + i + "(void) { return 0; }\nEXPORT_SYMBOL_GPL(s" + i + ");\n");
      taker.append("\tbox->f" + i + " = symbol_get(s" + i + ");\n");
    }
    taker.append("\treturn 0;\n}\n");
    Files.writeString(folder.resolve("provider.c"), provider.toString());
    Files.writeString(folder.resolve("taker.c"), taker.toString());
    try (Engine engine = new Engine(RuleSet.load().rules(), FactStore.none(), 1)) {
      ScanResult result =
          engine.scan(
              WorkTree.open(folder),
              new ScanRequest(List.of(), List.of("symbol-get-leak")),
              Progress.NONE,
              () -> false);
      assertEquals(List.of(), result.failures());
      assertEquals(List.of(), result.excused());
      assertTrue(
          result.coverage().problems().stream()
              .map(Coverage.Entry::problem)
              .anyMatch(p -> p.function().equals("take") && p.detail().contains("more paths")),
          result.coverage().problems().toString());
    }
  }
}
