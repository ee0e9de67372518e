// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.CallbackSlots.Handover;
import dev.pinion.analyzer.link.CallbackSlots.Slot;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** In which circumstances a provider hands a callback over. */
final class SetUp {
  private static final int MAX_LEVELS = 6;

  private final Program program;
  private final Slot slot;
  private final Handover provider;

  SetUp(Program program, Slot slot, Handover provider) {
    this.program = program;
    this.slot = slot;
    this.provider = provider;
  }

  /** The function that another module calls to have it handed over, and that call's line. */
  Optional<Related> forAnotherModule() {
    ModuleMap modules = ModuleMap.of(program);
    return program.callersOf(provider.caller()).stream()
        .filter(c -> !modules.modulesOf(c.file()).isEmpty())
        .filter(c -> !modules.sameModule(c.file(), provider.caller().file()))
        .findFirst()
        .map(
            c ->
                new Related(
                    call(c, provider.caller().name()),
                    c.name()
                        + "() of module "
                        + modules.moduleOf(c.file()).orElse("?")
                        + " calls "
                        + provider.caller().name()
                        + "()"));
  }

  /** The callback of the provider's in which that happens; empty if it happens in plain code. */
  Optional<Callback> callback() {
    return callback(provider.caller(), MAX_LEVELS, new HashSet<>());
  }

  private Optional<Callback> callback(FunctionRef function, int levels, Set<FunctionRef> seen) {
    if (levels == 0 || !seen.add(function)) {
      return Optional.empty();
    }
    Optional<Callback> here = Callback.of(program, function).stream().findFirst();
    return here.isPresent()
        ? here
        : program.callersOf(function).stream()
            .flatMap(c -> callback(c, levels - 1, seen).stream())
            .findFirst();
  }

  /** Where it is handed over. */
  Location where() {
    return call(provider.caller(), slot.keeper().name());
  }

  private Location call(FunctionRef caller, String callee) {
    return Calls.of(program.ir(caller), callee).stream()
        .map(c -> Location.of(caller.file(), c.position()))
        .findFirst()
        .orElseGet(() -> Location.of(caller.file(), program.facts(caller).position()));
  }

  /** The line that allocates what is passed along, if that is freed when the device is unbound. */
  Optional<Related> managedData() {
    Contexts.Body body = Contexts.of(program).body(provider.caller());
    for (Instruction.Call call : Calls.of(body.function(), slot.keeper().name())) {
      for (Value argument : call.arguments()) {
        Optional<Instruction> made =
            argument instanceof Value.Load load && load.path().isVariable()
                ? body.typing().definition(load.path().root())
                : Optional.empty();
        boolean managed =
            made.orElse(null) instanceof Instruction.Call maker
                && program
                    .model()
                    .find("object", maker.name())
                    .filter(a -> a.is("managed"))
                    .isPresent();
        if (managed) {
          return Optional.of(
              new Related(
                  Location.of(provider.caller().file(), made.orElseThrow().position()),
                  "'"
                      + Shown.value(argument)
                      + "', passed along, is freed when the device is unbound"));
        }
      }
    }
    return Optional.empty();
  }

  /** What shows that it is handed over for a device. */
  List<Related> lines(Callback callback) {
    return List.of(
        new Related(
            where(), provider.caller().name() + "() hands over '" + provider.symbol() + "'"),
        callback.line());
  }
}
