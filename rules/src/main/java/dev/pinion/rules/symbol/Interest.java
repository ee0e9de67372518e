// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.Branches;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * Which tests are worth remembering: those of something that is tested twice, or returned. The rest
 * would only multiply the paths.
 */
final class Interest {
  private final Map<String, Integer> tests = new HashMap<>();

  Interest(Function function) {
    for (BasicBlock block : function.cfg().blocks()) {
      Terminator end = block.terminator();
      if (end instanceof Terminator.Branch branch) {
        Branches.tested(branch.condition()).ifPresent(v -> count(v, 1));
      } else if (end instanceof Terminator.Switch choice) {
        count(choice.value(), 1);
      } else if (end instanceof Terminator.Return leave) {
        leave.value().ifPresent(v -> count(v, 2));
      }
    }
  }

  private void count(Value value, int weight) {
    tests.merge(value.toString(), weight, Integer::sum);
  }

  boolean in(Value value) {
    return tests.getOrDefault(value.toString(), 0) > 1;
  }

  /** Whether it is tested or returned at all, so that a constant put there decides something. */
  boolean decides(String place) {
    return tests.containsKey(place);
  }
}
