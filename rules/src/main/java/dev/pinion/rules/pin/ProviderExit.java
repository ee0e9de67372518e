// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.link.CallbackSlots.Handover;
import dev.pinion.analyzer.link.CallbackSlots.Slot;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.OpsTables;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a provider takes its callbacks back before it goes. */
final class ProviderExit {
  private static final int MAX_LEVELS = 6;

  private final Program program;
  private final Slot slot;
  private final Handover provider;
  private final List<String> files;

  /** What is known of the way out. */
  enum Way {
    /** It has none: once loaded it stays. */
    CANNOT_LEAVE,
    /** On its way out it gives the same name to a function of the keeper's module. */
    TAKES_BACK,
    /** On its way out it calls the keeper's module in some way. */
    UNCLEAR,
    /** It never tells the keeper's module that it goes. */
    SILENT
  }

  ProviderExit(Program program, Slot slot, Handover provider) {
    this.program = program;
    this.slot = slot;
    this.provider = provider;
    ModuleMap modules = ModuleMap.of(program);
    this.files =
        modules.modulesOf(provider.file()).stream()
            .filter(m -> m.kind() == ModuleMap.Kind.LOADABLE)
            .findFirst()
            .map(m -> modules.filesOf(m, program))
            .orElse(List.of(provider.file()));
  }

  Way way() {
    List<FunctionRef> exits = exits();
    if (exits.isEmpty() && invokes("module_init") && !invokesDriverMacro()) {
      return Way.CANNOT_LEAVE;
    }
    if (takenBack().isPresent()) {
      return Way.TAKES_BACK;
    }
    return intoKeeper().stream()
            .filter(f -> callsKeeper(f))
            .anyMatch(f -> isOnWayOut(f, exits, MAX_LEVELS, new HashSet<>()))
        ? Way.UNCLEAR
        : Way.SILENT;
  }

  /** The provider's functions that call functions of the keeper's module. */
  private List<FunctionRef> intoKeeper() {
    return program.memo(
        List.of("callsInto", files.get(0), slot.keeper().file()),
        () ->
            files.stream()
                .flatMap(f -> program.functionsIn(f).stream())
                .filter(f -> program.facts(f).callees().stream().anyMatch(c -> mayBeKeepers(c)))
                .toList());
  }

  private boolean mayBeKeepers(String callee) {
    return program.functions(callee).stream()
        .anyMatch(c -> Neighbours.of(program).areNeighbours(c.file(), slot.keeper().file()));
  }

  /** Whether the function runs in the module's exit, or in something that others call. */
  private boolean isOnWayOut(
      FunctionRef function, List<FunctionRef> exits, int levels, Set<FunctionRef> seen) {
    if (!seen.add(function)) {
      return false;
    }
    if (exits.contains(function) || (isCalledByOthers(function) && !isInTable(function))) {
      return true;
    }
    return levels > 0
        && program.callersOf(function).stream()
            .filter(c -> files.contains(c.file()))
            .anyMatch(c -> isOnWayOut(c, exits, levels - 1, seen));
  }

  private boolean isCalledByOthers(FunctionRef function) {
    return OpsTables.of(program).escapesOf(function).stream()
        .anyMatch(e -> !e.callee().equals(slot.keeper().name()) && !isInit(e));
  }

  private boolean isInit(OpsTables.Escape escape) {
    return program.model().find("context", escape.callee()).filter(a -> a.is("init")).isPresent();
  }

  /**
   * Whether the callback is handed over in something that others call, such as a driver's probe.
   * What is set up there is undone when the device is unbound, which the exit of a driver does: by
   * managed resources, by the core, in ways that this rule does not follow. What is set up for
   * another module, which calls the provider and so depends on it, is that module's.
   */
  boolean isBound() {
    boolean forOthers =
        program.callersOf(provider.caller()).stream().anyMatch(c -> !files.contains(c.file()));
    return forOthers || isFromCallback(provider.caller(), MAX_LEVELS, new HashSet<>());
  }

  private boolean isFromCallback(FunctionRef function, int levels, Set<FunctionRef> seen) {
    if (levels == 0 || !seen.add(function)) {
      return false;
    }
    return OpsTables.of(program).escapesOf(function).stream().anyMatch(e -> !isInit(e))
        || program.callersOf(function).stream().anyMatch(c -> isFromCallback(c, levels - 1, seen));
  }

  /** Where the same name is given to another function of the keeper's module. */
  Optional<Excuse> takenBack() {
    for (String file : files) {
      for (FunctionRef f : program.functionsIn(file)) {
        for (FunctionFacts.Reference r : program.facts(f).references()) {
          boolean back =
              r.name().equals(provider.symbol())
                  && !r.callee().equals(slot.keeper().name())
                  && isKeepers(r.callee(), file);
          if (back) {
            return Optional.of(
                new Excuse(
                    "unregistered-on-exit",
                    "the provider takes '" + r.name() + "' back with " + r.callee() + "()",
                    List.of(
                        new Related(
                            Location.of(file, program.facts(f).position()),
                            f.name() + "() calls " + r.callee() + "()"))));
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean isKeepers(String callee, String file) {
    return mayBeKeepers(callee)
        && program
            .resolve(callee, file)
            .filter(c -> Neighbours.of(program).areNeighbours(c.file(), slot.keeper().file()))
            .isPresent();
  }

  /** Calls of the keeper's module, other than to hand this very callback over. */
  private boolean callsKeeper(FunctionRef function) {
    return program.facts(function).callees().stream()
        .filter(c -> isKeepers(c, function.file()))
        .anyMatch(c -> !c.equals(slot.keeper().name()) || !handsOver(function));
  }

  private boolean handsOver(FunctionRef function) {
    return program.facts(function).references().stream()
        .anyMatch(
            r -> r.callee().equals(slot.keeper().name()) && r.name().equals(provider.symbol()));
  }

  private List<FunctionRef> exits() {
    List<FunctionRef> all = new ArrayList<>();
    for (String file : files) {
      for (Declarations.Invocation i : program.file(file).invocations()) {
        if (i.name().equals("module_exit") && !i.arguments().isEmpty()) {
          program.resolve(i.arguments().get(0), file).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private boolean invokes(String macro) {
    return files.stream()
        .flatMap(f -> program.file(f).invocations().stream())
        .anyMatch(i -> i.name().equals(macro));
  }

  /** {@code module_platform_driver(x)} and its like make an exit function of their own. */
  private boolean invokesDriverMacro() {
    return files.stream()
        .flatMap(f -> program.file(f).invocations().stream())
        .anyMatch(i -> i.name().startsWith("module_") && i.name().endsWith("driver"));
  }

  /** The kept table's own functions are what the keeper calls, not the way out. */
  private boolean isInTable(FunctionRef function) {
    return slot.tag().isPresent()
        && program.file(provider.file()).globals().stream()
            .filter(g -> g.name().equals(provider.symbol()))
            .anyMatch(g -> g.entries().stream().anyMatch(e -> e.symbol().equals(function.name())));
  }
}
