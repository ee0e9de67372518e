// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.Operand;
import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.PointerStore;
import dev.pinion.analyzer.ir.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

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

  /** A field of a store or drop, and the counted struct that it points to. */
  private record Pointer(FieldRef field, String tag) {}

  /** What one file does with such fields, or all files together. */
  private record Table(
      SortedMap<FieldRef, String> tags,
      SortedMap<FieldRef, List<Store>> stores,
      SortedMap<FieldRef, List<Drop>> drops) {
    Table() {
      this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }
  }

  private CountedFields(Program program) {
    this.program = program;
    this.counted = CountedObjects.of(program);
  }

  /** The counted fields of a program. */
  public static CountedFields of(Program program) {
    return program.memo(CountedFields.class, () -> new CountedFields(program));
  }

  /** What all files do with such fields of that name. */
  private Table named(String name) {
    return program.settled(
        List.of("CountedFields.named", name),
        () -> table(name, Look.stores(name), Look.operand(name)));
  }

  /** What files do with fields that they know as that member, as of {@link FileTerms#member}. */
  private Table known(String member, String name) {
    return program.settled(
        List.of("CountedFields.known", member, name),
        () -> table(name, Look.storesIn(member), Look.operandIn(member)));
  }

  private Table table(String name, Look<PointerStore> stores, Look<Operation> operations) {
    Table all = new Table();
    stores
        .in(program)
        .filter(store -> lastName(store.item().target().steps()).equals(name))
        .forEach(store -> addStore(store.function(), store.item(), all));
    operations.in(program).forEach(o -> addDrop(o.function(), o.item(), name, all));
    return all;
  }

  private static String lastName(List<Step> steps) {
    Step last = steps.isEmpty() ? new Step.Deref() : steps.get(steps.size() - 1);
    return last instanceof Step.Arrow a ? a.name() : last instanceof Step.Dot d ? d.name() : "";
  }

  private void addStore(FunctionRef ref, PointerStore store, Table into) {
    field(store.target(), ref.file())
        .ifPresent(
            p -> {
              into.tags().put(p.field(), p.tag());
              into.stores()
                  .computeIfAbsent(p.field(), k -> new ArrayList<>(1))
                  .add(new Store(ref, p.field(), store));
            });
  }

  private void addDrop(FunctionRef ref, Operation operation, String name, Table into) {
    for (int i = 0; i < operation.operands().size(); i++) {
      Optional<TypedPath> pointer = pointer(operation.operands().get(i));
      if (pointer.isEmpty() || !lastName(pointer.get().steps()).equals(name)) {
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
                p -> {
                  into.tags().put(p.field(), p.tag());
                  into.drops()
                      .computeIfAbsent(p.field(), k -> new ArrayList<>(1))
                      .add(new Drop(ref, operation));
                });
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

  private Optional<Pointer> field(TypedPath path, String file) {
    if (lastName(path.steps()).isEmpty()) {
      return Optional.empty();
    }
    Optional<Types.Place> place = program.types().resolve(path, file);
    if (place.isEmpty() || place.get().field().isEmpty() || place.get().type().pointers() != 1) {
      return Optional.empty();
    }
    FieldRef field = place.get().field().get();
    return program
        .types()
        .tag(place.get().type(), place.get().file())
        .filter(t -> counted.counted(t).isPresent())
        .map(t -> new Pointer(field, t));
  }

  /** The counted struct that a field points to. */
  public Optional<String> tag(FieldRef field) {
    return program.settled(
        List.of("CountedFields.tag", field),
        () ->
            tables(field)
                .flatMap(t -> Optional.ofNullable(t.tags().get(field)).stream())
                .reduce((a, b) -> b));
  }

  /** What is done under the names of a field. */
  private Stream<Table> tables(FieldRef field) {
    Synonyms synonyms = Synonyms.of(program);
    return synonyms.ofMember(field.field()).stream()
        .flatMap(
            name ->
                synonyms
                    .members(name, field)
                    .map(all -> all.stream().map(member -> known(member, name)))
                    .orElseGet(() -> Stream.of(named(name))));
  }

  /** The stores into a field, in path order. */
  public List<Store> stores(FieldRef field) {
    return program.settled(
        List.of("CountedFields.stores", field),
        () ->
            tables(field)
                .flatMap(t -> t.stores().getOrDefault(field, List.of()).stream())
                .distinct()
                .sorted(
                    Comparator.comparing(Store::function)
                        .thenComparing(s -> facts(s.function()).pointerStores().indexOf(s.store())))
                .toList());
  }

  private FunctionFacts facts(FunctionRef function) {
    return program.facts(function);
  }

  /** The stores into such fields that a function makes. */
  public List<Store> storesIn(FunctionRef function) {
    Table own = new Table();
    facts(function).pointerStores().forEach(s -> addStore(function, s, own));
    return own.stores().values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(s -> s.store().position()))
        .toList();
  }

  /** The calls that drop a reference through a field, in path order. */
  public List<Drop> drops(FieldRef field) {
    return program.settled(
        List.of("CountedFields.drops", field),
        () ->
            tables(field)
                .flatMap(t -> t.drops().getOrDefault(field, List.of()).stream())
                .distinct()
                .sorted(
                    Comparator.comparing(Drop::function)
                        .thenComparing(
                            d -> facts(d.function()).operations().indexOf(d.operation())))
                .toList());
  }
}
