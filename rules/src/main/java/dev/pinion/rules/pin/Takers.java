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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The functions of a tree that take a reference, by name: those that use a primitive on what a
 * parameter points to. To find their callers without looking at all functions.
 */
final class Takers {
  /** The names of functions that may hand a reference out with what they return. */
  static final NameTable HANDING = new NameTable("Takers.handing out", Takers::handing);

  /** The names of functions that take a reference in any case. */
  static final NameTable TAKING = new NameTable("Takers.taking anyhow", Takers::taking);

  /** The names of functions that take a reference unless there is none to be had. */
  static final NameTable TRYING = new NameTable("Takers.trying to", Takers::trying);

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
          addThoseThat(CountEffect.TRY_GET, rows(program, "object", "try-get"), names, program);
          return names;
        });
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
    rows(program, COUNTED, operation).filter(r -> !r.is("plain")).forEach(r -> names.add(r.name()));
    List<Api> rows = rows(program, "object", operation).filter(r -> !r.is("plain")).toList();
    rows.forEach(r -> names.add(r.name()));
    addThoseThat(effect, rows.stream(), names, program);
    return names;
  }

  private static Stream<Api> rows(Program program, String family, String operation) {
    return StreamSupport.stream(program.model().family(family).spliterator(), /* parallel= */ false)
        .filter(r -> r.operation().equals(operation) && r.argument("arg") >= 0);
  }

  /** Adds the functions that count so by one of these primitives. */
  private static void addThoseThat(
      CountEffect effect, Stream<Api> primitives, Set<String> names, Program program) {
    SortedSet<FunctionRef> functions = new TreeSet<>();
    primitives.forEach(
        row -> {
          for (String path : program.files(Term.OPERATION, row.name())) {
            program.operations(path, row.name()).forEach(o -> functions.add(o.function()));
          }
        });
    for (FunctionRef function : functions) {
      if (CountEffects.of(program).plainEffects(function).containsValue(effect)) {
        names.add(function.name());
      }
    }
  }
}
