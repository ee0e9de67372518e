// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.SymbolWrappers;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The functions of a program that take or put symbols, themselves or through a helper. */
final class SymbolFunctions {
  private SymbolFunctions() {}

  static SortedSet<FunctionRef> of(Program program) {
    return program.settled(SymbolFunctions.class, () -> collect(program));
  }

  /** The files of all of them, sorted. */
  static Collection<String> files(Program program) {
    Collection<String> files = new TreeSet<>();
    of(program).forEach(f -> files.add(f.file()));
    return files;
  }

  /** Whether the function is one of {@link #of}. */
  static boolean has(FunctionRef function, Program program) {
    Helpers helpers = Helpers.of(program);
    return helpers.callsWrapper(function)
        || program.facts(function).callees().stream()
            .flatMap(c -> program.resolve(c, function.file()).stream())
            .anyMatch(helpers::isGetter);
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
