// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.link.CallbackSlots.Handover;
import dev.pinion.analyzer.link.CallbackSlots.Slot;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excuse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a provider takes its callbacks back before it goes. */
final class ProviderExit {
  private static final int MAX_LEVELS = 6;

  private final Program program;
  private final Slot slot;
  private final Handover provider;
  private final List<String> files;
  private final Set<FunctionRef> settingUp;

  /** What is known of the way out. */
  enum Way {
    /** It has none: once loaded it stays. */
    CANNOT_LEAVE,
    /** On its way out it calls a function that takes callbacks out of the slot. */
    TAKES_BACK,
    /** It takes the callback back, but only where setting up fails. */
    UNWINDS_ONLY,
    /** On its way out it calls the keeper's module in some other way. */
    UNCLEAR,
    /** It never tells the keeper's module that it goes. */
    SILENT
  }

  ProviderExit(Program program, Slot slot, Handover provider) {
    this.program = program;
    this.slot = slot;
    this.provider = provider;
    this.files = filesOf(program, provider.file());
    this.settingUp = new HashSet<>();
    addCallers(provider.caller(), MAX_LEVELS);
  }

  /** The files of the module that a file is part of, if it can be unloaded; else the file. */
  private static List<String> filesOf(Program program, String file) {
    ModuleMap modules = ModuleMap.of(program);
    return modules.modulesOf(file).stream()
        .filter(m -> m.kind() == ModuleMap.Kind.LOADABLE)
        .findFirst()
        .map(m -> modules.filesOf(m, program))
        .orElse(List.of(file));
  }

  /** Everything from which the hand-over is reached. */
  private void addCallers(FunctionRef function, int levels) {
    if (settingUp.add(function) && levels > 0) {
      program.callersOf(function).forEach(c -> addCallers(c, levels - 1));
    }
  }

  Way way() {
    if (exits().isEmpty() && invokes("module_init") && !invokesDriverMacro()) {
      return Way.CANNOT_LEAVE;
    }
    if (takenBack().isPresent()) {
      return Way.TAKES_BACK;
    }
    if (unwinding().isPresent()) {
      return Way.UNWINDS_ONLY;
    }
    return backs().isEmpty() && callsOnWayOut().findAny().isEmpty() ? Way.SILENT : Way.UNCLEAR;
  }

  /** A call of some function of the keeper's module. */
  private record Into(FunctionRef caller, FunctionRef callee) {}

  /** A call of one that takes something out of the slot. */
  private record Back(FunctionRef caller, FunctionRef callee, Undoing.Proof undoing) {}

  /** The calls that take this very callback back, wherever they are. */
  private List<Back> backs() {
    return program.memo(
        List.of("backs", slot, provider), () -> new ProviderExit(program, slot, provider).find());
  }

  private List<Back> find() {
    List<Back> all = new ArrayList<>();
    program
        .references(files, provider.symbol())
        .forEach(
            r ->
                undoing(r.item().callee(), r.function().file())
                    .ifPresent(b -> all.add(new Back(r.function(), b.callee, b.proof))));
    for (FunctionRef f : program.functionsCalling(slot.keeper().name())) {
      if (files.contains(f.file())) {
        Undoing.byKeeper(program, slot, f)
            .filter(p -> end(f).isPresent())
            .ifPresent(p -> all.add(new Back(f, slot.keeper(), p)));
      }
    }
    all.sort(
        Comparator.comparing((Back b) -> files.indexOf(b.caller().file()))
            .thenComparing(Back::caller));
    return all;
  }

  private record Undoer(FunctionRef callee, Undoing.Proof proof) {}

  private Optional<Undoer> undoing(String name, String file) {
    return keepers(name, file)
        .flatMap(c -> Undoing.in(program, slot, c).map(p -> new Undoer(c, p)));
  }

  /** The function of that name, if it is one of the keeper's module and not the keeper. */
  private Optional<FunctionRef> keepers(String name, String file) {
    return name.equals(slot.keeper().name()) || !mayBeKeepers(name)
        ? Optional.empty()
        : program
            .resolve(name, file)
            .filter(c -> Neighbours.of(program).areNeighbours(c.file(), slot.keeper().file()));
  }

  private boolean mayBeKeepers(String callee) {
    return Neighbours.of(program).define(callee, slot.keeper().file(), program);
  }

  /** Where the callback is taken back on the way out, with what that does to the slot. */
  Optional<Excuse> takenBack() {
    for (Back back : backs()) {
      boolean named = !back.callee().equals(slot.keeper());
      Optional<Related> out = named ? wayOut(back.caller()) : end(back.caller());
      if (out.isPresent()) {
        return Optional.of(
            taken(back, out.get(), "the provider takes '" + provider.symbol() + "' back"));
      }
    }
    return Optional.empty();
  }

  /** The same without naming the callback: the keeper knows it by a handle. */
  Optional<Excuse> undoneByHandle() {
    return callsOnWayOut().flatMap(call -> undone(call).stream()).findFirst();
  }

  private Optional<Excuse> undone(Into call) {
    Optional<Undoing.Proof> undoing = Undoing.in(program, slot, call.callee());
    Optional<Related> out = undoing.isEmpty() ? Optional.empty() : end(call.caller());
    return out.map(
        line ->
            taken(
                new Back(call.caller(), call.callee(), undoing.orElseThrow()),
                line,
                "the provider undoes it"));
  }

  private Excuse taken(Back back, Related out, String because) {
    List<Related> proof = new ArrayList<>();
    proof.add(
        new Related(call(back), back.caller().name() + "() calls " + back.callee().name() + "()"));
    proof.add(out);
    proof.add(back.undoing().line());
    return new Excuse(
        "unregistered-on-exit", because + " with " + back.callee().name() + "()", proof);
  }

  private Location call(Back back) {
    return Calls.of(program.ir(back.caller()), back.callee().name()).stream()
        .map(c -> Location.of(back.caller().file(), c.position()))
        .findFirst()
        .orElseGet(() -> at(back.caller()));
  }

  private Location at(FunctionRef function) {
    return Location.of(function.file(), program.facts(function).position());
  }

  /** A call that takes it back where setting up fails, and nowhere else. */
  Optional<Related> unwinding() {
    return backs().stream()
        .filter(b -> isWhileSettingUp(b.caller(), MAX_LEVELS, new HashSet<>()))
        .findFirst()
        .map(
            b ->
                new Related(
                    call(b),
                    b.caller().name()
                        + "() takes it back with "
                        + b.callee().name()
                        + "() while it sets up"));
  }

  private boolean isWhileSettingUp(FunctionRef function, int levels, Set<FunctionRef> seen) {
    return settingUp.contains(function)
        || (levels > 0
            && seen.add(function)
            && program.callersOf(function).stream()
                .anyMatch(c -> isWhileSettingUp(c, levels - 1, seen)));
  }

  /** The name of the function that would take it back, if this provider ever calls it. */
  Optional<String> undoer() {
    return backs().stream().map(b -> b.callee().name()).findFirst();
  }

  /**
   * Calls of the keeper's module, other than to hand callbacks over, on the way out; each is looked
   * for when it is wanted.
   */
  private Stream<Into> callsOnWayOut() {
    return intoKeeper().stream()
        .flatMap(
            f -> {
              List<FunctionRef> into =
                  program.callees(f).stream()
                      .flatMap(callee -> keepers(callee, f.file()).stream())
                      .toList();
              return into.isEmpty() || wayOut(f).isEmpty()
                  ? Stream.empty()
                  : into.stream().map(callee -> new Into(f, callee));
            });
  }

  /** Such a call of which it is not known what it does, for people. */
  Optional<String> unclear() {
    return callsOnWayOut()
        .findFirst()
        .map(c -> c.caller().name() + "() calls " + c.callee().name() + "()")
        .or(
            () ->
                backs().stream()
                    .findFirst()
                    .map(
                        b ->
                            b.caller().name()
                                + "(), from where is not known, calls "
                                + b.callee().name()
                                + "()"));
  }

  /** The provider's functions that call functions of the keeper's module. */
  private List<FunctionRef> intoKeeper() {
    Program known = program;
    String keeper = slot.keeper().file();
    String from = provider.file();
    return known.memo(
        List.of("callsInto", from, keeper),
        () ->
            filesOf(known, from).stream()
                .flatMap(f -> known.functionsIn(f).stream())
                .filter(
                    f ->
                        known.callees(f).stream()
                            .anyMatch(c -> Neighbours.of(known).define(c, keeper, known)))
                .toList());
  }

  /**
   * How the function runs when something that was set up comes to its end: in the module's exit, or
   * in a callback from which the hand-over is not reached. Error paths of what sets up are none.
   */
  private Optional<Related> wayOut(FunctionRef function) {
    return wayOut(function, exits(), MAX_LEVELS, new HashSet<>(), Named.ANYHOW);
  }

  /** The same, if the callback's name says so: who calls it there need not be the opposite. */
  private Optional<Related> end(FunctionRef function) {
    return wayOut(function, exits(), MAX_LEVELS, new HashSet<>(), Named.AS_AN_END);
  }

  /** Which callbacks count as a way out. */
  private enum Named {
    ANYHOW,
    AS_AN_END
  }

  private Optional<Related> wayOut(
      FunctionRef function,
      List<FunctionRef> exits,
      int levels,
      Set<FunctionRef> seen,
      Named named) {
    if (settingUp.contains(function) || !seen.add(function)) {
      return Optional.empty();
    }
    if (exits.contains(function) || isExit(function)) {
      return Optional.of(new Related(at(function), function.name() + "() is the module's exit"));
    }
    Optional<Callback> called =
        calledByOthers(function).filter(c -> named == Named.ANYHOW || c.isEnd());
    if (called.isPresent() && !isInTable(function)) {
      return called.map(Callback::line);
    }
    return levels == 0
        ? Optional.empty()
        : program.callersOf(function).stream()
            .flatMap(c -> wayOut(c, exits, levels - 1, seen, named).stream())
            .findFirst();
  }

  private Optional<Callback> calledByOthers(FunctionRef function) {
    return Callback.of(program, function).stream()
        .filter(c -> !c.escape().callee().equals(slot.keeper().name()))
        .filter(c -> !c.isPause() && !c.isBind())
        .findFirst();
  }

  /** The exit of another module, for which the provider works. */
  private boolean isExit(FunctionRef function) {
    return program.invocations(function.file(), "module_exit").stream()
        .anyMatch(i -> i.arguments().equals(List.of(function.name())));
  }

  private List<FunctionRef> exits() {
    return program.memo(
        List.of("ProviderExit.exits", provider.file()), () -> exits(program, provider.file()));
  }

  private static List<FunctionRef> exits(Program program, String of) {
    List<FunctionRef> all = new ArrayList<>();
    for (String file : filesOf(program, of)) {
      for (Declarations.Invocation i : program.invocations(file, "module_exit")) {
        if (!i.arguments().isEmpty()) {
          program.resolve(i.arguments().get(0), file).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  /** The exit function of the provider's module. */
  Optional<FunctionRef> exit() {
    return exits().stream().findFirst();
  }

  private boolean invokes(String macro) {
    return files.stream().anyMatch(f -> !program.invocations(f, macro).isEmpty());
  }

  /** {@code module_platform_driver(x)} and its like make an exit function of their own. */
  private boolean invokesDriverMacro() {
    return files.stream()
        .flatMap(f -> program.invocations(f).stream())
        .anyMatch(i -> i.name().startsWith("module_") && i.name().endsWith("driver"));
  }

  /** The kept table's own functions are what the keeper calls, not the way out. */
  private boolean isInTable(FunctionRef function) {
    return slot.tag().isPresent()
        && program.globals(provider.file()).stream()
            .filter(g -> g.name().equals(provider.symbol()))
            .anyMatch(g -> g.entries().stream().anyMatch(e -> e.symbol().equals(function.name())));
  }
}
