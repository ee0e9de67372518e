// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.facts.FunctionFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Functions and macros that leave a lock held, or give one back, for their caller: {@code
 * rtnl_lock()} and its like, known by their bodies. Wrappers around wrappers are not followed.
 */
public final class LockWrappers {
  private final Program program;
  private final Set<String> names = new HashSet<>();
  private final Set<String> macros = new HashSet<>();

  private LockWrappers(Program program) {
    this.program = program;
    for (String path : program.paths()) {
      for (FunctionFacts function : program.file(path).functions()) {
        if (!function.locks().effects().isEmpty() && !isPrimitive(function.name())) {
          names.add(function.name());
        }
      }
    }
    program.forEachMacro(
        (file, macro) -> {
          if (!isPrimitive(macro.name()) && LockMacros.effect(program.model(), macro).isPresent()) {
            macros.add(macro.name());
          }
        });
    names.addAll(macros);
  }

  /** The wrappers of a program, collected once. */
  public static LockWrappers of(Program program) {
    return program.memo(LockWrappers.class, () -> new LockWrappers(program));
  }

  private boolean isPrimitive(String name) {
    return program.model().find("lock", name).isPresent()
        || program.model().find("rcu", name).isPresent();
  }

  /** Whether the function calls one, so that its facts do not tell all that it holds. */
  public boolean areCalledIn(FunctionRef function) {
    return program.facts(function).callees().stream().anyMatch(names::contains);
  }

  /** What a call of {@code name} in {@code file} leaves behind. */
  public List<LockEffect> effects(String name, String file) {
    if (!names.contains(name)) {
      return List.of();
    }
    Optional<FunctionRef> callee = program.resolve(name, file);
    return callee.isEmpty()
        ? ofMacro(name, file)
        : program.memo(
            List.of("LockWrappers", callee.get(), callee.get().file().equals(file)),
            () -> asSeenFrom(file, callee.get()));
  }

  private List<LockEffect> ofMacro(String name, String file) {
    return macros.contains(name)
        ? program.macros(name, file).stream()
            .limit(1)
            .flatMap(m -> LockMacros.effect(program.model(), m).stream())
            .toList()
        : List.of();
  }

  private List<LockEffect> asSeenFrom(String file, FunctionRef callee) {
    List<LockEffect> effects = new ArrayList<>();
    for (LockEffect effect : program.facts(callee).locks().effects()) {
      String global = effect.lock().global();
      if (global.isEmpty()
          || callee.file().equals(file)
          || !Globals.isStatic(program, global, callee.file())) {
        effects.add(effect);
      } else if (effect.lock().steps().isEmpty()) {
        effects.add(
            new LockEffect(
                effect.kind(),
                new LockEffect.Place(-1, global + "@" + callee.file(), List.of()),
                effect.mode(),
                effect.flavour()));
      }
    }
    return effects;
  }
}
