// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Context;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.link.Types;
import java.util.List;
import java.util.Optional;

/**
 * Whether breaking a site does harm, by rules that must prove it where they say that it does none.
 *
 * <p>They read the program as it is before the site is broken, and take nothing from what the rules
 * under test excuse.
 */
final class Harm {
  /** Nobody goes along that node without a lock. */
  static final String NO_READER = "no lockless reader of the field";

  /** Whoever goes along that node holds a lock of the updater's. */
  static final String LOCKED_OUT = "every reader is kept out by the updater's lock";

  /** Whoever calls holds a section open. */
  static final String CALLERS_SECTION = "every caller has a section open";

  private Harm() {}

  /** Of an update of a list that is no longer made for lockless readers. */
  static Mutant.Known of(Site site, ListUses.Use update) {
    Program program = site.program();
    RcuLists lists = RcuLists.of(program);
    Optional<FieldRef> field = lists.nodeField(update);
    if (!site.facts().analysed()) {
      return Mutant.Known.obstacle("function not wholly understood");
    }
    if (field.isEmpty()) {
      return Mutant.Known.obstacle("struct of the node not known");
    }
    boolean contract = lists.isContract(field.get());
    if (!contract && new OpenWalks(site, field.get()).noneUnderRcu()) {
      return Mutant.Known.equivalentBy(NO_READER);
    }
    if (contract && areLockedOut(program, update, field.get())) {
      return Mutant.Known.equivalentBy(LOCKED_OUT);
    }
    return contract
        ? Mutant.Known.NOTHING
        : Mutant.Known.obstacle("no walk by that field with an RCU iterator found");
  }

  /** Every walk there is, by whatever iterator, stands under a lock that the updater excludes. */
  private static boolean areLockedOut(Program program, ListUses.Use update, FieldRef field) {
    Context updater = context(program, update);
    List<ListUses.Use> walks =
        ListUses.of(program).of(field).stream()
            .filter(u -> u.api().does("list", "walk", "peek"))
            .filter(u -> ListUses.of(program).mayBeOneList(u, update))
            .toList();
    return !updater.locks().isEmpty()
        && walks.stream()
            .allMatch(
                w ->
                    context(program, w).locks().values().stream()
                        .anyMatch(r -> updater.locks().values().stream().anyMatch(r::excludes)));
  }

  private static Context context(Program program, ListUses.Use use) {
    return Contexts.of(program).at(use.function(), use.operation().position());
  }

  /** Of walks whose section is no longer opened. */
  static Mutant.Known ofWalking(Site site, List<ListUses.Use> walks) {
    Program program = site.program();
    if (!site.facts().analysed()) {
      return Mutant.Known.obstacle("function not wholly understood");
    }
    if (Contexts.of(program).entry(site.function()).inSection()) {
      return Mutant.Known.equivalentBy(CALLERS_SECTION);
    }
    if (walks.stream().allMatch(w -> noneIsRemovedMeanwhile(program, w))) {
      return Mutant.Known.equivalentBy(LOCKED_OUT);
    }
    boolean known = walks.stream().anyMatch(w -> RcuLists.of(program).nodeField(w).isPresent());
    return known ? Mutant.Known.NOTHING : Mutant.Known.obstacle("struct of the node not known");
  }

  /** The walk holds a lock that keeps out everybody who takes nodes off by that field. */
  private static boolean noneIsRemovedMeanwhile(Program program, ListUses.Use walk) {
    Context walker = context(program, walk);
    Optional<FieldRef> field = RcuLists.of(program).nodeField(walk);
    List<ListUses.Use> removals =
        field.map(f -> ListUses.of(program).of(f)).orElse(List.of()).stream()
            .filter(u -> u.api().does("list", "delete", "delete-init", "move", "replace"))
            .toList();
    return !removals.isEmpty()
        && removals.stream()
            .allMatch(
                r ->
                    context(program, r).locks().values().stream()
                        .anyMatch(l -> walker.locks().values().stream().anyMatch(l::excludes)));
  }

  /** Of an object that is freed at once. */
  static Mutant.Known ofFreeing(Site site, Instruction.Call free) {
    if (!site.facts().analysed()) {
      return Mutant.Known.obstacle("function not wholly understood");
    }
    Optional<String> tag = tag(site, free);
    if (tag.isEmpty()) {
      return Mutant.Known.obstacle("type of the object not known");
    }
    boolean listed =
        RcuLists.of(site.program()).contracts().stream().anyMatch(f -> f.owner().equals(tag.get()));
    return listed
        ? Mutant.Known.NOTHING
        : Mutant.Known.obstacle("not on a list: reached by an RCU pointer or another container");
  }

  private static Optional<String> tag(Site site, Instruction.Call free) {
    Contexts.Body body = Contexts.of(site.program()).body(site.function());
    if (free.arguments().isEmpty()
        || !(body.typing().canonical(free.arguments().get(0)) instanceof Value.Load load)) {
      return Optional.empty();
    }
    AccessPath path = load.path();
    return site.program()
        .types()
        .resolve(body.typing().typed(path), site.function().file())
        .map(p -> new Types.Place(p.type().base(), p.file(), Optional.empty()))
        .flatMap(p -> site.program().types().tag(p.type(), p.file()));
  }
}
