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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
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
    private static final Comparator<Handover> ORDER =
        Comparator.comparing(Handover::caller)
            .thenComparing(Handover::symbol)
            .thenComparing(Handover::file);

    @Override
    public int compareTo(Handover other) {
      return ORDER.compare(this, other);
    }
  }

  private final Program program;

  private CallbackSlots(Program program) {
    this.program = program;
  }

  /** The callback slots of a program. */
  public static CallbackSlots of(Program program) {
    return program.memo(CallbackSlots.class, () -> new CallbackSlots(program));
  }

  /** Only parameters for which somebody names a function or table are worth their types. */
  private List<Slot> find(FunctionRef keeper) {
    List<Slot> all = new ArrayList<>(2);
    FunctionFacts f = program.facts(keeper);
    for (PointerStore s : f.pointerStores()) {
      int parameter = parameter(f, s.value());
      if (maybeCallback(f, s) && !passed(f.name(), parameter).isEmpty()) {
        slot(keeper, s, parameter).filter(t -> !providers(t).isEmpty()).ifPresent(all::add);
      }
    }
    return List.copyOf(all);
  }

  private Optional<Slot> slot(FunctionRef ref, PointerStore store, int parameter) {
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

  private static boolean maybeCallback(FunctionFacts f, PointerStore store) {
    int parameter = parameter(f, store.value());
    return parameter >= 0 && maybeCallback(f.parameters().get(parameter).type());
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

  /** Who passes a function or table of the tree in that place of a call of that name. */
  private SortedSet<Handover> passed(String callee, int argument) {
    return program.memo(
        List.of("CallbackSlots.passed", callee, argument),
        () -> {
          SortedSet<Handover> all = new TreeSet<>();
          Look.passed(callee)
              .in(program)
              .filter(passed -> passed.item().argument() == argument)
              .forEach(
                  passed -> {
                    FunctionRef caller = passed.function();
                    String name = passed.item().name();
                    definition(name, caller.file())
                        .ifPresent(file -> all.add(new Handover(caller, name, file)));
                  });
          return all;
        });
  }

  /** The file of a function, or of a table with functions in it. */
  private Optional<String> definition(String name, String file) {
    List<String> tables = program.filesOfTable(name, file);
    if (tables.isEmpty()) {
      return program.resolve(name, file).map(FunctionRef::file);
    }
    String where = tables.get(0);
    return program.linked(where).globals(name).stream()
            .flatMap(g -> g.entries().stream())
            .anyMatch(e -> program.resolve(e.symbol(), where).isPresent())
        ? Optional.of(where)
        : Optional.empty();
  }

  /** The callbacks that a function keeps. */
  public List<Slot> slotsOf(FunctionRef keeper) {
    FunctionFacts f = program.facts(keeper);
    return f.pointerStores().stream().noneMatch(s -> maybeCallback(f, s))
        ? List.of()
        : program.memo(List.of("CallbackSlots.slotsOf", keeper), () -> find(keeper));
  }

  /** Who passes a callback for that slot, sorted. */
  public List<Handover> providers(Slot slot) {
    return passed(slot.keeper().name(), slot.parameter()).stream()
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
    return program.memo(
        List.of("CallbackSlots.callers", field),
        () -> {
          SortedSet<FunctionRef> all = new TreeSet<>();
          Look.callsThrough(field.field())
              .in(program)
              .filter(called -> goesThrough(called.item(), field, called.function().file()))
              .forEach(called -> all.add(called.function()));
          return List.copyOf(all);
        });
  }

  private boolean goesThrough(TypedPath path, FieldRef field, String file) {
    if (field.owner().isEmpty()) {
      return path.origin() == TypedPath.Origin.GLOBAL && path.root().equals(field.field());
    }
    for (int i = 0; i < path.steps().size(); i++) {
      Step step = path.steps().get(i);
      String name =
          step instanceof Step.Arrow a ? a.name() : step instanceof Step.Dot d ? d.name() : "";
      if (name.equals(field.field())) {
        TypedPath prefix =
            new TypedPath(path.origin(), path.root(), path.type(), path.steps().subList(0, i + 1));
        if (program
            .types()
            .resolve(prefix, file)
            .flatMap(Types.Place::field)
            .filter(field::equals)
            .isPresent()) {
          return true;
        }
      }
    }
    return false;
  }
}
