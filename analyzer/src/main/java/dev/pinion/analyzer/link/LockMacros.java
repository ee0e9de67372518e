// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.ir.Declarations.Macro;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.model.KernelModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Macros that are lock calls in disguise: {@code #define hub_lock(h) mutex_lock(&(h)->lock)}. */
final class LockMacros {
  private LockMacros() {}

  /** What a use of the macro leaves behind, if its body is one call of a lock primitive. */
  static Optional<LockEffect> effect(KernelModel model, Macro macro) {
    List<MacroText.Call> locks =
        MacroText.of(macro.body()).calls().stream()
            .filter(c -> model.find("lock", c.name()).isPresent())
            .toList();
    if (locks.size() != 1) {
      return Optional.empty();
    }
    MacroText.Call call = locks.get(0);
    Api api = model.find("lock", call.name()).orElseThrow();
    Optional<LockEffect.Kind> kind =
        switch (api.operation()) {
          case "acquire" -> Optional.of(LockEffect.Kind.ACQUIRE);
          case "release" -> Optional.of(LockEffect.Kind.RELEASE);
          default -> Optional.empty();
        };
    HeldLock.Mode mode = api.is("shared") ? HeldLock.Mode.SHARED : HeldLock.Mode.EXCLUSIVE;
    return kind.flatMap(
        k ->
            place(macro, call.argument(api.argument("arg")), api)
                .map(p -> new LockEffect(k, p, mode, "")));
  }

  /** {@code &(h)->a.b} or {@code (h)->lockp}, with {@code h} a parameter. */
  private static Optional<LockEffect.Place> place(Macro macro, MacroText argument, Api api) {
    List<String> tokens = new ArrayList<>(argument.tokens());
    boolean address = !tokens.isEmpty() && tokens.get(0).equals("&");
    tokens.removeIf(t -> t.equals("(") || t.equals(")") || t.equals("&"));
    int parameter = tokens.isEmpty() ? -1 : macro.parameters().indexOf(tokens.get(0));
    if (parameter < 0) {
      return Optional.empty();
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 1; i + 1 < tokens.size(); i += 2) {
      String name = tokens.get(i + 1);
      if (!MacroText.isName(name)) {
        return Optional.empty();
      }
      if (tokens.get(i).equals("->")) {
        steps.add(new Step.Arrow(name));
      } else if (tokens.get(i).equals(".")) {
        steps.add(new Step.Dot(name));
      } else {
        return Optional.empty();
      }
    }
    if (tokens.size() % 2 == 0) {
      return Optional.empty(); // an operator is left over
    }
    String member = api.texts().getOrDefault("member", "");
    if (!member.isEmpty()) {
      if (address) {
        return Optional.empty();
      }
      steps.addAll(LockEffect.members(member));
    } else if (!address) {
      steps.add(new Step.Deref());
    }
    return Optional.of(new LockEffect.Place(parameter, "", steps));
  }
}
