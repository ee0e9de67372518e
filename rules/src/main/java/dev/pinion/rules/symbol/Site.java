// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.link.SymbolWrapper;
import java.util.Optional;

/**
 * A call that takes a symbol.
 *
 * @param id its number among the function's instructions
 * @param symbol the name; empty if it is known at run time only
 * @param key what a put must name to drop this pin: the symbol, or the text of the expression
 */
record Site(
    int id, Instruction.Call call, SymbolWrapper wrapper, Optional<String> symbol, String key) {

  /** As messages name it: {@code symbol_get(foo)}. */
  String text() {
    return call.name()
        + "("
        + symbol.orElseGet(() -> Shown.value(call.arguments().get(wrapper.argument())))
        + ")";
  }
}
