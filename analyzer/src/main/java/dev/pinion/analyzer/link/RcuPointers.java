// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The contract of each single pointer that readers follow without a lock, inferred tree-wide: who
 * fetches it with {@code rcu_dereference()} and its like, and what is held meanwhile. A pointer is
 * known by its struct and field, or as a variable of its own.
 */
public final class RcuPointers {
  private final Program program;

  private RcuPointers(Program program) {
    this.program = program;
  }

  /** The pointers of a program. */
  public static RcuPointers of(Program program) {
    return program.memo(RcuPointers.class, () -> new RcuPointers(program));
  }

  /** A call that publishes or fetches a pointer. */
  public record Use(Api api, FunctionRef function, Operation operation) {
    /** Where the call stands. */
    public Location location() {
      return Location.of(function.file(), operation.position());
    }
  }

  /**
   * Somebody who follows the pointer.
   *
   * @param context the locks and sections surely around it
   */
  public record Reader(Use use, Context context) {}

  /** The use that an operation is; empty if it is about no pointer that RCU guards. */
  public Optional<Use> use(FunctionRef function, Operation operation) {
    return program
        .model()
        .find("rcu", operation.api())
        .filter(a -> a.does("rcu", "publish", "fetch"))
        .map(a -> new Use(a, function, operation));
  }

  /** Which pointer a use is of; empty if its struct is not known. */
  public Optional<FieldRef> pointer(Use use) {
    Operand operand = use.operation().operand(use.api().argument("arg"));
    Operand.Form form = use.api().is("address") ? Operand.Form.ADDRESS : Operand.Form.LOAD;
    return operand.form() == form
        ? pointer(operand.path(), use.function().file())
        : Optional.empty();
  }

  /** Which pointer a place is, seen from a file; empty if it is in no struct and not global. */
  public Optional<FieldRef> pointer(TypedPath path, String file) {
    boolean isGlobal =
        path.origin() == TypedPath.Origin.GLOBAL
            && path.steps().stream().allMatch(s -> s instanceof Step.Index);
    return isGlobal
        ? Optional.of(new FieldRef("", Globals.name(program, path.root(), file)))
        : program.types().resolve(path, file).flatMap(Types.Place::field);
  }

  /** Whether somebody follows that pointer who need not keep updaters out. */
  public boolean isFollowed(FieldRef pointer) {
    return !fetches(pointer).isEmpty();
  }

  /** Those who follow the pointer, in path order, with what surely holds around each. */
  public List<Reader> readers(FieldRef pointer) {
    return program.memo(
        List.of("RcuPointers.readers", pointer),
        () ->
            fetches(pointer).stream()
                .map(
                    u ->
                        new Reader(
                            u, Contexts.of(program).at(u.function(), u.operation().position())))
                .toList());
  }

  /** What kinds of readers follow the pointer: plain ones where no section is known. */
  public Set<Flavour> flavours(FieldRef pointer) {
    return program.memo(
        List.of("RcuPointers.flavours", pointer),
        () -> {
          Set<Flavour> all = new HashSet<>();
          boolean allOfSrcu = true;
          for (Reader reader : readers(pointer)) {
            reader.context().sections().keySet().forEach(s -> all.add(Flavour.ofSection(s)));
            allOfSrcu &= reader.use().api().is("srcu");
          }
          if (all.isEmpty()) {
            all.add(allOfSrcu ? Flavour.ANY_SRCU : Flavour.RCU);
          }
          return Set.copyOf(all);
        });
  }

  /**
   * Where the pointer is set to an object, as near to a function as there is such a place: in it,
   * in its file, elsewhere.
   */
  public Optional<Use> publication(FieldRef pointer, FunctionRef near) {
    return uses(pointer, "publish").stream()
        .filter(u -> u.operation().operand(u.api().argument("value")).form() != Operand.Form.OTHER)
        .min(
            Comparator.comparing(
                u ->
                    u.function().equals(near)
                        ? 0
                        : u.function().file().equals(near.file()) ? 1 : 2));
  }

  private List<Use> fetches(FieldRef pointer) {
    return uses(pointer, "fetch");
  }

  private List<Use> uses(FieldRef pointer, String operation) {
    String name = pointer.field();
    int file = name.indexOf('@');
    return Synonyms.of(program).ofMember(file < 0 ? name : name.substring(0, file)).stream()
        .flatMap(n -> byName(n, operation).getOrDefault(pointer, List.of()).stream())
        .sorted(Comparator.comparing(Use::function).thenComparing(u -> u.operation().position()))
        .toList();
  }

  /** Who sets or follows pointers that files call so, by pointer. */
  private Map<FieldRef, List<Use>> byName(String name, String operation) {
    return program.settled(
        List.of("RcuPointers.byName", name, operation),
        () -> {
          Map<FieldRef, List<Use>> all = new HashMap<>();
          for (Api api : program.model().family("rcu")) {
            if (api.operation().equals(operation) && !api.is("updater") && !api.is("peek")) {
              Look.operand(api.name(), name)
                  .in(program)
                  .map(o -> new Use(api, o.function(), o.item()))
                  .forEach(
                      use ->
                          pointer(use)
                              .ifPresent(
                                  p -> all.computeIfAbsent(p, x -> new ArrayList<>(2)).add(use)));
            }
          }
          return all;
        });
  }
}
