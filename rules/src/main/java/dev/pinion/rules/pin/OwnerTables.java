// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.PointerStore;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.OfFunction;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Tables whose module is pinned through one of their members, {@code try_module_get(ops->owner)},
 * and which of them name nobody there.
 */
final class OwnerTables {
  private static final Pattern WORD = Pattern.compile("module_\\w+");

  /** {@code module_pci_driver()} is made of {@code module_driver()}, and that of an exit. */
  private static final int MAX_LEVELS = 2;

  private final Program program;

  private OwnerTables(Program program) {
    this.program = program;
  }

  static OwnerTables of(Program program) {
    return new OwnerTables(program);
  }

  /** Where a core pins by a member. */
  record Pin(FunctionRef function, Operation operation) {
    Location location() {
      return Location.of(function.file(), operation.position());
    }
  }

  /** A table in some file. */
  record Table(String file, FileFacts.GlobalFacts global) {
    Location location() {
      return Location.of(file, global.position());
    }
  }

  /** All members by which somebody pins a module, those of objects among them. */
  Set<FieldRef> pinned() {
    return program.settled(
        "OwnerTables.pinned",
        () -> {
          Set<FieldRef> all = new TreeSet<>();
          pinnings().forEach(p -> all.add(p.field()));
          return all;
        });
  }

  /** Somebody pins by a member. */
  private record Pinning(
      FunctionRef function, Operation operation, Operand operand, FieldRef field) {}

  private List<Pinning> pinnings() {
    List<Pinning> all = new ArrayList<>();
    for (Api api : program.model().family("object")) {
      if (api.operation().equals("pin")) {
        for (String path : program.files(Term.OPERATION, api.name())) {
          for (OfFunction<Operation> o : program.operations(path, api.name())) {
            Operand operand = o.item().operand(api.argument("arg"));
            field(operand, path)
                .ifPresent(f -> all.add(new Pinning(o.function(), o.item(), operand, f)));
          }
        }
      }
    }
    return all;
  }

  /** The members by which modules are pinned, and where. */
  SortedMap<FieldRef, Pin> pins() {
    return program.settled("OwnerTables.pins", this::findPins);
  }

  private SortedMap<FieldRef, Pin> findPins() {
    SortedMap<FieldRef, Pin> all = new TreeMap<>();
    Set<FieldRef> ofObjects = new HashSet<>();
    for (Pinning pinning : pinnings()) {
      all.putIfAbsent(pinning.field(), new Pin(pinning.function(), pinning.operation()));
      if (!isOfTable(pinning.operand())) {
        ofObjects.add(pinning.field());
      }
    }
    all.keySet().removeIf(ofObjects::contains);
    all.entrySet()
        .removeIf(e -> isSetByCore(e.getKey()) || callables(e.getKey(), e.getValue()).isEmpty());
    return all;
  }

  private Optional<FieldRef> field(Operand operand, String file) {
    return operand.form() == Operand.Form.LOAD && !operand.path().steps().isEmpty()
        ? program.types().resolve(operand.path(), file).flatMap(Types.Place::field)
        : Optional.empty();
  }

  /**
   * {@code phy->ops->owner}: an object is used whose operations stand in a table. Who pins by a
   * member of the object itself, a driver or a file system, often lets go of it on unregistration.
   */
  private static boolean isOfTable(Operand operand) {
    return operand.path().steps().stream().filter(s -> s instanceof Step.Arrow).count() > 1;
  }

  /** Whether functions store there: then tables need not say it. */
  private boolean isSetByCore(FieldRef field) {
    return program
        .files(Term.STORE_POINTER_IN, FileTerms.member(field.tag(), field.field()))
        .stream()
        .flatMap(path -> program.functionsIn(path).stream())
        .anyMatch(f -> program.facts(f).pointerStores().stream().anyMatch(s -> is(s, field, f)));
  }

  private boolean is(PointerStore store, FieldRef field, FunctionRef function) {
    return FileTerms.lastMember(store.target().steps()).equals(field.field())
        && program
            .types()
            .resolve(store.target(), function.file())
            .flatMap(Types.Place::field)
            .filter(field::equals)
            .isPresent();
  }

  /** The members of the struct that are called: one of operations has some. */
  private List<String> callables(FieldRef field, Pin pin) {
    List<String> all = new ArrayList<>();
    for (Types.StructDefinition d : program.types().structs(field.tag(), pin.function().file())) {
      for (Declarations.Member member : d.struct().members()) {
        if (member.type().kind() == CType.Kind.FUNCTION) {
          all.add(member.name());
        }
      }
    }
    return all;
  }

  /** The tables of the struct that a member is of, in path order. */
  List<Table> tables(FieldRef field) {
    return program.settled(List.of("OwnerTables.tables", field), () -> findTables(field));
  }

  private List<Table> findTables(FieldRef field) {
    SortedSet<String> files = new TreeSet<>();
    Pin pin = pins().get(field);
    if (pin == null) {
      return List.of();
    }
    for (String member : callables(field, pin)) {
      files.addAll(program.files(Term.ENTRY_IN, FileTerms.member(field.tag(), member)));
    }
    List<Table> all = new ArrayList<>();
    for (String path : files) {
      for (FileFacts.GlobalFacts global : program.globals(path)) {
        if (global.type().name().equals(field.tag())
            && global.type().pointers() == 0
            && global.type().arrays() == 0
            && !global.entries().isEmpty()
            && program.types().tag(global.type(), path).filter(field.owner()::equals).isPresent()) {
          all.add(new Table(path, global));
        }
      }
    }
    return all;
  }

  /** Whether a table names its module. */
  static boolean names(Table table, FieldRef field) {
    return table.global().entries().stream().anyMatch(e -> e.field().equals(field.field()));
  }

  /** Whether a file is of a module that can be unloaded: one that has an exit. */
  boolean goesAway(String path) {
    ModuleMap modules = ModuleMap.of(program);
    return modules.kindOf(path) == ModuleMap.Kind.LOADABLE
        && modules.modulesOf(path).stream()
            .filter(m -> m.kind() == ModuleMap.Kind.LOADABLE)
            .anyMatch(
                m ->
                    modules.filesOf(m, program).stream()
                        .flatMap(f -> program.invocations(f).stream())
                        .anyMatch(i -> ends(i.name(), path, MAX_LEVELS)));
  }

  /** Whether a macro at file level makes a function the module's exit. */
  private boolean ends(String macro, String file, int levels) {
    if (program.model().find("context", macro).filter(a -> a.is("exit")).isPresent()) {
      return true;
    }
    return levels > 0
        && program.macros(macro, file).stream()
            .limit(1)
            .anyMatch(
                m ->
                    WORD.matcher(m.body())
                        .results()
                        .anyMatch(w -> ends(w.group(), file, levels - 1)));
  }

  /** The tables of a file that name nobody, though their module may go away. */
  SortedMap<FieldRef, List<Table>> nameless(String path) {
    SortedMap<FieldRef, List<Table>> all = new TreeMap<>();
    if (!goesAway(path)) {
      return all;
    }
    pins()
        .forEach(
            (field, pin) -> {
              List<Table> here =
                  tables(field).stream()
                      .filter(t -> t.file().equals(path) && !names(t, field))
                      .filter(t -> !ModuleMap.of(program).sameModule(path, pin.function().file()))
                      .toList();
              if (!here.isEmpty()) {
                all.put(field, here);
              }
            });
    return all;
  }
}
