// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolWrappers;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The functions of a program that take or put symbols, themselves or through a helper. */
final class SymbolFunctions {
  private SymbolFunctions() {}

  static SortedSet<FunctionRef> of(Program program) {
    return program.settled(SymbolFunctions.class, () -> collect(program));
  }

  private static SortedSet<FunctionRef> collect(Program program) {
    SortedSet<FunctionRef> all = new TreeSet<>();
    for (String name : SymbolWrappers.of(program).names()) {
      all.addAll(program.functionsCalling(name));
    }
    for (FunctionRef function : new TreeSet<>(all)) {
      if (Helpers.of(program).isGetter(function)) {
        all.addAll(program.callersOf(function));
      }
    }
    return Collections.unmodifiableSortedSet(all);
  }
}
