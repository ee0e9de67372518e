// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.Operation;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.link.CallbackSlots.Handover;
import dev.pinion.analyzer.link.CallbackSlots.Slot;
import dev.pinion.analyzer.link.CountedFields;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What keeps a provider's module loaded while its callbacks are kept elsewhere. */
final class ModulePins {
  private static final String ID = "module-pinned";

  private final Program program;
  private final Slot slot;

  ModulePins(Program program, Slot slot) {
    this.program = program;
    this.slot = slot;
  }

  /**
   * A pin that the keeper's module takes: on an owner that the table or the object with the slot
   * names, or by way of a file of the provider.
   */
  Optional<Excuse> byKeeper() {
    for (Pin pin : pins()) {
      Optional<FieldRef> owner = ownerField(pin);
      boolean matches =
          owner.isPresent()
              && (owner.get().owner().equals(slot.field().owner())
                  || slot.tag().filter(owner.get().owner()::equals).isPresent());
      if (matches && inKeepersModule(pin.function().file())) {
        return Optional.of(
            new Excuse(
                ID,
                "the module named in '" + owner.get() + "' is pinned before a call",
                List.of(
                    new Related(
                        pin.location(),
                        pin.function().name()
                            + "() pins it with "
                            + pin.operation().api()
                            + "()"))));
      }
    }
    return Optional.empty();
  }

  /** Whether the keeper's module pins modules at all: in which way we may not understand. */
  boolean keeperPinsSomething() {
    return pins().stream().anyMatch(p -> inKeepersModule(p.function().file()));
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

  private List<Pin> pins() {
    return program.memo("modulePins", () -> collectPins());
  }

  private List<Pin> collectPins() {
    List<Pin> all = new ArrayList<>();
    for (Api api : program.model().family("object")) {
      if (api.operation().equals("pin")) {
        for (FunctionRef function : program.functionsCalling(api.name())) {
          for (Operation o : program.facts(function).operations()) {
            if (o.api().equals(api.name())) {
              all.add(new Pin(function, o));
            }
          }
        }
      }
    }
    return all;
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
    for (Pin pin : pins()) {
      if (pin.function().file().equals(provider.caller().file())
          && pin.operation().operand(0).path().root().equals("THIS_MODULE")) {
        return Optional.of(
            new Excuse(
                ID,
                "the provider pins itself",
                List.of(
                    new Related(pin.location(), pin.function().name() + "() pins its module"))));
      }
    }
    return Optional.empty();
  }

  /** The keeper's module uses a symbol of the provider's: it cannot be loaded without it. */
  private Optional<Excuse> dependency(Handover provider) {
    List<FunctionFacts> functions = program.file(provider.file()).functions();
    for (FunctionFacts f : functions) {
      if (f.linkage() != Function.Linkage.GLOBAL) {
        continue;
      }
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
        program.file(provider.file()).globals().stream()
            .filter(g -> g.type().name().equals("file_operations"))
            .filter(g -> g.entries().stream().anyMatch(e -> e.field().equals("owner")))
            .findFirst();
    return kept.isEmpty() || operations.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Excuse(
                ID,
                "a file of the provider is kept, which pins its owner",
                List.of(
                    new Related(kept.get().location(), "kept with a reference"),
                    new Related(
                        Location.of(provider.file(), operations.get().position()),
                        "names its owner"))));
  }
}
