// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.Operation;
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
import java.util.TreeMap;

/**
 * The fields that point to counted objects, with who stores into them and who gives back the
 * reference behind them.
 */
public final class CountedFields {
  /** A store into such a field. */
  public record Store(FunctionRef function, FieldRef field, PointerStore store) {
    public Location location() {
      return Location.of(function.file(), store.position());
    }
  }

  /** A call that drops a reference through such a field: {@code fput(group->file)}. */
  public record Drop(FunctionRef function, Operation operation) {
    public Location location() {
      return Location.of(function.file(), operation.position());
    }
  }

  private final Program program;
  private final CountedObjects counted;
  private final Set<String> names = new HashSet<>();
  private final SortedMap<FieldRef, String> tags = new TreeMap<>();
  private final SortedMap<FieldRef, List<Store>> stores = new TreeMap<>();
  private final Map<FunctionRef, List<Store>> byFunction = new HashMap<>();
  private final SortedMap<FieldRef, List<Drop>> drops = new TreeMap<>();

  private CountedFields(Program program) {
    this.program = program;
    this.counted = CountedObjects.of(program);
    collectNames();
    program.forEachFunction(
        (ref, f) -> {
          f.pointerStores().forEach(s -> addStore(ref, s));
          f.operations().forEach(o -> addDrop(ref, o));
        });
  }

  /** The counted fields of a program, collected once. */
  public static CountedFields of(Program program) {
    return program.memo(CountedFields.class, () -> new CountedFields(program));
  }

  /** Names of members that may be such fields: a cheap test before types are resolved. */
  private void collectNames() {
    Set<String> bare = new HashSet<>();
    for (CountedObjects.Counted c : counted.all()) {
      bare.add(new FieldRef(c.tag(), "").tag());
    }
    for (String path : program.paths()) {
      for (Declarations.Struct s : program.file(path).structs()) {
        for (Declarations.Member m : s.members()) {
          boolean single = m.type().pointers() == 1 && m.type().kind() == CType.Kind.STRUCT;
          if (single && bare.contains(m.type().name())) {
            names.add(m.name());
          }
        }
      }
    }
  }

  private static String lastName(List<Step> steps) {
    Step last = steps.isEmpty() ? new Step.Deref() : steps.get(steps.size() - 1);
    return last instanceof Step.Arrow a ? a.name() : last instanceof Step.Dot d ? d.name() : "";
  }

  private void addStore(FunctionRef ref, PointerStore store) {
    if (names.contains(lastName(store.target().steps()))) {
      field(store.target(), ref.file())
          .ifPresent(
              f -> {
                Store one = new Store(ref, f, store);
                stores.computeIfAbsent(f, k -> new ArrayList<>()).add(one);
                byFunction.computeIfAbsent(ref, k -> new ArrayList<>(2)).add(one);
              });
    }
  }

  private void addDrop(FunctionRef ref, Operation operation) {
    for (int i = 0; i < operation.operands().size(); i++) {
      Optional<TypedPath> pointer = pointer(operation.operands().get(i));
      if (pointer.isEmpty() || !names.contains(lastName(pointer.get().steps()))) {
        continue;
      }
      boolean drops =
          CountEffects.of(program)
              .plainEffect(operation.api(), i, ref.file())
              .filter(e -> e == CountEffect.PUT)
              .isPresent();
      if (drops) {
        field(pointer.get(), ref.file())
            .ifPresent(
                f ->
                    this.drops
                        .computeIfAbsent(f, k -> new ArrayList<>())
                        .add(new Drop(ref, operation)));
      }
    }
  }

  /**
   * The field that points to the object: {@code x->f} of {@code x->f} and of {@code &x->f->dev}.
   */
  private static Optional<TypedPath> pointer(Operand operand) {
    TypedPath path = operand.path();
    int end = path.steps().size();
    if (operand.form() == Operand.Form.ADDRESS) {
      while (end > 0 && path.steps().get(end - 1) instanceof Step.Dot) {
        end--;
      }
      end--;
    } else if (operand.form() != Operand.Form.LOAD) {
      return Optional.empty();
    }
    return end <= 0
        ? Optional.empty()
        : Optional.of(
            new TypedPath(path.origin(), path.root(), path.type(), path.steps().subList(0, end)));
  }

  private Optional<FieldRef> field(TypedPath path, String file) {
    if (path.steps().isEmpty()) {
      return Optional.empty();
    }
    Optional<Types.Place> place = program.types().resolve(path, file);
    if (place.isEmpty() || place.get().field().isEmpty() || place.get().type().pointers() != 1) {
      return Optional.empty();
    }
    FieldRef field = place.get().field().get();
    Optional<String> tag =
        program
            .types()
            .tag(place.get().type(), place.get().file())
            .filter(t -> counted.counted(t).isPresent());
    tag.ifPresent(t -> tags.put(field, t));
    return tag.map(t -> field);
  }

  /** All such fields that someone stores into. */
  public Collection<FieldRef> fields() {
    return Collections.unmodifiableSet(stores.keySet());
  }

  /** The counted struct that a field points to. */
  public Optional<String> tag(FieldRef field) {
    return Optional.ofNullable(tags.get(field));
  }

  /** The stores into a field, in path order. */
  public List<Store> stores(FieldRef field) {
    return stores.getOrDefault(field, List.of());
  }

  /** The stores into such fields that a function makes. */
  public List<Store> storesIn(FunctionRef function) {
    return byFunction.getOrDefault(function, List.of());
  }

  /** The calls that drop a reference through a field, in path order. */
  public List<Drop> drops(FieldRef field) {
    return drops.getOrDefault(field, List.of());
  }
}
