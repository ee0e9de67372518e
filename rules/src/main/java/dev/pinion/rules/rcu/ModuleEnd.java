// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ModuleMap;
import dev.pinion.analyzer.link.OpsTables;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How a module ends: whether it can, and whether it waits for its RCU callbacks. */
final class ModuleEnd {
  /** How many calls below the module's own functions a barrier is looked for. */
  private static final int MAX_LEVELS = 5;

  private final Program program;
  private final ModuleMap.Module module;
  private final List<String> files;

  ModuleEnd(Program program, ModuleMap.Module module) {
    this.program = program;
    this.module = module;
    this.files = ModuleMap.of(program).filesOf(module, program);
  }

  /** Where the module itself waits for callbacks; whichever function does, it is there for that. */
  Optional<Related> barrier() {
    for (String file : files) {
      for (FunctionRef function : program.functionsIn(file)) {
        for (String callee : program.facts(function).callees()) {
          if (isBarrier(callee)) {
            return Optional.of(
                at(function, function.name() + "() calls " + callee + "(), which waits for them"));
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean isBarrier(String name) {
    return program.model().find("rcu", name).filter(a -> a.is("barrier")).isPresent();
  }

  /** A module without an init function can be unloaded, one with init and no exit cannot. */
  boolean canBeUnloaded() {
    return exit().isPresent() || initialisers("init").isEmpty();
  }

  /** The module's exit function. */
  Optional<Related> exit() {
    return initialisers("exit").stream()
        .findFirst()
        .map(
            i ->
                new Related(
                    Location.of(i.file(), i.what().position()),
                    "the module goes with " + String.join(", ", i.what().arguments()) + "()"));
  }

  /** The exit of a module of which no function comes to a barrier. */
  static Related waitingForNothing(Related exit) {
    return new Related(
        exit.location(),
        exit.message()
            + ", and no function of it comes to a barrier within "
            + MAX_LEVELS
            + " calls: a callback that is still queued then runs text that is gone");
  }

  /** Why the callbacks may be over before the module goes; as the last line of a story. */
  Optional<Related> doubt() {
    return noExit().or(this::nothingToUndo).or(this::maybeBarrier).or(this::barrierInRelease);
  }

  private Optional<Related> noExit() {
    return exit().isPresent()
        ? Optional.empty()
        : Optional.of(
            new Related(
                Location.of(module.makefile(), new Position(module.line(), 1)),
                "latent only: the module has no exit function of its own, and goes after those who"
                    + " use it"));
  }

  private Optional<Related> nothingToUndo() {
    return initialisers("exit").stream()
        .flatMap(
            i -> i.what().arguments().stream().flatMap(n -> program.resolve(n, i.file()).stream()))
        .filter(f -> program.facts(f).callees().isEmpty())
        .findFirst()
        .map(f -> at(f, "latent only: " + f.name() + "() has nothing to undo"));
  }

  private record In(String file, Declarations.Invocation what) {}

  /** Macros at file level whose row says that their function is called then. */
  private List<In> initialisers(String when) {
    List<In> all = new ArrayList<>();
    for (String file : files) {
      for (Declarations.Invocation invocation : program.invocations(file)) {
        Optional<Api> row = program.model().find("context", invocation.name());
        if (row.filter(a -> a.is(when)).isPresent()) {
          all.add(new In(file, invocation));
        }
      }
    }
    return all;
  }

  /**
   * A barrier that some function of the module may come to, outside of it: whether the way out
   * does, and on all paths, is not known.
   */
  private Optional<Related> maybeBarrier() {
    Set<FunctionRef> seen = new HashSet<>();
    List<FunctionRef> level = new ArrayList<>();
    files.forEach(f -> level.addAll(program.functionsIn(f)));
    List<FunctionRef> from = level;
    for (int i = 0; i < MAX_LEVELS; i++) {
      List<FunctionRef> below = new ArrayList<>();
      for (FunctionRef function : from) {
        for (String callee : program.facts(function).callees()) {
          if (isBarrier(callee) && mayBeForModule(function, callee)) {
            return Optional.of(
                at(
                    function,
                    "latent only: "
                        + function.name()
                        + "(), which the module may come to, calls "
                        + callee
                        + "()"));
          }
          program.resolve(callee, function.file()).filter(seen::add).ifPresent(below::add);
        }
      }
      from = below;
    }
    return Optional.empty();
  }

  /**
   * A barrier that is called for certain caches alone is none for a module that makes no such, and
   * one in a header's version of a function is none in kernels that have the other version.
   */
  private boolean mayBeForModule(FunctionRef function, String barrier) {
    SlabCaches caches = SlabCaches.of(program);
    boolean isForModule =
        !caches.isForThemAlone(function, barrier)
            || files.stream().anyMatch(caches::isNamedIn)
            || files.stream()
                .flatMap(f -> program.functionsIn(f).stream())
                .anyMatch(caches::isMadeIn);
    return isForModule && !hasOtherVersion(function);
  }

  /** Whether a header's function is defined in another file as well, and calls no barrier there. */
  private boolean hasOtherVersion(FunctionRef function) {
    return program.facts(function).linkage() == Function.Linkage.STATIC_INLINE
        && program.functions(function.name()).stream()
            .map(program::facts)
            .anyMatch(
                f ->
                    f.linkage() == Function.Linkage.GLOBAL
                        && f.callees().stream().noneMatch(this::isBarrier));
  }

  /**
   * A barrier behind a member, beside a function that the module calls: what is released by the way
   * may come there.
   */
  private Optional<Related> barrierInRelease() {
    Set<String> keepers = new TreeSet<>();
    for (String file : files) {
      for (FunctionRef function : program.functionsIn(file)) {
        for (String callee : program.facts(function).callees()) {
          program
              .resolve(callee, file)
              .map(FunctionRef::file)
              .filter(f -> !files.contains(f))
              .ifPresent(keepers::add);
        }
      }
    }
    return keepers.stream()
        .flatMap(k -> program.functionsIn(k).stream())
        .filter(f -> callsBarrier(f) && isInMember(f))
        .findFirst()
        .map(
            f ->
                at(
                    f,
                    "latent only: "
                        + f.name()
                        + "(), which is called through a pointer and stands beside what the module"
                        + " calls, comes to a barrier"));
  }

  private boolean isInMember(FunctionRef function) {
    return OpsTables.of(program).escapesOf(function).stream()
        .anyMatch(e -> e.form() == OpsTables.Form.STORED);
  }

  private boolean callsBarrier(FunctionRef function) {
    return program.facts(function).callees().stream()
        .anyMatch(c -> isBarrier(c) && mayBeForModule(function, c));
  }

  private Related at(FunctionRef function, String message) {
    return new Related(Location.of(function.file(), program.facts(function).position()), message);
  }
}
