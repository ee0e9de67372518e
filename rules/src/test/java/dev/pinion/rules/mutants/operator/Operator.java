// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Collection;
import java.util.List;

/** One way to break one idiom. */
public interface Operator {
  /** Kebab-case, {@code delete-plain}. */
  String id();

  /** The rules that are asked. */
  List<String> rules();

  /** The functions that may have sites, by facts alone. */
  Collection<FunctionRef> functions(Program program);

  /** The mutants of one function, in source order. */
  List<Mutant> mutants(Site site);
}
