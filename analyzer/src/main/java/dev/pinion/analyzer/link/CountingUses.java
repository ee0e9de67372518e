// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Every use of a counting primitive on a member of a struct, by the struct's tag. */
final class CountingUses {
  /** The counters that any object may embed; of object.rows and counter.rows. */
  static final String COUNTERS = "counter";

  /**
   * One use.
   *
   * @param path the members from the object to the counter
   * @param parameter the parameter that points to the object, or -1
   */
  record Use(
      FunctionRef function,
      Operation operation,
      Api api,
      CountEffect effect,
      String path,
      int parameter) {}

  private final Program program;

  private CountingUses(Program program) {
    this.program = program;
  }

  static CountingUses of(Program program) {
    return program.memo(CountingUses.class, () -> new CountingUses(program));
  }

  /** The row of a primitive that counts. */
  static Optional<Api> primitive(Program program, String name) {
    return program
        .model()
        .find(CountEffects.FAMILY, name)
        .or(() -> program.model().find(COUNTERS, name))
        .filter(a -> CountEffects.effect(a).isPresent());
  }

  /** The uses of a file on what it calls by one of those names, by tag. */
  private Map<String, List<Use>> in(String file, SortedSet<String> names) {
    return program.memo(
        List.of("CountingUses.in", file, names),
        () -> {
          Map<String, List<Use>> all = new HashMap<>();
          names.stream()
              .flatMap(name -> program.linked(file).all(Look.operatesOn(name)))
              .distinct()
              .sorted(
                  Comparator.comparing(OfFunction<Operation>::function)
                      .thenComparing(o -> o.item().position()))
              .forEach(o -> add(o.function(), program.facts(o.function()), o.item(), names, all));
          return all;
        });
  }

  private void add(
      FunctionRef ref,
      FunctionFacts f,
      Operation o,
      SortedSet<String> names,
      Map<String, List<Use>> byTag) {
    Optional<Api> api = primitive(program, o.api());
    if (api.isEmpty() || api.get().argument("arg") < 0) {
      return;
    }
    Operand operand = o.operand(api.get().argument("arg"));
    TypedPath path = operand.path();
    if (operand.form() != Operand.Form.ADDRESS
        || path.origin() != TypedPath.Origin.VARIABLE
        || !names.contains(path.type().name())
        || !CountEffects.isEmbedded(path.steps())) {
      return;
    }
    program
        .types()
        .tag(path.type(), ref.file())
        .ifPresent(
            tag ->
                byTag
                    .computeIfAbsent(tag, t -> new ArrayList<>())
                    .add(
                        new Use(
                            ref,
                            o,
                            api.get(),
                            CountEffects.effect(api.get()).orElseThrow(),
                            CountEffects.pathText(path.steps()),
                            parameter(f, path.root()))));
  }

  private static int parameter(FunctionFacts f, String name) {
    for (int i = 0; i < f.parameters().size(); i++) {
      if (f.parameters().get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The uses on members of that struct, in path order. */
  List<Use> of(String tag) {
    return program.settled(
        List.of("CountingUses.of", tag),
        () -> {
          SortedSet<String> names = Synonyms.of(program).ofTag(new FieldRef(tag, "").tag());
          SortedSet<String> files = new TreeSet<>();
          names.forEach(n -> files.addAll(program.files(Term.OPERATES_ON, n)));
          List<Use> all = new ArrayList<>();
          files.forEach(f -> all.addAll(in(f, names).getOrDefault(tag, List.of())));
          return List.copyOf(all);
        });
  }
}
