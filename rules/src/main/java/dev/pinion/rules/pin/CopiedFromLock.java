// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Context;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.CountedFields;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.TypedLock;
import dev.pinion.analyzer.link.Types;
import dev.pinion.analyzer.rule.Excuse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Second evidence: the pointer is copied out from under the lock that keeps it valid. The source
 * field is read with a lock of its object held, others replace it under that lock, and the copy is
 * used where the lock is not held (thread 001: {@code device->kvm = device->group->kvm}).
 */
final class CopiedFromLock {
  private final Stash stash;
  private final Program program;

  private CopiedFromLock(Stash stash) {
    this.stash = stash;
    this.program = stash.program();
  }

  /**
   * From facts alone: a function that takes locks copies a field of one kind of object to another,
   * and other functions that take locks replace the original.
   */
  static boolean maybe(Stash stash) {
    Optional<FieldRef> source =
        takesLocks(stash, stash.function()) ? stash.source() : Optional.empty();
    CountedFields fields = CountedFields.of(stash.program());
    return source.isPresent()
        && !source.get().owner().equals(stash.field().owner())
        && fields.stores(source.get()).stream()
            .anyMatch(
                s -> !s.function().equals(stash.function()) && takesLocks(stash, s.function()));
  }

  private static boolean takesLocks(Stash stash, FunctionRef function) {
    return stash.program().facts(function).callees().stream()
        .anyMatch(c -> stash.program().model().does(c, "lock", "acquire"));
  }

  /** The judgement: evidence, an excuse, or nothing. */
  static Judgement judge(Stash stash) {
    return new CopiedFromLock(stash).judge();
  }

  private Judgement judge() {
    Optional<Instruction> store = stash.instruction();
    if (store.isEmpty()
        || !(store.get() instanceof Instruction.Assign assign)
        || !(stash.body().typing().canonical(assign.value()) instanceof Value.Load load)) {
      return Judgement.NONE;
    }
    Optional<FieldRef> source = field(load.path());
    Optional<TypedLock> lock = source.flatMap(s -> lockOf(s, assign));
    Optional<CountedFields.Store> replaced = lock.flatMap(l -> replacedUnder(l, source.get()));
    if (replaced.isEmpty() || source.get().equals(stash.field())) {
      return Judgement.NONE;
    }
    return FieldContent.of(program, stash.field())
        .map(uses -> judge(uses, source.get(), lock.get(), replaced.get()))
        .orElse(Judgement.NONE);
  }

  private Optional<FieldRef> field(AccessPath path) {
    return program
        .types()
        .resolve(stash.body().typing().typed(path), stash.function().file())
        .flatMap(Types.Place::field);
  }

  /** A lock held at the store that is a member of the object the source field is in. */
  private Optional<TypedLock> lockOf(FieldRef source, Instruction store) {
    return Contexts.of(program).at(stash.function(), store).locks().values().stream()
        .filter(l -> l.identity().startsWith("struct " + source.tag() + "."))
        .findFirst();
  }

  private Optional<CountedFields.Store> replacedUnder(TypedLock lock, FieldRef source) {
    for (CountedFields.Store s : CountedFields.of(program).stores(source)) {
      Stash other = new Stash(program, s, stash.tag());
      Optional<Instruction> instruction = other.instruction();
      if (!s.function().equals(stash.function())
          && instruction.isPresent()
          && holds(Contexts.of(program).at(s.function(), instruction.get()), lock)) {
        return Optional.of(s);
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Context context, TypedLock lock) {
    return context.locks().containsKey(lock.identity());
  }

  private Judgement judge(
      List<FieldContent.Use> all, FieldRef source, TypedLock lock, CountedFields.Store replaced) {
    List<FieldContent.Use> uses = all.stream().filter(FieldContent.Use::isUse).toList();
    Optional<FieldContent.Use> outside =
        uses.stream()
            .filter(u -> !u.function().equals(stash.function()))
            .filter(u -> !holds(Contexts.of(program).at(u.function(), u.instruction()), lock))
            .findFirst();
    List<Related> story = new ArrayList<>();
    story.add(new Related(lock.where(), "the copy is made under " + lock.identity()));
    story.add(
        new Related(
            replaced.location(),
            replaced.function().name() + "() replaces '" + source + "' under that lock"));
    if (outside.isEmpty()) {
      return uses.isEmpty() ? Judgement.NONE : underLock(uses, lock, story);
    }
    Location use = outside.get().location();
    story.add(
        new Related(
            use, outside.get().function().name() + "() uses '" + stash.field() + "' without it"));
    Optional<FieldContent.Use> get =
        all.stream()
            .filter(u -> u.act() == FieldContent.Act.GET || u.act() == FieldContent.Act.PUT)
            .findFirst();
    get.ifPresent(
        g ->
            story.add(
                new Related(
                    g.location(),
                    g.function().name() + "() counts what it finds there: others must, too")));
    String because = ", copied out from under " + lock.identity();
    Optional<String> doubt =
        get.map(
            g -> g.function().name() + "() does count what it finds there: there is a protocol");
    return Judgement.of(new Evidence(doubt, because, story));
  }

  private Judgement underLock(List<FieldContent.Use> uses, TypedLock lock, List<Related> story) {
    boolean all =
        uses.stream()
            .filter(u -> !u.function().equals(stash.function()))
            .allMatch(u -> holds(Contexts.of(program).at(u.function(), u.instruction()), lock));
    return all
        ? Judgement.of(
            new Excuse(
                "lock-protocol",
                "every use is under " + lock.identity() + ", like the copy",
                story))
        : Judgement.NONE;
  }
}
