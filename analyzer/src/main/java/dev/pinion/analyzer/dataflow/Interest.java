// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which tests are worth remembering: those of something that is tested twice, or returned. The rest
 * would only multiply the paths.
 */
public final class Interest {
  private final Map<String, Integer> tests = new HashMap<>();
  private final Map<String, Set<String>> roots = new HashMap<>();

  public Interest(Function function) {
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
    addRoots(value, roots.computeIfAbsent(value.toString(), v -> new HashSet<>()));
  }

  private static void addRoots(Value value, Set<String> all) {
    if (value instanceof Value.Load load) {
      all.add(load.path().root());
    } else if (value instanceof Value.AddressOf address) {
      all.add(address.path().root());
    } else if (value instanceof Value.Compound compound) {
      compound.operands().forEach(v -> addRoots(v, all));
    } else if (value instanceof Value.ContainerOf container) {
      addRoots(container.inner(), all);
    }
  }

  /** Whether what is learned from a test of that value may decide another. */
  public boolean in(Value value) {
    return tests.getOrDefault(value.toString(), 0) > 1;
  }

  /** Whether it is tested or returned at all, so that a constant put there decides something. */
  public boolean decides(String place) {
    return tests.containsKey(place);
  }

  /** The variables that those values are found through which are {@linkplain #in in it}. */
  public Set<String> variables() {
    Set<String> all = new HashSet<>();
    roots.forEach(
        (value, of) -> {
          if (tests.getOrDefault(value, 0) > 1) {
            all.addAll(of);
          }
        });
    return all;
  }
}
