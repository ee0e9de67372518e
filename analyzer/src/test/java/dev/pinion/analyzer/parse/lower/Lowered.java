// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.ir.Dump;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Unit;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.parse.FrontEnd;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/** The fixture of this package's tests: source in, readable IR out. */
final class Lowered {
  private Lowered() {}

  static Unit unit(String source) {
    return FrontEnd.unit(source.getBytes(StandardCharsets.UTF_8));
  }

  /** Compares the functions of a file, and that their graphs are what they promise. */
  static void check(String source, String expected) {
    Unit unit = unit(source);
    assertEquals(expected, show(unit));
    for (Function function : unit.functions()) {
      assertEquals(Optional.empty(), WellFormed.violation(function), function.name());
    }
  }

  /** The dump of every function, the variables the source does not declare with it. */
  static String show(Unit unit) {
    StringBuilder out = new StringBuilder();
    for (Function function : unit.functions()) {
      out.append(Dump.function(function));
      String temporaries =
          function.variables().stream()
              .filter(v -> v.kind() == Variable.Kind.TEMPORARY)
              .map(v -> v.name() + ": " + v.type())
              .collect(Collectors.joining(", "));
      if (!temporaries.isEmpty()) {
        out.append("with ").append(temporaries).append('\n');
      }
    }
    unit.problems().forEach(p -> out.append(p.kind()).append(": ").append(p.detail()).append('\n'));
    return out.toString();
  }
}
