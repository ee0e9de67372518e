// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountEffects;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.HandedOut;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The functions of a tree that take a reference, by name: those that use a primitive on what a
 * parameter points to. To find their callers without looking at all functions.
 */
final class Takers {
  /** The names of functions that may hand a reference out with what they return. */
  static final NameTable HANDING = new NameTable("Takers.handing out", Takers::handing);

  /** The names of functions that take a reference in any case. */
  static final NameTable TAKING = new NameTable("Takers.taking anyhow", Takers::taking);

  private static final String COUNTED = "counted";

  private Takers() {}

  /** The names of functions that take a reference unless there is none to be had. */
  static Set<String> trying(Program program) {
    return program.settled("Takers.trying", () -> named(program, CountEffect.TRY_GET, "try-get"));
  }

  /** The same of functions alone, and of those as well that count by a counter of any kind. */
  static Set<String> tryingByAny(Program program) {
    return program.settled(
        "Takers.tryingByAny",
        () -> {
          Set<String> names = new TreeSet<>();
          for (FunctionRef function : operating(program, "try-get")) {
            if (CountEffects.of(program)
                .plainEffects(function)
                .containsValue(CountEffect.TRY_GET)) {
              names.add(function.name());
            }
          }
          return names;
        });
  }

  private static SortedSet<FunctionRef> operating(Program program, String operation) {
    SortedSet<FunctionRef> functions = new TreeSet<>();
    for (Api api : program.model().family("object")) {
      if (api.operation().equals(operation) && api.argument("arg") >= 0) {
        for (String path : program.files(Term.OPERATION, api.name())) {
          program.operations(path, api.name()).forEach(o -> functions.add(o.function()));
        }
      }
    }
    return functions;
  }

  /** The names of functions that take a reference in any case. */
  static Set<String> taking(Program program) {
    return program.settled("Takers.taking", () -> named(program, CountEffect.GET, "get"));
  }

  /** The names of functions that may hand a reference out with what they return. */
  static Set<String> handing(Program program) {
    return program.settled(
        "Takers.handing",
        () -> {
          Set<String> names = new TreeSet<>();
          for (Set<String> takers : List.of(trying(program), taking(program))) {
            for (String taker : takers) {
              program.functionsCalling(taker).stream()
                  .filter(HandedOut.of(program)::maybe)
                  .forEach(f -> names.add(f.name()));
            }
          }
          return names;
        });
  }

  private static Set<String> named(Program program, CountEffect effect, String operation) {
    SortedSet<String> names = new TreeSet<>();
    SortedSet<FunctionRef> functions = new TreeSet<>();
    for (String family : new String[] {"object", COUNTED}) {
      for (Api api : program.model().family(family)) {
        if (api.operation().equals(operation) && api.argument("arg") >= 0 && !api.is("plain")) {
          names.add(api.name());
          if (!family.equals(COUNTED)) {
            for (String path : program.files(Term.OPERATION, api.name())) {
              program.operations(path, api.name()).forEach(o -> functions.add(o.function()));
            }
          }
        }
      }
    }
    for (FunctionRef function : functions) {
      if (CountEffects.of(program).plainEffects(function).containsValue(effect)) {
        names.add(function.name());
      }
    }
    return names;
  }
}
