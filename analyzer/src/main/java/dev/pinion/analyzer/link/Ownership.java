// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one struct is counted: its counters and who gets, tries to get, puts and releases it. {@link
 * CountedObjects} knows a little of every struct from facts alone; this looks into the bodies that
 * matter for one struct, when it is asked, and obeys the rows of the model and of the tree.
 */
public final class Ownership {
  private static final String ROWS = "counted";

  private final Program program;

  private Ownership(Program program) {
    this.program = program;
  }

  public static Ownership of(Program program) {
    return program.memo(Ownership.class, () -> new Ownership(program));
  }

  /**
   * The counters of a struct, the one with most users first.
   *
   * @param tag qualified as in {@link FieldRef}
   * @return empty if the struct is not counted
   */
  public List<Counter> counters(String tag) {
    return program.memo(List.of("Ownership", tag), () -> find(tag));
  }

  private List<Counter> find(String tag) {
    SortedMap<String, Counter> byPath = new TreeMap<>();
    List<Api> rows = rows(tag);
    Set<FunctionRef> ruled = new HashSet<>();
    rows.forEach(r -> ruled.addAll(program.functions(r.name())));
    inferred(tag, byPath, rows);
    byPath.values().forEach(c -> ruled.forEach(c::remove));
    rows.forEach(r -> apply(r, tag, byPath));
    byPath.values().forEach(c -> new CountedWrappers(program, tag).addTo(c, ruled));
    byPath.values().forEach(c -> c.releases().addAll(new OwnReleases(program, tag).of(c.path())));
    byPath.values().removeIf(Counter::isIdle);
    List<Counter> all = new ArrayList<>(byPath.values());
    all.sort(Comparator.comparingInt((Counter c) -> -users(c)).thenComparing(Counter::path));
    return all;
  }

  private List<Api> rows(String tag) {
    List<Api> all = new ArrayList<>();
    for (Api row : program.model().family(ROWS)) {
      if (new FieldRef(tag, "").tag().equals(row.texts().get("of"))) {
        all.add(row);
      }
    }
    return all;
  }

  private int users(Counter counter) {
    Set<FunctionRef> all = new HashSet<>(counter.gets());
    all.addAll(counter.tryGets());
    all.addAll(counter.puts());
    return all.stream().mapToInt(f -> program.functionsCalling(f.name()).size()).sum();
  }

  private void inferred(String tag, Map<String, Counter> byPath, List<Api> rows) {
    Map<String, List<CountingUses.Use>> uses = new TreeMap<>();
    for (CountingUses.Use use : CountingUses.of(program).of(tag)) {
      uses.computeIfAbsent(path(use, rows), p -> new ArrayList<>()).add(use);
    }
    uses.forEach(
        (path, all) -> {
          boolean declared = rows.stream().anyMatch(r -> path.equals(r.texts().get("counter")));
          if (declared || countsReferences(all)) {
            Counter counter = byPath.computeIfAbsent(path, Counter::new);
            byFunction(all).forEach((f, ofFunction) -> add(f, ofFunction, tag, counter));
          }
        });
  }

  /** A refcount does; a plain counter if someone frees on seeing it drop to zero. */
  private boolean countsReferences(List<CountingUses.Use> uses) {
    return uses.stream()
        .anyMatch(
            u ->
                u.effect() == CountEffect.PUT
                    && (!isPlain(u.api())
                        || (u.api().is("test") && releasesSomething(u.function()))));
  }

  private boolean releasesSomething(FunctionRef put) {
    return FreeingFunctions.frees(put, program) || !new LastPut(program).freeing(put).isEmpty();
  }

  private static boolean isPlain(Api api) {
    return api.is("plain") || !api.family().equals(CountEffects.FAMILY);
  }

  private static Map<FunctionRef, List<CountingUses.Use>> byFunction(List<CountingUses.Use> uses) {
    Map<FunctionRef, List<CountingUses.Use>> all = new HashMap<>();
    uses.forEach(u -> all.computeIfAbsent(u.function(), f -> new ArrayList<>(1)).add(u));
    return all;
  }

  private void add(FunctionRef function, List<CountingUses.Use> uses, String tag, Counter counter) {
    FunctionFacts facts = program.facts(function);
    Set<CountEffect> own = EnumSet.noneOf(CountEffect.class);
    boolean tests = false;
    boolean finds = false;
    for (CountingUses.Use use : uses) {
      if (use.parameter() >= 0) {
        own.add(use.effect());
        tests |= use.api().is("test") && use.effect() == CountEffect.PUT;
      } else {
        finds |= use.effect() == CountEffect.TRY_GET;
      }
    }
    boolean pure = new PureCounting(program).isPure(function, Set.of());
    if (tests || (pure && own.equals(EnumSet.of(CountEffect.PUT)))) {
      counter.puts().add(function);
      counter.releases().addAll(releases(function, uses, tests));
    } else if (pure && !own.contains(CountEffect.PUT) && !own.isEmpty()) {
      counter
          .of(own.contains(CountEffect.TRY_GET) ? CountEffect.TRY_GET : CountEffect.GET)
          .add(function);
    } else if (own.isEmpty() && finds && returns(facts, tag, function.file())) {
      counter.lookups().add(function);
    }
  }

  private boolean returns(FunctionFacts facts, String tag, String file) {
    return facts.returnType().pointers() == 1
        && program.types().tag(facts.returnType(), file).filter(tag::equals).isPresent();
  }

  private Collection<FunctionRef> releases(
      FunctionRef put, List<CountingUses.Use> uses, boolean tests) {
    List<FunctionRef> all = new ArrayList<>();
    for (CountingUses.Use use : uses) {
      int callback = use.api().argument("release");
      for (FunctionFacts.Reference r : program.facts(put).references()) {
        if (r.callee().equals(use.api().name()) && r.argument() == callback) {
          program.resolve(r.name(), put.file()).ifPresent(all::add);
        }
      }
    }
    if (tests) {
      all.addAll(new LastPut(program).releases(put));
    }
    return all;
  }

  /**
   * The members to the counter itself: on through an embedded object whose rows say where it
   * counts, and for a macro the member that it stands for.
   */
  private String path(CountingUses.Use use, List<Api> rows) {
    String embedded = use.api().texts().get("of");
    String inner =
        embedded == null
            ? ""
            : rows(embedded).stream()
                .map(r -> r.texts().get("counter"))
                .filter(Objects::nonNull)
                .findFirst()
                .map(c -> "." + c)
                .orElse("");
    return rows.stream()
            .filter(r -> r.operation().equals("member") && r.name().equals(use.path()))
            .map(r -> r.texts().getOrDefault("counter", use.path()))
            .findFirst()
            .orElse(use.path())
        + inner;
  }

  private void apply(Api row, String tag, SortedMap<String, Counter> byPath) {
    List<FunctionRef> functions = meant(row, tag);
    if (functions.isEmpty() || row.operation().equals("none") || row.operation().equals("member")) {
      return;
    }
    String path = row.texts().getOrDefault("counter", byPath.isEmpty() ? "" : byPath.firstKey());
    Counter counter = byPath.computeIfAbsent(path, Counter::new);
    if (row.operation().equals("release")) {
      counter.releases().addAll(functions);
    } else {
      CountEffects.effect(row).ifPresent(e -> counter.of(e).addAll(functions));
    }
  }

  /**
   * The functions of a row: those whose argument is of this very struct, and not the empty stubs of
   * another configuration.
   */
  private List<FunctionRef> meant(Api row, String tag) {
    int argument = row.argument("arg");
    List<FunctionRef> typed =
        program.functions(row.name()).stream()
            .filter(f -> argument < 0 || takes(f, argument, tag))
            .toList();
    List<FunctionRef> real =
        typed.stream().filter(f -> !program.facts(f).callees().isEmpty()).toList();
    return real.isEmpty() ? typed : real;
  }

  private boolean takes(FunctionRef function, int argument, String tag) {
    List<Variable> parameters = program.facts(function).parameters();
    return argument < parameters.size()
        && program
            .types()
            .tag(parameters.get(argument).type(), function.file())
            .filter(tag::equals)
            .isPresent();
  }
}
