// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.dataflow.LockEffect.Kind;
import dev.pinion.analyzer.dataflow.LockEffect.Place;
import dev.pinion.analyzer.dataflow.LockEffect.When;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.model.KernelModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lock calls in disguise: {@code #define hub_lock(h) mutex_lock(&(h)->lock)}, and the two halves of
 * {@code DEFINE_GUARD(hub, struct hub *, hub_lock(_T), hub_unlock(_T))}.
 */
final class LockMacros {
  private LockMacros() {}

  /** Whether the model says what a call of that name does: its body is not looked at. */
  static boolean isPrimitive(KernelModel model, String name) {
    return model.find("lock", name).isPresent() || model.find("rcu", name).isPresent();
  }

  /** What a call of a primitive does, in terms of its arguments. */
  static List<LockEffect> primitive(KernelModel model, String name) {
    Optional<Api> api = model.find("lock", name);
    if (api.isEmpty()) {
      return List.of();
    }
    HeldLock.Mode mode = api.get().is("exclusive") ? HeldLock.Mode.EXCLUSIVE : HeldLock.Mode.SHARED;
    Place place = place(api.get());
    return switch (api.get().operation()) {
      case "acquire" -> List.of(new LockEffect(Kind.ACQUIRE, place, mode, "", When.ALWAYS));
      case "try" -> List.of(new LockEffect(Kind.ACQUIRE, place, mode, "", When.NON_ZERO));
      case "try-zero" -> List.of(new LockEffect(Kind.ACQUIRE, place, mode, "", When.ZERO));
      case "release" -> List.of(new LockEffect(Kind.RELEASE, place, mode, "", When.ALWAYS));
      default -> List.of();
    };
  }

  private static Place place(Api api) {
    String global = api.texts().getOrDefault("global", "");
    String member = api.texts().getOrDefault("member", "");
    return global.isEmpty()
        ? new Place(
            api.argument("arg"),
            "",
            member.isEmpty() ? List.of(new Step.Deref()) : LockEffect.members(member))
        : new Place(-1, global, List.of());
  }

  /**
   * What a use of a macro leaves behind, if one call in its body leaves something behind.
   *
   * @param parameters the macro's
   * @param calls what calls of functions and macros in the body leave behind, by name
   */
  static List<LockEffect> effects(
      List<String> parameters, MacroText body, Function<String, List<LockEffect>> calls) {
    List<MacroText.Call> locks =
        body.calls().stream().filter(c -> !calls.apply(c.name()).isEmpty()).toList();
    if (locks.size() != 1) {
      return List.of();
    }
    MacroText.Call call = locks.get(0);
    boolean whole = call.index() == 0 && body.closing(1) == body.tokens().size() - 1;
    List<LockEffect> effects = new ArrayList<>();
    for (LockEffect effect : calls.apply(call.name())) {
      Optional<Place> place = place(effect.lock(), call, parameters);
      if (place.isEmpty() || (effect.when() != When.ALWAYS && !whole)) {
        return List.of();
      }
      effects.add(
          new LockEffect(
              effect.kind(), place.get(), effect.mode(), effect.flavour(), effect.when()));
    }
    return effects;
  }

  /** The callee's place in the macro's names: its argument is a pointer or {@code &(h)->a.b}. */
  private static Optional<Place> place(Place callee, MacroText.Call call, List<String> parameters) {
    if (callee.parameter() < 0) {
      return Optional.of(callee);
    }
    List<String> tokens = new ArrayList<>(call.argument(callee.parameter()).tokens());
    boolean address = !tokens.isEmpty() && tokens.get(0).equals("&");
    tokens.removeIf(t -> t.equals("(") || t.equals(")") || t.equals("&"));
    if (tokens.isEmpty() || !MacroText.isName(tokens.get(0)) || tokens.size() % 2 == 0) {
      return Optional.empty();
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 1; i + 1 < tokens.size(); i += 2) {
      boolean arrow = tokens.get(i).equals("->");
      if (!MacroText.isName(tokens.get(i + 1)) || !(arrow || tokens.get(i).equals("."))) {
        return Optional.empty();
      }
      steps.add(arrow ? new Step.Arrow(tokens.get(i + 1)) : new Step.Dot(tokens.get(i + 1)));
    }
    steps.addAll(address ? inside(callee.steps()) : callee.steps());
    int parameter = parameters.indexOf(tokens.get(0));
    return parameter >= 0 || address
        ? Optional.of(new Place(parameter, parameter >= 0 ? "" : tokens.get(0), steps))
        : Optional.empty();
  }

  /** The steps from an object that lead where those from a pointer to it do. */
  private static List<Step> inside(List<Step> steps) {
    if (steps.isEmpty()) {
      return steps;
    }
    List<Step> rest = new ArrayList<>(steps.subList(1, steps.size()));
    if (steps.get(0) instanceof Step.Arrow arrow) {
      rest.add(0, new Step.Dot(arrow.name()));
    }
    return rest;
  }
}
