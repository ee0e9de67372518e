// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountedObjects;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.TypedLock;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A get that fails for an entry of a list whose count is zero becomes one that does not ask, where
 * entries leave the list only once that is so and the walk holds a lock.
 *
 * @param names the primitive that does not ask in the place of each
 */
record PlainGet(String id, Map<String, String> names, List<String> rules) implements Operator {
  /** Nobody finds an entry whose count is zero. */
  static final String UNDER_LOCK = "the last reference is dropped under the lock of the walk";

  PlainGet {
    names = Map.copyOf(names);
    rules = List.copyOf(rules);
  }

  @Override
  public Collection<FunctionRef> functions(Program program) {
    List<String> walks = new ArrayList<>();
    for (Api api : program.model().family("list")) {
      if (api.does("list", "walk") && api.argument("member") >= 0) {
        walks.add(api.name());
      }
    }
    return Operations.doing(program, walks);
  }

  @Override
  public List<Mutant> mutants(Site site) {
    List<Mutant> all = new ArrayList<>();
    List<CountCalls.Count> gets = new CountCalls(site).all(CountEffect.TRY_GET);
    for (Operation operation : gets.isEmpty() ? List.<Operation>of() : site.facts().operations()) {
      Optional<ListUses.Use> walk = walk(site, operation);
      Optional<FieldRef> field = walk.flatMap(ListUses.of(site.program())::nodeField);
      if (field.filter(f -> leaveLast(site.program(), f)).isPresent()) {
        AccessPath cursor =
            AccessPath.variable(
                operation.operand(walk.orElseThrow().api().argument("cursor")).path().root());
        gets.stream()
            .filter(g -> g.object().equals(cursor) && !held(site, g).isEmpty())
            .flatMap(g -> mutant(site, g, field.get()).stream())
            .forEach(all::add);
      }
    }
    return all.stream().distinct().toList();
  }

  private static Optional<ListUses.Use> walk(Site site, Operation operation) {
    return site.program()
        .model()
        .find("list", operation.api())
        .filter(a -> a.does("list", "walk") && a.argument("member") >= 0)
        .map(a -> new ListUses.Use(a, site.function(), operation));
  }

  /** Whether all who take entries off by that field do so for the release of the last reference. */
  private static boolean leaveLast(Program program, FieldRef field) {
    return program.settled(
        List.of("mutants.PlainGet", field),
        () -> {
          Optional<CountedObjects.Counted> counted =
              CountedObjects.of(program).counted(field.owner());
          List<ListUses.Use> removals =
              ListUses.of(program).of(field).stream()
                  .filter(u -> u.api().does("list", "delete", "delete-init", "move", "replace"))
                  .toList();
          return counted.isPresent()
              && !removals.isEmpty()
              && removals.stream().allMatch(r -> isLast(program, counted.get(), r));
        });
  }

  /** Whether somebody takes an entry off in its release, or once its last put has seen zero. */
  private static boolean isLast(
      Program program, CountedObjects.Counted counted, ListUses.Use removal) {
    boolean released =
        counted.releases().stream()
            .flatMap(r -> Descent.of(program).withinFile(r).stream())
            .anyMatch(r -> r.function().equals(removal.function()));
    return released
        || program.operations(removal.function()).stream()
            .filter(o -> o.position().compareTo(removal.operation().position()) < 0)
            .flatMap(o -> row(program, o).stream())
            .anyMatch(a -> a.operation().equals("put") && a.is("test"));
  }

  private static Optional<Api> row(Program program, Operation operation) {
    return program
        .model()
        .find("object", operation.api())
        .or(() -> program.model().find("counter", operation.api()));
  }

  private Optional<Mutant> mutant(Site site, CountCalls.Count get, FieldRef field) {
    Optional<String> success = new CountCalls(site).success(get);
    Optional<String> plain = plain(site, get, field);
    return success.isEmpty() || plain.isEmpty()
        ? Optional.empty()
        : site.spelled(get.call())
            .map(
                c ->
                    site.mutant(
                        id,
                        site.source().line(c.start()),
                        get.call().name() + " -> " + plain.get(),
                        List.of(
                            new Source.Edit(
                                c.start(),
                                c.start() + get.call().name().length(),
                                "(" + plain.get()),
                            new Source.Edit(c.end(), c.end(), ", " + success.get() + ")")),
                        known(site, get, field)));
  }

  /** What takes a reference in any case: the primitive, or a function for such objects. */
  private Optional<String> plain(Site site, CountCalls.Count get, FieldRef field) {
    String name = get.call().name();
    return Optional.ofNullable(names.get(name))
        .or(
            () ->
                CountedObjects.of(site.program()).counted(field.owner()).stream()
                    .flatMap(c -> c.gets().stream())
                    .filter(g -> isCounterpart(site, get, g))
                    .map(FunctionRef::name)
                    .findFirst());
  }

  /** Whether a function is one for all who have the try-get, and does nothing but take. */
  private static boolean isCounterpart(Site site, CountCalls.Count tryGet, FunctionRef get) {
    Program program = site.program();
    String file = site.function().file();
    return program.resolve(get.name(), file).filter(get::equals).isPresent()
        && program
            .resolve(tryGet.call().name(), file)
            .filter(t -> t.file().equals(get.file()))
            .isPresent()
        && program.facts(get).parameters().size() == 1;
  }

  private static Collection<TypedLock> held(Site site, CountCalls.Count get) {
    return Contexts.of(site.program()).at(site.function(), get.call()).locks().values();
  }

  private static Mutant.Known known(Site site, CountCalls.Count get, FieldRef field) {
    boolean waits =
        CountedObjects.of(site.program()).counted(field.owner()).stream()
            .flatMap(c -> c.puts().stream())
            .allMatch(
                p -> held(site, get).stream().anyMatch(l -> isLastUnder(site.program(), p, l)));
    return waits ? Mutant.Known.equivalentBy(UNDER_LOCK) : site.understood();
  }

  /** Whether a put drops the last reference under a lock of that name, as kref_put_mutex() does. */
  private static boolean isLastUnder(Program program, FunctionRef put, TypedLock lock) {
    return program.operations(put).stream()
        .filter(o -> row(program, o).filter(a -> a.is("locks")).isPresent())
        .flatMap(o -> o.operands().stream().skip(1))
        .map(o -> FileTerms.lastMember(o.path().steps()))
        .anyMatch(name -> !name.isEmpty() && lock.identity().endsWith("." + name));
  }
}
