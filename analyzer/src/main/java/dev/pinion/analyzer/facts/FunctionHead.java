// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.ir.Function;

/**
 * What of a function decides which calls reach it, whatever else is in its body.
 *
 * @param isEmpty whether it calls nothing
 */
public record FunctionHead(
    String name, Function.Linkage linkage, Function.Arm arm, boolean isEmpty) {
  public static FunctionHead of(FunctionFacts function) {
    return new FunctionHead(
        function.name(), function.linkage(), function.arm(), function.callees().isEmpty());
  }
}
