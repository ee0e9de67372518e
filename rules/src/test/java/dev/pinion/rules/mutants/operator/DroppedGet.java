// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.CountEffect;
import dev.pinion.analyzer.link.CountEffects;
import dev.pinion.analyzer.link.CountedFields;
import dev.pinion.analyzer.link.CountedObjects;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pointer is stored without the reference that somebody else drops through the field: {@code
 * x->dev = get_device(dev)} becomes {@code x->dev = (dev)}.
 */
record DroppedGet(String id, List<String> rules) implements Operator {
  @Override
  public Collection<FunctionRef> functions(Program program) {
    List<FunctionRef> all = new ArrayList<>();
    for (String file : program.files(Term.Trait.STORES)) {
      all.addAll(program.functionsIn(file));
    }
    return all;
  }

  @Override
  public List<Mutant> mutants(Site site) {
    CountedFields fields = CountedFields.of(site.program());
    Map<Position, Mutant> all = new LinkedHashMap<>();
    for (CountedFields.Store store : fields.storesIn(site.function())) {
      // Who takes a reference also gives it back, if that is not done through the field.
      if (fields.drops(store.field()).stream()
          .anyMatch(d -> !d.function().equals(site.function()))) {
        for (CountCalls.Count get : only(site, stored(site, store))) {
          mutant(site, store, get).ifPresent(m -> all.putIfAbsent(get.call().position(), m));
        }
      }
    }
    return List.copyOf(all.values());
  }

  /** The pointers by which the stored one is known; the result of a get is one of what it got. */
  private static Set<AccessPath> stored(Site site, CountedFields.Store store) {
    Set<AccessPath> all = new HashSet<>();
    Contexts.Body body = Contexts.of(site.program()).body(site.function());
    for (BasicBlock block : body.function().cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (!instruction.position().equals(store.store().position())) {
          continue;
        }
        if (instruction instanceof Instruction.Assign assign && !assign.target().isVariable()) {
          all.add(assign.target());
          if (assign.value() instanceof Value.Load raw) {
            all.add(raw.path());
          }
          if (site.canonical(assign.value()) instanceof Value.Load load) {
            all.add(load.path());
          }
        } else if (instruction instanceof Instruction.Call call) {
          call.result().filter(r -> !r.isVariable()).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  /** The get of that pointer, if there is one and it stands alone. */
  private static List<CountCalls.Count> only(Site site, Set<AccessPath> stored) {
    List<CountCalls.Count> counts =
        new CountCalls(site)
            .all().stream()
                .filter(
                    c ->
                        stored.contains(c.object())
                            || c.call().result().filter(stored::contains).isPresent())
                .toList();
    return counts.size() == 1 && counts.get(0).effect() != CountEffect.PUT ? counts : List.of();
  }

  private Optional<Mutant> mutant(Site site, CountedFields.Store store, CountCalls.Count get) {
    return new CountCalls(site)
        .success(get)
        .flatMap(
            instead ->
                site.spelled(get.call())
                    .map(
                        c ->
                            site.replaced(
                                id,
                                c,
                                instead,
                                "without "
                                    + get.call().name()
                                    + "() of what "
                                    + store.field()
                                    + " keeps",
                                known(site, store))));
  }

  private static Mutant.Known known(Site site, CountedFields.Store store) {
    if (!site.facts().analysed()) {
      return site.understood();
    }
    if (isAtHome(site, store.field())) {
      return Mutant.Known.obstacle("the module counts such objects itself");
    }
    if (isShared(site, store.field())) {
      return Mutant.Known.obstacle("several modules keep pointers in the field");
    }
    boolean usual =
        CountedFields.of(site.program()).stores(store.field()).stream()
            .filter(s -> !s.location().equals(store.location()))
            .anyMatch(s -> takes(site.program(), s));
    return usual
        ? Mutant.Known.NOTHING
        : Mutant.Known.obstacle("no other store into the field takes a reference");
  }

  private static boolean isShared(Site site, FieldRef field) {
    CountedFields fields = CountedFields.of(site.program());
    String file = site.function().file();
    ModuleMap modules = ModuleMap.of(site.program());
    return fields.stores(field).stream()
            .anyMatch(s -> !modules.sameModule(s.function().file(), file))
        || fields.drops(field).stream()
            .anyMatch(d -> !modules.sameModule(d.function().file(), file));
  }

  private static boolean takes(Program program, CountedFields.Store store) {
    String file = store.function().file();
    List<String> callees = new ArrayList<>(store.store().passedTo());
    callees.add(store.store().producer());
    return callees.stream()
        .flatMap(c -> CountEffects.of(program).effects(c, file).stream())
        .anyMatch(e -> e != CountEffect.PUT);
  }

  private static boolean isAtHome(Site site, FieldRef field) {
    ModuleMap modules = ModuleMap.of(site.program());
    return CountedFields.of(site.program())
        .tag(field)
        .flatMap(CountedObjects.of(site.program())::counted)
        .stream()
        .flatMap(c -> c.puts().stream())
        .anyMatch(
            p -> p.file().endsWith(".c") && modules.sameModule(p.file(), site.function().file()));
  }
}
