// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.LockEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What calls by name leave behind, as far as is known of the functions that they reach. */
final class LockCalls {
  /** Macros of macros. */
  static final int MAX_MACROS = 6;

  private final Program program;
  private final LockTexts texts;
  private final Predicate<String> names;
  private final Function<FunctionRef, List<LockEffect>> functions;

  /**
   * @param names of functions, macros and guards that may leave something behind; others do not
   * @param functions what a call of one leaves behind
   */
  LockCalls(
      Program program,
      LockTexts texts,
      Predicate<String> names,
      Function<FunctionRef, List<LockEffect>> functions) {
    this.program = program;
    this.texts = texts;
    this.names = names;
    this.functions = functions;
  }

  /** What a call of {@code name} in {@code file} leaves behind. */
  List<LockEffect> effects(String name, String file) {
    return effects(name, file, MAX_MACROS);
  }

  private List<LockEffect> effects(String name, String file, int depth) {
    if (!names.test(name) || depth == 0) {
      return List.of();
    }
    Optional<LockTexts.Guard> guard = texts.guard(name);
    if (guard.isPresent()) {
      return ofMacro(List.of(LockTexts.OBJECT), guard.get().body(), guard.get().file(), depth);
    }
    Optional<FunctionRef> callee = program.resolve(name, file);
    if (callee.isEmpty()) {
      return program.macros(name, file).stream()
          .limit(1)
          .flatMap(m -> ofMacro(m.parameters(), MacroText.of(m.body()), file, depth).stream())
          .toList();
    }
    return asSeenFrom(file, callee.get(), functions.apply(callee.get()));
  }

  /** What a macro's use does, as far as is known of what its body calls. */
  private List<LockEffect> ofMacro(
      List<String> parameters, MacroText body, String file, int depth) {
    return LockMacros.effects(
        parameters,
        body,
        name ->
            LockMacros.isPrimitive(program.model(), name)
                ? LockMacros.primitive(program.model(), name)
                : effects(name, file, depth - 1));
  }

  /** Another file's static lock has a name that says so. */
  private List<LockEffect> asSeenFrom(String file, FunctionRef callee, List<LockEffect> known) {
    List<LockEffect> effects = new ArrayList<>(known.size());
    for (LockEffect effect : known) {
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
                effect.flavour(),
                effect.when()));
      }
    }
    return effects;
  }
}
