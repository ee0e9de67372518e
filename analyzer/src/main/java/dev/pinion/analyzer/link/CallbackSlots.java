// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.PointerStore;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Functions that keep a callback: they store a parameter, which is a function or a table of
 * functions, into a field. Also who passes which function or table, and who calls through the
 * field.
 */
public final class CallbackSlots {
  /**
   * One store of a callback parameter.
   *
   * @param tag the struct of the table; empty if the parameter is a function itself
   */
  public record Slot(
      FunctionRef keeper, int parameter, FieldRef field, Optional<String> tag, PointerStore store) {
    public Location location() {
      return Location.of(keeper.file(), store.position());
    }
  }

  /**
   * Somebody who passes a function or table of that name.
   *
   * @param caller who calls the keeper
   * @param symbol the name passed
   * @param file where that name is defined
   */
  public record Handover(FunctionRef caller, String symbol, String file)
      implements Comparable<Handover> {
    @Override
    public int compareTo(Handover other) {
      int byCaller = caller.compareTo(other.caller);
      return byCaller != 0 ? byCaller : symbol.compareTo(other.symbol);
    }
  }

  private final Program program;
  private final SortedMap<FunctionRef, List<Slot>> slots = new TreeMap<>();
  private final Map<String, Map<Integer, SortedSet<Handover>>> passed = new HashMap<>();
  private final Map<FieldRef, SortedSet<FunctionRef>> calls = new HashMap<>();

  private CallbackSlots(Program program) {
    this.program = program;
    Set<String> named = new HashSet<>();
    program.forEachFunction(
        (ref, f) -> f.references().forEach(r -> named.add(key(r.callee(), r.argument()))));
    program.forEachFunction((ref, f) -> addSlots(ref, f, named));
    SortedSet<String> keepers = new TreeSet<>();
    slots.keySet().forEach(r -> keepers.add(r.name()));
    program.forEachFunction((ref, f) -> f.references().forEach(r -> addProvider(ref, r, keepers)));
    slots.values().forEach(all -> all.removeIf(s -> providers(s).isEmpty()));
    slots.values().removeIf(List::isEmpty);
    SortedSet<String> names = new TreeSet<>();
    slots.values().forEach(all -> all.forEach(s -> names.add(s.field().field())));
    program.forEachFunction(
        (ref, f) -> f.indirectCalls().forEach(path -> addCall(ref, path, names)));
  }

  private static String key(String callee, int argument) {
    return argument + callee;
  }

  /** Only parameters for which somebody names a function or table are worth their types. */
  private void addSlots(FunctionRef ref, FunctionFacts f, Set<String> named) {
    for (PointerStore s : f.pointerStores()) {
      int parameter = parameter(f, s.value());
      if (parameter >= 0 && named.contains(key(f.name(), parameter))) {
        slot(ref, f, s, parameter)
            .ifPresent(x -> slots.computeIfAbsent(ref, r -> new ArrayList<>(2)).add(x));
      }
    }
  }

  /** The callback slots of a program, collected once from facts. */
  public static CallbackSlots of(Program program) {
    return program.memo(CallbackSlots.class, () -> new CallbackSlots(program));
  }

  private Optional<Slot> slot(FunctionRef ref, FunctionFacts f, PointerStore store, int parameter) {
    if (!maybeCallback(f.parameters().get(parameter).type())) {
      return Optional.empty();
    }
    Optional<Types.Place> place = program.types().resolve(store.target(), ref.file());
    Optional<FieldRef> field = place.flatMap(p -> kept(p, store.target()));
    if (field.isEmpty()) {
      return Optional.empty();
    }
    Optional<Types.Place> type = program.types().expand(place.get().type(), place.get().file());
    if (type.isEmpty()) {
      return Optional.empty();
    }
    CType base = type.get().type();
    if (base.kind() == CType.Kind.FUNCTION) {
      return Optional.of(new Slot(ref, parameter, field.get(), Optional.empty(), store));
    }
    return base.kind() == CType.Kind.STRUCT
            && base.pointers() == 1
            && hasFunctions(base.name(), type.get().file())
        ? program
            .types()
            .tag(base, type.get().file())
            .map(t -> new Slot(ref, parameter, field.get(), Optional.of(t), store))
        : Optional.empty();
  }

  /** The field stored into; a global variable counts as a field of nobody. */
  private static Optional<FieldRef> kept(Types.Place place, TypedPath target) {
    return target.steps().isEmpty() && target.origin() == TypedPath.Origin.GLOBAL
        ? Optional.of(new FieldRef("", target.root()))
        : place.field();
  }

  private static int parameter(FunctionFacts f, TypedPath value) {
    if (value.origin() == TypedPath.Origin.VARIABLE && value.steps().isEmpty()) {
      for (int i = 0; i < f.parameters().size(); i++) {
        if (f.parameters().get(i).name().equals(value.root())) {
          return i;
        }
      }
    }
    return -1;
  }

  private static boolean maybeCallback(CType type) {
    return type.kind() == CType.Kind.TYPEDEF
        || type.kind() == CType.Kind.FUNCTION
        || (type.kind() == CType.Kind.STRUCT && type.pointers() == 1);
  }

  private boolean hasFunctions(String tag, String file) {
    return program.memo(List.of("hasFunctions", tag, file), () -> looksForFunctions(tag, file));
  }

  private boolean looksForFunctions(String tag, String file) {
    List<Types.StructDefinition> all = program.types().structs(tag, file);
    return !all.isEmpty()
        && all.get(0).struct().members().stream()
            .map(Declarations.Member::type)
            .filter(t -> t.kind() == CType.Kind.FUNCTION || t.kind() == CType.Kind.TYPEDEF)
            .anyMatch(
                t ->
                    program
                        .types()
                        .expand(t, all.get(0).file())
                        .filter(p -> p.type().kind() == CType.Kind.FUNCTION)
                        .isPresent());
  }

  private void addProvider(
      FunctionRef ref, FunctionFacts.Reference reference, SortedSet<String> keepers) {
    if (!keepers.contains(reference.callee())) {
      return;
    }
    definition(reference.name(), ref.file())
        .ifPresent(
            file ->
                passed
                    .computeIfAbsent(reference.callee(), c -> new HashMap<>(2))
                    .computeIfAbsent(reference.argument(), a -> new TreeSet<>())
                    .add(new Handover(ref, reference.name(), file)));
  }

  /** The file of a function, or of a table with functions in it. */
  private Optional<String> definition(String name, String file) {
    List<String> tables = program.filesOfTable(name, file);
    if (tables.isEmpty()) {
      return program.resolve(name, file).map(FunctionRef::file);
    }
    String where = tables.get(0);
    return program.file(where).globals().stream()
            .filter(g -> g.name().equals(name))
            .flatMap(g -> g.entries().stream())
            .anyMatch(e -> program.resolve(e.symbol(), where).isPresent())
        ? Optional.of(where)
        : Optional.empty();
  }

  private void addCall(FunctionRef ref, TypedPath path, SortedSet<String> names) {
    if (path.origin() == TypedPath.Origin.GLOBAL && names.contains(path.root())) {
      FieldRef global = new FieldRef("", path.root());
      calls.computeIfAbsent(global, k -> new TreeSet<>()).add(ref);
    }
    for (int i = 0; i < path.steps().size(); i++) {
      Step step = path.steps().get(i);
      String name =
          step instanceof Step.Arrow a ? a.name() : step instanceof Step.Dot d ? d.name() : "";
      if (!names.contains(name)) {
        continue;
      }
      TypedPath prefix =
          new TypedPath(path.origin(), path.root(), path.type(), path.steps().subList(0, i + 1));
      program
          .types()
          .resolve(prefix, ref.file())
          .flatMap(Types.Place::field)
          .ifPresent(f -> calls.computeIfAbsent(f, k -> new TreeSet<>()).add(ref));
    }
  }

  /** The functions that keep callbacks which somebody passes by name, sorted. */
  public Collection<FunctionRef> keepers() {
    return Collections.unmodifiableSet(slots.keySet());
  }

  /** The callbacks that a function keeps. */
  public List<Slot> slotsOf(FunctionRef keeper) {
    return slots.getOrDefault(keeper, List.of());
  }

  /** Who passes a callback for that slot, sorted. */
  public List<Handover> providers(Slot slot) {
    return passed
        .getOrDefault(slot.keeper().name(), Map.of())
        .getOrDefault(slot.parameter(), Collections.emptySortedSet())
        .stream()
        .filter(
            p ->
                program
                    .resolve(slot.keeper().name(), p.caller().file())
                    .filter(slot.keeper()::equals)
                    .isPresent())
        .toList();
  }

  /** Who surely calls through that field, sorted; calls through copies are not among them. */
  public List<FunctionRef> callers(FieldRef field) {
    return List.copyOf(calls.getOrDefault(field, Collections.emptySortedSet()));
  }
}
