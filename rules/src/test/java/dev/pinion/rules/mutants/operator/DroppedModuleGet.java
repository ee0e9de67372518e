// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.PointerStore;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The module whose table of operations this one was handed, keeps and calls through is no longer
 * pinned: {@code try_module_get(phy->ops->owner)} becomes {@code 1}.
 */
record DroppedModuleGet(String id, List<String> rules) implements Operator {
  /** A module of more files than this is no driver's core. */
  private static final int MAX_FILES = 60;

  @Override
  public Collection<FunctionRef> functions(Program program) {
    List<String> names = new ArrayList<>();
    for (Api api : program.model().family("object")) {
      if (api.operation().equals("pin")) {
        names.add(api.name());
      }
    }
    return Operations.doing(program, names);
  }

  @Override
  public List<Mutant> mutants(Site site) {
    return site.facts().operations().stream().flatMap(o -> mutant(site, o).stream()).toList();
  }

  private Optional<Mutant> mutant(Site site, Operation operation) {
    if (OwnerPins.pin(site.program(), operation.api()).isEmpty()) {
      return Optional.empty();
    }
    OwnerPins pins = new OwnerPins(site.program());
    String file = site.function().file();
    Optional<FieldRef> member = pins.member(operation, file);
    if (member.isEmpty()
        || pins.files(member.get()).stream()
            .flatMap(f -> pins.tables(f).stream())
            .noneMatch(t -> t.member().equals(member.get()))) {
      return Optional.empty();
    }
    List<String> keepers =
        keeper(site.program(), file).stream()
            .filter(f -> keeps(site.program(), f, member.get()))
            .toList();
    return keepers.isEmpty()
        ? Optional.empty()
        : Calls.at(site.program().ir(site.function()), operation.api(), operation.position())
            .flatMap(call -> mutant(site, call, member.get()))
            .map(m -> m.with(keepers));
  }

  private Optional<Mutant> mutant(Site site, Instruction.Call call, FieldRef member) {
    String instead = call.result().isPresent() ? "1" : "(void)0";
    return site.spelled(call)
        .map(
            c ->
                site.replaced(
                    id,
                    c,
                    instead,
                    "without " + call.name() + "() by " + member,
                    site.understood()));
  }

  /** The files of the module that pins. */
  private static List<String> keeper(Program program, String file) {
    ModuleMap modules = ModuleMap.of(program);
    TreeSet<String> all = new TreeSet<>(List.of(file));
    modules.modulesOf(file).forEach(m -> all.addAll(modules.filesOf(m, program)));
    return all.size() > MAX_FILES ? List.of(file) : List.copyOf(all);
  }

  /** Whether a function of a file stores such a table that it is given. */
  private static boolean keeps(Program program, String file, FieldRef member) {
    return program.functionsIn(file).stream()
        .anyMatch(
            f -> {
              FunctionFacts facts = program.facts(f);
              return facts.pointerStores().stream()
                  .anyMatch(s -> isParameter(s, facts) && isTable(program, s, file, member));
            });
  }

  private static boolean isParameter(PointerStore store, FunctionFacts facts) {
    return store.value().steps().isEmpty()
        && facts.parameters().stream().anyMatch(p -> p.name().equals(store.value().root()));
  }

  private static boolean isTable(
      Program program, PointerStore store, String file, FieldRef member) {
    return program
        .types()
        .resolve(store.target(), file)
        .flatMap(p -> program.types().tag(p.type(), p.file()))
        .filter(member.owner()::equals)
        .isPresent();
  }
}
