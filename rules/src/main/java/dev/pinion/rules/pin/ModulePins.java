// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CallbackSlots;
import dev.pinion.analyzer.link.CallbackSlots.Handover;
import dev.pinion.analyzer.link.CallbackSlots.Slot;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Context;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.CountedFields;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Excuse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What keeps a provider's module loaded while its callbacks are kept elsewhere. */
final class ModulePins {
  private static final String ID = "module-pinned";

  /** How far above the hand-over a provider may take the reference on itself. */
  private static final int MAX_LEVELS = 2;

  private final Program program;
  private final Slot slot;

  ModulePins(Program program, Slot slot) {
    this.program = program;
    this.slot = slot;
  }

  /**
   * A module reference that the keeper's module takes on an owner which the table, or the object
   * with the slot, names. It must be taken while that owner is surely there: when the callback is
   * handed over, or at a look-up that excludes whoever takes the callback out of the slot.
   */
  Optional<Excuse> byKeeper() {
    return pins(this::inKeepersModule).stream()
        .filter(p -> relation(p) < UNRELATED)
        .sorted(Comparator.comparingInt(this::relation))
        .flatMap(p -> safely(p).stream())
        .findFirst();
  }

  private static final int UNRELATED = 3;

  /** How close what is pinned is to the slot: the object with it, what it holds, a like table. */
  private int relation(Pin pin) {
    Optional<FieldRef> owner = ownerField(pin);
    if (owner.isEmpty()) {
      return UNRELATED;
    }
    if (owner.get().owner().equals(slot.field().owner())) {
      return 0;
    }
    if (slot.tag().filter(owner.get().owner()::equals).isEmpty()) {
      return UNRELATED;
    }
    return goesThroughSlot(pin) ? 1 : 2;
  }

  private boolean goesThroughSlot(Pin pin) {
    SlotField field = new SlotField(program, pin.function(), slot.field());
    return Calls.at(
            Contexts.of(program).body(pin.function()).function(),
            pin.operation().api(),
            pin.operation().position())
        .filter(
            c ->
                !c.arguments().isEmpty()
                    && c.arguments().get(0) instanceof Value.Load load
                    && field.goesThrough(load.path()))
        .isPresent();
  }

  private Optional<Excuse> safely(Pin pin) {
    String owner = ownerField(pin).map(FieldRef::toString).orElse("?");
    Related taken =
        new Related(
            pin.location(),
            pin.function().name()
                + "() takes a reference on '"
                + owner
                + "' with "
                + pin.operation().api()
                + "()");
    if (duringHandover(pin)) {
      return Optional.of(
          new Excuse(ID, "a module reference is taken when it is handed over", List.of(taken)));
    }
    Context there = Contexts.of(program).at(pin.function(), pin.operation().position());
    for (Undoing.Proof undoing : undoings()) {
      Optional<String> excluded = excluded(there, undoing);
      if (excluded.isPresent()) {
        return Optional.of(
            new Excuse(
                ID,
                "a module reference is taken before a call, " + excluded.get(),
                List.of(taken, undoing.line())));
      }
    }
    return Optional.empty();
  }

  /** The provider calls the keeper, so its module is there all the while. */
  private boolean duringHandover(Pin pin) {
    return pin.function().equals(slot.keeper())
        || program.callersOf(pin.function()).contains(slot.keeper());
  }

  /** What keeps a look-up and the removal apart; a module's memory outlives RCU readers of it. */
  private Optional<String> excluded(Context there, Undoing.Proof undoing) {
    if (there.inSection()) {
      return Optional.of("inside the RCU section of the look-up");
    }
    return Contexts.of(program)
        .at(undoing.function(), undoing.instruction())
        .locks()
        .values()
        .stream()
        .filter(l -> there.locks().values().stream().anyMatch(l::excludes))
        .findFirst()
        .map(l -> "under " + l.identity() + ", under which the callback is taken out");
  }

  /** What takes callbacks out of the slot: in the keeper's file, or called by a provider for it. */
  private List<Undoing.Proof> undoings() {
    return program.memo(
        List.of("undoings", slot),
        () -> {
          Set<FunctionRef> all = new TreeSet<>(program.functionsIn(slot.keeper().file()));
          for (Handover provider : CallbackSlots.of(program).providers(slot)) {
            for (FunctionRef f : program.functionsIn(provider.file())) {
              program.facts(f).references().stream()
                  .filter(r -> r.name().equals(provider.symbol()))
                  .flatMap(r -> program.resolve(r.callee(), f.file()).stream())
                  .filter(c -> inKeepersModule(c.file()))
                  .forEach(all::add);
            }
          }
          return Stream.concat(
                  all.stream().flatMap(f -> Undoing.in(program, slot, f).stream()),
                  Undoing.byKeeper(program, slot).stream())
              .toList();
        });
  }

  /** A module reference that the keeper's module takes, in a way that we may not understand. */
  Optional<Related> takenSomewhere() {
    return pins(this::inKeepersModule).stream()
        .findFirst()
        .map(
            p ->
                new Related(
                    p.location(),
                    p.function().name()
                        + "() takes a module reference with "
                        + p.operation().api()
                        + "()"));
  }

  private boolean inKeepersModule(String file) {
    return Neighbours.of(program).areNeighbours(file, slot.keeper().file());
  }

  /** A call that pins a module. */
  private record Pin(FunctionRef function, Operation operation) {
    Location location() {
      return Location.of(function.file(), operation.position());
    }
  }

  /** The pins in files of which something holds. */
  private List<Pin> pins(Predicate<String> files) {
    List<Pin> all = new ArrayList<>();
    for (Api api : program.model().family("object")) {
      if (api.operation().equals("pin")) {
        program.files(Term.OPERATION, api.name()).stream()
            .filter(files)
            .flatMap(path -> program.operations(path, api.name()).stream())
            .forEach(o -> all.add(new Pin(o.function(), o.item())));
      }
    }
    return all;
  }

  /** The pins by which a module takes a reference on itself. */
  private List<Pin> ofOwn() {
    return pins(file -> true).stream()
        .filter(p -> p.operation().operand(0).path().root().equals("THIS_MODULE"))
        .toList();
  }

  private Optional<FieldRef> ownerField(Pin pin) {
    TypedPath path = pin.operation().operand(0).path();
    return path.steps().isEmpty()
        ? Optional.empty()
        : program.types().resolve(path, pin.function().file()).flatMap(Types.Place::field);
  }

  /** A pin that the provider itself takes, or that comes with how the modules are linked. */
  Optional<Excuse> byProvider(Handover provider) {
    return ownPin(provider).or(() -> dependency(provider)).or(() -> file(provider));
  }

  private Optional<Excuse> ownPin(Handover provider) {
    for (Pin pin : program.memo("ModulePins.ofOwn", () -> ofOwn())) {
      if (leadsTo(pin.function(), provider.caller(), MAX_LEVELS)) {
        return Optional.of(
            new Excuse(
                ID,
                "the provider takes a reference on its own module",
                List.of(new Related(pin.location(), pin.function().name() + "() takes it"))));
      }
    }
    return Optional.empty();
  }

  /** Whether a function hands the callback over, or calls what does. */
  private boolean leadsTo(FunctionRef function, FunctionRef caller, int levels) {
    return function.equals(caller)
        || (levels > 0
            && program.callersOf(caller).stream().anyMatch(c -> leadsTo(function, c, levels - 1)));
  }

  /** The keeper's module uses a symbol of the provider's: it cannot be loaded without it. */
  private Optional<Excuse> dependency(Handover provider) {
    for (FunctionRef f : program.globalFunctionsIn(provider.file())) {
      for (FunctionRef user : program.functionsCalling(f.name())) {
        boolean depends =
            ModuleMap.of(program).sameModule(user.file(), slot.keeper().file())
                && program
                    .resolve(f.name(), user.file())
                    .filter(r -> r.file().equals(provider.file()))
                    .isPresent();
        if (depends) {
          return Optional.of(
              new Excuse(
                  ID,
                  "the keeper's module links to the provider's, which stays as long",
                  List.of(
                      new Related(
                          Location.of(user.file(), program.facts(user).position()),
                          user.name() + "() calls " + f.name() + "()"))));
        }
      }
    }
    return Optional.empty();
  }

  /** A file is kept with a reference, and the provider's files name their owner. */
  private Optional<Excuse> file(Handover provider) {
    CountedFields fields = CountedFields.of(program);
    Optional<Stash> kept =
        fields.storesIn(slot.keeper()).stream()
            .map(s -> new Stash(program, s, fields.tag(s.field()).orElseThrow()))
            .filter(s -> s.struct().equals("struct file") && s.taker().isPresent())
            .filter(s -> s.field().owner().equals(slot.field().owner()))
            .findFirst();
    Optional<FileFacts.GlobalFacts> operations =
        program.globals(provider.file()).stream()
            .filter(g -> g.type().name().equals("file_operations"))
            .filter(g -> g.entries().stream().anyMatch(e -> e.field().equals("owner")))
            .findFirst();
    return kept.isEmpty() || operations.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Excuse(
                ID,
                "a file of the provider is kept, which holds the module that owns it",
                List.of(
                    new Related(kept.get().location(), "kept with a reference"),
                    new Related(
                        Location.of(provider.file(), operations.get().position()),
                        "names its owner"))));
  }
}
