// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FunctionHead;
import dev.pinion.analyzer.ir.Function;
import java.util.List;
import java.util.Optional;

/** Which definition a direct call reaches, of all that have the name. */
final class Resolution {
  private Resolution() {}

  /**
   * The nearest of the definitions that are visible in a file, stubs of the other {@code #if} arm
   * last; empty if none is.
   */
  static Optional<FunctionRef> of(List<OfFunction<FunctionHead>> definitions, LinkedFile from) {
    List<OfFunction<FunctionHead>> visible =
        definitions.stream().filter(d -> isVisible(d, from.path())).toList();
    List<OfFunction<FunctionHead>> ordered =
        Proximity.order(from, visible, d -> d.function().file());
    return ordered.stream()
        .filter(d -> !isStub(d.item(), definitions.size()))
        .findFirst()
        .or(() -> ordered.stream().findFirst())
        .map(OfFunction::function);
  }

  /** Other files' statics are not visible; a header's are, to those who include it. */
  private static boolean isVisible(OfFunction<FunctionHead> definition, String file) {
    return definition.function().file().equals(file)
        || definition.function().file().endsWith(".h")
        || definition.item().linkage() == Function.Linkage.GLOBAL
        || definition.item().linkage() == Function.Linkage.WEAK;
  }

  /**
   * A body that stands in for a real one which is configured out.
   *
   * @param definitions how many there are of that name
   */
  private static boolean isStub(FunctionHead head, int definitions) {
    return head.linkage() == Function.Linkage.WEAK
        || (head.isEmpty()
            && (head.arm() == Function.Arm.ALTERNATIVE
                || (head.linkage() == Function.Linkage.STATIC_INLINE && definitions > 1)));
  }
}
