// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.PointerStore;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.link.CountedFields;
import dev.pinion.analyzer.link.CountedObjects;
import dev.pinion.analyzer.link.OpsTables;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excuse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Third evidence: the object is one whose last reference user space may drop at any time (a {@code
 * struct file}), it is lent to a function that puts it into a slot, the slot is emptied again
 * elsewhere without a put, and used in between (thread 000: "maybe we should be refcounting the
 * struct file").
 */
final class UserHeldSlot {
  private final Stash stash;
  private final Program program;

  private UserHeldSlot(Stash stash) {
    this.stash = stash;
    this.program = stash.program();
  }

  /** From facts alone: such a parameter is stored, and nobody drops the slot's content. */
  static boolean maybe(Stash stash) {
    return CountedObjects.of(stash.program()).isUserHeld(stash.tag())
        && stash.parameter() >= 0
        && CountedFields.of(stash.program()).drops(stash.field()).isEmpty();
  }

  static Judgement judge(Stash stash) {
    return new UserHeldSlot(stash).judge();
  }

  private Judgement judge() {
    Optional<Excuse> back = pointsBack();
    if (back.isPresent()) {
      return Judgement.of(back.get());
    }
    // A callback's argument lives as long as its caller says, and that we do not see.
    if (OpsTables.of(program).escapes(stash.function())) {
      return Judgement.NONE;
    }
    Optional<List<FieldContent.Use>> all = FieldContent.of(program, stash.field());
    if (all.isEmpty() || all.get().stream().anyMatch(UserHeldSlot::counts)) {
      return Judgement.NONE;
    }
    Optional<FieldContent.Use> use = first(all.get(), FieldContent.Act.PASS);
    if (use.isEmpty()) {
      use = first(all.get(), FieldContent.Act.DEREFERENCE);
    }
    Optional<FieldContent.Use> clear = first(all.get(), FieldContent.Act.CLEAR);
    if (use.isEmpty() || clear.isEmpty()) {
      return Judgement.NONE;
    }
    List<Related> story = new ArrayList<>();
    story.add(
        new Related(
            use.get().location(), use.get().function().name() + "() uses what is stored there"));
    story.add(
        new Related(
            clear.get().location(),
            clear.get().function().name() + "() empties the field and drops nothing"));
    return Judgement.of(
        new Evidence(Optional.empty(), ", whose user may close it at any time", story));
  }

  private static boolean counts(FieldContent.Use use) {
    return use.act() == FieldContent.Act.GET || use.act() == FieldContent.Act.PUT;
  }

  private Optional<FieldContent.Use> first(List<FieldContent.Use> all, FieldContent.Act act) {
    return all.stream()
        .filter(u -> u.act() == act && !u.function().equals(stash.function()))
        .findFirst();
  }

  /** {@code file->private_data = holder}: the file's release takes the holder down. */
  private Optional<Excuse> pointsBack() {
    FunctionFacts facts = program.facts(stash.function());
    String object = stash.fact().value().root();
    String holder = stash.fact().target().root();
    for (PointerStore s : facts.pointerStores()) {
      boolean back =
          s.target().root().equals(object)
              && !s.target().steps().isEmpty()
              && s.value().root().equals(holder);
      if (back) {
        return Optional.of(
            new Excuse(
                "holder-dies-first",
                "'"
                    + Shown.variable(object)
                    + "' points to the holder, and takes it down when it goes",
                List.of(
                    new Related(
                        Location.of(stash.function().file(), s.position()),
                        "the holder hangs on '" + Shown.variable(object) + "'"))));
      }
    }
    return Optional.empty();
  }
}
