// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.link.CountedFields;
import dev.pinion.analyzer.link.CountedFields.Drop;
import dev.pinion.analyzer.link.CountedFields.Store;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.rule.Related;
import dev.pinion.analyzer.rule.Tier;
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
    String file = stash.function().file();
    ModuleMap modules = ModuleMap.of(stash.program());
    List<Drop> drops = drops(stash);
    Optional<Stash> sibling =
        fields.stores(stash.field()).stream()
            .map(s -> new Stash(stash.program(), s, stash.tag()))
            .filter(s -> !s.location().equals(stash.location()))
            .filter(s -> modules.sameModule(s.function().file(), file))
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
            Tier.WARNING, ", whose reference " + drop.function().name() + "() drops", story));
  }

  private static List<Drop> drops(Stash stash) {
    ModuleMap modules = ModuleMap.of(stash.program());
    return CountedFields.of(stash.program()).drops(stash.field()).stream()
        .filter(d -> modules.sameModule(d.function().file(), stash.function().file()))
        .toList();
  }

  /** Whether the module that stores also drops the field's content somewhere. */
  static boolean isDroppedBeside(Stash stash) {
    return !drops(stash).isEmpty();
  }

  /** A reference is taken for a pointer that was somebody else's. */
  private static boolean takesForItself(Stash stash) {
    boolean lent =
        stash.isBorrowedValue()
            || (!stash.fact().producer().isEmpty() && stash.fact().value().steps().isEmpty());
    return lent && stash.taker().isPresent();
  }
}
