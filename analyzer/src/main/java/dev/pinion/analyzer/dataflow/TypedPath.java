// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Step;
import java.util.List;

/**
 * An access path whose start says what type it has, as far as one file can know. The rest, which
 * struct and field the steps lead to, is a question to the whole tree (link).
 *
 * @param origin what {@code root} is
 * @param root the variable, global or function it starts from
 * @param type the type of the start; {@link CType#UNKNOWN} unless {@code origin} is VARIABLE
 * @param steps the steps from there
 */
public record TypedPath(Origin origin, String root, CType type, List<Step> steps) {
  /** Where a path starts. */
  public enum Origin {
    /** A parameter, a local or a temporary whose type the function declares. */
    VARIABLE,
    /** A name the function does not declare. */
    GLOBAL,
    /** The value that the function named {@code root} returned. */
    RESULT,
    /** Not known. */
    UNKNOWN
  }

  public static final TypedPath NOWHERE =
      new TypedPath(Origin.UNKNOWN, "", CType.UNKNOWN, List.of());

  public TypedPath {
    steps = List.copyOf(steps);
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            switch (origin) {
              case VARIABLE -> "(" + type + ")";
              case GLOBAL -> root;
              case RESULT -> root + "()";
              case UNKNOWN -> "?";
            });
    for (Step step : steps) {
      text.append(step(step));
    }
    return text.toString();
  }

  private static String step(Step step) {
    if (step instanceof Step.Arrow a) {
      return "->" + a.name();
    }
    if (step instanceof Step.Dot d) {
      return "." + d.name();
    }
    return step instanceof Step.Index ? "[]" : "*";
  }
}
