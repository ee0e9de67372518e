// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.SymbolWrapper;
import dev.pinion.rules.symbol.Partners.AddressDrop;
import dev.pinion.rules.symbol.Partners.Drop;
import dev.pinion.rules.symbol.Pin.Stash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Proves that a pin which is held at the end of a path has found another owner. */
final class Handover {
  /** Who owns it. */
  enum Kind {
    /** An object, or a caller. */
    OBJECT,
    /** The module, until it is unloaded. */
    MODULE_LIFE
  }

  /** Why a pin is not leaked. */
  record Proof(Kind kind, String because, List<Related> story) {}

  private final PinContext context;
  private final FunctionRef function;
  private final Partners partners;

  /** The symbols that this function puts on paths on which it has not taken them. */
  private final Set<String> mayPutHere;

  Handover(PinReport pins, Partners partners) {
    this.context = pins.context();
    this.function = context.ref();
    this.partners = partners;
    this.mayPutHere =
        pins.callersPuts().stream().map(PinReport.Put::key).collect(Collectors.toSet());
  }

  /** The proof for one pin at one end; empty if there is none. */
  Optional<Proof> prove(Site site, Pin pin, PinReport.End end) {
    if (end.value().equals(Optional.of(PathFacts.valueOf(site.id())))) {
      return returned(site);
    }
    boolean initFails = end.fails() && partners.isInit(function);
    List<Stash> stashes = end.kept(pin);
    if (!stashes.isEmpty()) {
      return stashed(site, stashes, initFails);
    }
    if (site.wrapper().effect() == SymbolWrapper.Effect.ATTACH) {
      Optional<Proof> byName =
          partners.drops(site, function).stream()
              .findFirst()
              .map(
                  d ->
                      new Proof(
                          Kind.OBJECT,
                          "attached, and " + d.function().name() + "() drops it",
                          story(site, Optional.empty(), d)));
      Optional<Proof> proof =
          byName.isPresent() ? byName : attached(site, argumentTags(site), Optional.empty());
      if (proof.isPresent()) {
        return proof;
      }
    }
    return end.fails() ? Optional.empty() : keptWithoutPointer(site);
  }

  private Optional<Proof> returned(Site site) {
    List<Related> story = new ArrayList<>();
    story.add(SymbolRule.at(function, site.call().position(), "module reference taken here"));
    for (FunctionRef caller : context.program().callersOf(function)) {
      Location there = Location.of(caller.file(), context.program().facts(caller).position());
      story.add(new Related(there, "and belongs to " + caller.name() + "() from there on"));
    }
    return Optional.of(
        new Proof(Kind.OBJECT, "returned to the caller with the module reference", story));
  }

  private Optional<Proof> stashed(Site site, List<Stash> stashes, boolean initFails) {
    for (Stash stash : stashes) {
      Optional<FieldRef> field = Partners.field(context, stash.path());
      Optional<Drop> partner = partner(site, field);
      if (partner.isPresent()) {
        Optional<FunctionRef> exit = partners.exit(partner.get().function());
        boolean global = !stash.place().contains("->");
        if (initFails && exit.isPresent()) {
          continue; // The exit function does not run for a module whose init has failed.
        }
        return Optional.of(
            new Proof(
                global && exit.isPresent() ? Kind.MODULE_LIFE : Kind.OBJECT,
                "kept in '"
                    + Shown.path(stash.path())
                    + "', and "
                    + partner.get().function().name()
                    + "() drops it",
                story(site, Optional.of(stash), partner.get())));
      }
      Set<String> tags = argumentTags(site);
      if (site.wrapper().effect() == SymbolWrapper.Effect.ATTACH) {
        Partners.tag(context, stash.path()).ifPresent(tags::add);
        tags.addAll(resultTags(site));
      }
      Optional<Proof> attached = attached(site, tags, Optional.of(stash));
      if (attached.isPresent()) {
        return attached;
      }
    }
    return Optional.empty();
  }

  /** The put elsewhere: best one that reads the place the pin is kept in. */
  private Optional<Drop> partner(Site site, Optional<FieldRef> field) {
    List<Drop> drops = partners.drops(site, function);
    if (field.isPresent()) {
      for (Drop drop : drops) {
        if (partners.reads(drop.function(), field.get())) {
          return Optional.of(drop);
        }
      }
      for (AddressDrop drop : partners.addressDrops()) {
        if (drop.fields().contains(field.get())) {
          return Optional.of(drop.drop());
        }
      }
    }
    return drops.stream().findFirst();
  }

  /** An attached object, or one it was attached to, is released by an address found in it. */
  private Optional<Proof> attached(Site site, Set<String> tags, Optional<Stash> stash) {
    for (AddressDrop drop : partners.addressDrops()) {
      for (String tag : drop.tags()) {
        if (tags.contains(tag)) {
          return Optional.of(
              new Proof(
                  Kind.OBJECT,
                  "the module reference goes with the struct "
                      + tag
                      + ", and "
                      + drop.drop().function().name()
                      + "() drops it by address",
                  story(site, stash, drop.drop())));
        }
      }
    }
    return Optional.empty();
  }

  /** The structs of the objects that the symbol is attached to. */
  private Set<String> argumentTags(Site site) {
    Set<String> tags = new TreeSet<>();
    if (site.wrapper().effect() != SymbolWrapper.Effect.ATTACH) {
      return tags;
    }
    for (Value argument : site.call().arguments()) {
      if (argument instanceof Value.Load load) {
        Partners.tag(context, load.path()).ifPresent(tags::add);
      } else if (argument instanceof Value.AddressOf address) {
        Partners.tag(context, address.path()).ifPresent(tags::add);
      }
    }
    tags.addAll(embedded(site));
    return tags;
  }

  /** The struct that the attached symbol returns. */
  private Set<String> resultTags(Site site) {
    Set<String> tags = new TreeSet<>();
    for (FunctionRef provider :
        site.symbol().map(n -> context.program().functions(n)).orElse(List.of())) {
      context
          .program()
          .types()
          .tag(context.program().facts(provider).returnType(), provider.file())
          .ifPresent(tags::add);
    }
    return tags;
  }

  /**
   * The structs inside an attached object whose addresses are kept: {@code x->fe = &object->fe}.
   */
  private Set<String> embedded(Site site) {
    Set<String> tags = new TreeSet<>();
    for (BasicBlock block : context.function().cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Assign assign
            && assign.value() instanceof Value.AddressOf part
            && !assign.target().isVariable()
            && site.call().arguments().stream()
                .anyMatch(
                    a -> a instanceof Value.Load object && part.path().startsWith(object.path()))) {
          Partners.tag(context, part.path()).ifPresent(tags::add);
        }
      }
    }
    return tags;
  }

  /**
   * Nothing points to it any more, but the same file puts it elsewhere. Where somebody keeps a
   * pointer to the symbol, the put is for those who do; unless this function puts it itself under a
   * test that is not understood, and may do so on this path.
   */
  private Optional<Proof> keptWithoutPointer(Site site) {
    if (!mayPutHere.contains(site.key()) && partners.isKeptByPointer(site.key(), function)) {
      return Optional.empty();
    }
    return partners.drops(site, function).stream()
        .filter(d -> d.function().file().equals(function.file()))
        .findFirst()
        .map(
            d ->
                new Proof(
                    partners.exit(d.function()).isPresent() ? Kind.MODULE_LIFE : Kind.OBJECT,
                    "kept on purpose: " + d.function().name() + "() drops it",
                    story(site, Optional.empty(), d)));
  }

  private List<Related> story(Site site, Optional<Stash> stash, Drop drop) {
    Related taken = SymbolRule.at(function, site.call().position(), "module reference taken here");
    Related dropped =
        new Related(drop.location(), drop.call() + " in " + drop.function().name() + "() drops it");
    return stash
        .map(
            s ->
                List.of(
                    taken,
                    SymbolRule.at(function, s.position(), "kept in '" + Shown.path(s.path()) + "'"),
                    dropped))
        .orElse(List.of(taken, dropped));
  }
}
