// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.CountEffects;
import dev.pinion.analyzer.link.CountedFields;
import dev.pinion.analyzer.link.CountedFields.Drop;
import dev.pinion.analyzer.link.CountedFields.Store;
import dev.pinion.analyzer.link.CountedObjects;
import dev.pinion.analyzer.link.CountedObjects.Counted;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * First evidence: the field owns what it points to. Somebody drops the reference behind it, another
 * store of a borrowed pointer takes one, and this one does not. All three must be in one module:
 * fields of shared structs, such as {@code device.parent}, are owned in one subsystem and lent in
 * the next.
 */
final class OwningField {
  private OwningField() {}

  /** From facts alone: whether it is worth while to ask whose reference is stored here. */
  static Optional<Evidence> of(Stash stash) {
    CountedFields fields = CountedFields.of(stash.program());
    if (fields.drops(stash.field()).isEmpty() || isShared(stash)) {
      return Optional.empty();
    }
    List<Drop> drops = drops(stash);
    Optional<Stash> sibling =
        fields.stores(stash.field()).stream()
            .map(s -> new Stash(stash.program(), s, stash.tag()))
            .filter(s -> !s.location().equals(stash.location()))
            .filter(OwningField::takesForItself)
            .findFirst();
    if (drops.isEmpty() || sibling.isEmpty()) {
      return Optional.empty();
    }
    Store other = sibling.get().store();
    List<Related> story = new ArrayList<>();
    story.add(
        new Related(
            other.location(),
            other.function().name()
                + "() takes a reference for the same field with "
                + sibling.get().taker().orElseThrow()
                + "()"));
    Drop drop = drops.get(0);
    story.add(
        new Related(
            drop.location(),
            drop.function().name()
                + "() drops the field's reference with "
                + drop.operation().api()
                + "()"));
    return Optional.of(
        new Evidence(
            doubt(stash), ", whose reference " + drop.function().name() + "() drops", story));
  }

  /** Drops of what a field holds; those of a reference just taken do not count. */
  private static List<Drop> drops(Stash stash) {
    return CountedFields.of(stash.program()).drops(stash.field()).stream()
        .filter(d -> !takesItself(stash, d.function()))
        .toList();
  }

  private static boolean takesItself(Stash stash, FunctionRef function) {
    CountedObjects counted = CountedObjects.of(stash.program());
    Counted struct = counted.counted(stash.tag()).orElseThrow();
    return stash.program().facts(function).callees().stream()
        .filter(c -> CountEffects.of(stash.program()).isPlainGet(c, function.file()))
        .flatMap(c -> stash.program().resolve(c, function.file()).stream())
        .anyMatch(c -> struct.gets().contains(c) || struct.tryGets().contains(c));
  }

  /** Whether several modules store or drop there: then nobody's convention is the field's. */
  private static boolean isShared(Stash stash) {
    return stash
        .program()
        .memo(
            List.of("sharedField", stash.field()), () -> isShared(stash.program(), stash.field()));
  }

  private static boolean isShared(Program program, FieldRef field) {
    ModuleMap modules = ModuleMap.of(program);
    CountedFields fields = CountedFields.of(program);
    String first = fields.stores(field).get(0).function().file();
    return fields.stores(field).stream()
            .anyMatch(s -> !modules.sameModule(s.function().file(), first))
        || fields.drops(field).stream()
            .anyMatch(d -> !modules.sameModule(d.function().file(), first));
  }

  /**
   * A parameter is proof enough. A pointer from another field may be one that is never released (a
   * sentinel), may move between elements of arrays, or between two objects of one kind.
   */
  private static Optional<String> doubt(Stash stash) {
    if (stash.hasIndex()) {
      return Optional.of("elements of arrays are not told apart, and the pointer may move");
    }
    if (!stash.isFromField()) {
      return Optional.empty();
    }
    Optional<FieldRef> source = stash.source();
    if (source.isPresent() && source.get().equals(stash.field())) {
      return Optional.of("the pointer may move from one object to another of its kind");
    }
    boolean counted =
        source.isPresent() && !CountedFields.of(stash.program()).drops(source.get()).isEmpty();
    return counted
        ? Optional.empty()
        : Optional.of("nobody drops what it is copied from: it may be an object that never goes");
  }

  /** Whether the function that stores drops what the field held: it replaces a reference. */
  static boolean isReplaced(Stash stash) {
    return CountedFields.of(stash.program()).drops(stash.field()).stream()
        .anyMatch(d -> d.function().equals(stash.function()));
  }

  /** A reference is taken for a pointer that was somebody else's. */
  private static boolean takesForItself(Stash stash) {
    boolean lent =
        stash.isBorrowedValue()
            || (!stash.fact().producer().isEmpty() && stash.fact().value().steps().isEmpty());
    return lent && stash.taker().isPresent();
  }
}
