// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Thin wrappers of a struct's gets and puts: functions that hand their parameter to one of them and
 * do little else. A function that takes a reference and goes on to use the object is none.
 */
final class CountedWrappers {
  private static final int ROUNDS = 2;

  private final Program program;
  private final String tag;

  CountedWrappers(Program program, String tag) {
    this.program = program;
    this.tag = tag;
  }

  /**
   * Adds what wraps the counter's functions.
   *
   * @param ruled functions that rows decide on
   */
  void addTo(Counter counter, Set<FunctionRef> ruled) {
    for (int i = 0; i < ROUNDS; i++) {
      for (FunctionRef candidate : candidates(counter, ruled)) {
        effect(candidate, counter).ifPresent(e -> counter.of(e).add(candidate));
      }
    }
  }

  private SortedSet<FunctionRef> candidates(Counter counter, Set<FunctionRef> ruled) {
    Set<String> names = new HashSet<>();
    for (CountEffect effect : CountEffect.values()) {
      counter.of(effect).forEach(f -> names.add(f.name()));
    }
    SortedSet<FunctionRef> all = new TreeSet<>();
    for (String name : names) {
      for (FunctionRef caller : program.functionsCalling(name)) {
        if (!ruled.contains(caller) && !isKnown(caller, counter) && isThin(caller, names)) {
          all.add(caller);
        }
      }
    }
    return all;
  }

  private static boolean isKnown(FunctionRef function, Counter counter) {
    return counter.gets().contains(function)
        || counter.tryGets().contains(function)
        || counter.lookups().contains(function)
        || counter.puts().contains(function)
        || counter.releases().contains(function);
  }

  private boolean isThin(FunctionRef function, Set<String> counting) {
    return new PureCounting(program).isPure(function, counting)
        && program.facts(function).parameters().stream()
            .anyMatch(
                p ->
                    p.type().pointers() == 1
                        && program
                            .types()
                            .tag(p.type(), function.file())
                            .filter(tag::equals)
                            .isPresent());
  }

  private Optional<CountEffect> effect(FunctionRef function, Counter counter) {
    Contexts.Body body = Contexts.of(program).body(function);
    Set<CountEffect> all = EnumSet.noneOf(CountEffect.class);
    for (Instruction.Call call : Calls.of(body.function())) {
      Optional<CountEffect> one =
          program.resolve(call.name(), function.file()).flatMap(f -> effectOf(f, counter));
      if (one.isPresent() && passesParameter(call, body)) {
        all.add(one.get());
      }
    }
    return CountEffects.single(all);
  }

  private static Optional<CountEffect> effectOf(FunctionRef function, Counter counter) {
    for (CountEffect effect : CountEffect.values()) {
      if (counter.of(effect).contains(function)) {
        return Optional.of(effect);
      }
    }
    return Optional.empty();
  }

  private static boolean passesParameter(Instruction.Call call, Contexts.Body body) {
    return call.arguments().stream()
        .map(body.typing()::canonical)
        .anyMatch(
            v ->
                v instanceof Value.Load load
                    && load.path().isVariable()
                    && body.function().parameterIndex(load.path().root()) >= 0);
  }
}
