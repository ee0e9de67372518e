// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.rules.mutants.operator.Mutant;
import dev.pinion.rules.mutants.operator.Operator;
import dev.pinion.rules.mutants.operator.Operators;
import dev.pinion.rules.mutants.operator.Site;
import dev.pinion.rules.mutants.operator.Texts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** Picks the mutants: all of those operators that have few sites, and a sample of the others. */
final class Sampling {
  private final Program program;
  private final Texts texts;
  private final Options options;

  Sampling(Program program, Texts texts, Options options) {
    this.program = program;
    this.texts = texts;
    this.options = options;
  }

  /** The mutants, file by file; whatever number of them from the start is a sample as well. */
  List<Mutant> mutants() {
    List<Mutant> all = new ArrayList<>();
    for (List<Operator> family : Operators.FAMILIES.values()) {
      if (family.equals(Operators.SYMBOL)) {
        wanted(family).forEach(o -> all.addAll(all(o)));
      } else {
        all.addAll(inTurns(wanted(family)));
      }
    }
    List<String> files = new ArrayList<>(new TreeSet<>(all.stream().map(Mutant::file).toList()));
    Collections.shuffle(files, new Random(options.seed()));
    Map<String, Integer> places = new HashMap<>();
    files.forEach(f -> places.put(f, places.size()));
    all.sort(
        Comparator.comparing((Mutant m) -> places.getOrDefault(m.file(), 0))
            .thenComparing(Mutant::operator)
            .thenComparing(m -> m.edits().get(0).start()));
    return all;
  }

  /** How many sites each operator has, in the order of the report. */
  Map<String, Integer> sites() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (List<Operator> family : Operators.FAMILIES.values()) {
      wanted(family).forEach(o -> counts.put(o.id(), all(o).size()));
    }
    return counts;
  }

  private List<Mutant> all(Operator operator) {
    return functions(operator).stream().flatMap(f -> operator.mutants(site(f)).stream()).toList();
  }

  private List<Operator> wanted(List<Operator> operators) {
    return operators.stream().filter(options::wants).toList();
  }

  private Site site(FunctionRef function) {
    return new Site(program, function, texts);
  }

  private List<FunctionRef> functions(Operator operator) {
    return operator.functions(program).stream().filter(f -> options.covers(f.file())).toList();
  }

  /** One after the other in turns, until there are enough or none is left. */
  private List<Mutant> inTurns(List<Operator> operators) {
    Map<Operator, Deque<FunctionRef>> open = new LinkedHashMap<>();
    for (Operator operator : operators) {
      List<FunctionRef> functions = new ArrayList<>(functions(operator));
      Collections.shuffle(functions, new Random(options.seed()));
      open.put(operator, new ArrayDeque<>(functions));
    }
    Map<Operator, Deque<Mutant>> ready = new LinkedHashMap<>();
    List<Mutant> picked = new ArrayList<>();
    while (picked.size() < options.number() && !open.isEmpty()) {
      for (Operator operator : List.copyOf(open.keySet())) {
        Deque<Mutant> waiting = ready.computeIfAbsent(operator, o -> new ArrayDeque<>());
        Deque<FunctionRef> functions = open.getOrDefault(operator, new ArrayDeque<>());
        while (waiting.isEmpty() && !functions.isEmpty()) {
          waiting.addAll(operator.mutants(site(functions.remove())));
        }
        if (waiting.isEmpty()) {
          open.remove(operator);
        } else if (picked.size() < options.number()) {
          picked.add(waiting.remove());
        }
      }
    }
    return picked;
  }
}
