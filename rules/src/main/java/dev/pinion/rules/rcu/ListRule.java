// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Rule;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A rule about some operations on lists that lockless readers walk. */
abstract class ListRule implements Rule {
  /** Whether the rule is about that list operation of the model. */
  abstract boolean isAbout(Api api);

  @Override
  public final Collection<String> files(Program program) {
    Collection<String> files = new TreeSet<>();
    for (Api api : program.model().family("list")) {
      if (isAbout(api)) {
        files.addAll(program.files(Term.OPERATION, api.name()));
      }
    }
    return files;
  }

  @Override
  public final boolean isCandidate(FunctionRef function, Program program) {
    return mayConcern(function, program)
        && uses(function, program).anyMatch(u -> isCandidate(u, program));
  }

  /** Whether a function is worth a look at its operations. */
  boolean mayConcern(FunctionRef function, Program program) {
    return true;
  }

  /** Whether a function leaves a read-side section. */
  static boolean leavesSection(FunctionRef function, Program program) {
    return program.facts(function).callees().stream()
        .anyMatch(n -> program.model().does(n, "rcu", "leave"));
  }

  /** Whether an operation that the rule is about is worth a closer look. */
  boolean isCandidate(ListUses.Use use, Program program) {
    return Update.field(program, use).isPresent();
  }

  /** What the function does to lists that the rule is about, in source order. */
  final Stream<ListUses.Use> uses(FunctionRef function, Program program) {
    return program.facts(function).operations().stream()
        .flatMap(
            o ->
                program.model().find("list", o.api()).stream()
                    .filter(this::isAbout)
                    .map(a -> new ListUses.Use(a, function, o)));
  }
}
