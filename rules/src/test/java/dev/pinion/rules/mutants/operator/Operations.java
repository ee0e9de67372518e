// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds functions by what their facts say they do. */
final class Operations {
  private Operations() {}

  /** Functions that do one of these operations, in path order. */
  static List<FunctionRef> doing(Program program, Iterable<String> names) {
    Set<String> wanted = new HashSet<>();
    TreeSet<String> files = new TreeSet<>();
    for (String name : names) {
      wanted.add(name);
      files.addAll(program.files(Term.OPERATION, name));
    }
    List<FunctionRef> all = new ArrayList<>();
    for (String file : files) {
      for (FunctionRef function : program.functionsIn(file)) {
        if (program.facts(function).operations().stream().anyMatch(o -> wanted.contains(o.api()))) {
          all.add(function);
        }
      }
    }
    return all;
  }

  /** The functions of all files that do some operation. */
  static List<FunctionRef> operating(Program program) {
    List<FunctionRef> all = new ArrayList<>();
    for (String file : program.files(Term.Trait.OPERATES)) {
      if (file.endsWith(".c")) {
        all.addAll(program.functionsIn(file));
      }
    }
    return all;
  }

  /** Functions that call one of these, in path order. */
  static List<FunctionRef> calling(Program program, Iterable<String> names) {
    TreeSet<FunctionRef> all = new TreeSet<>();
    for (String name : names) {
      all.addAll(program.functionsCalling(name));
    }
    return List.copyOf(all);
  }
}
