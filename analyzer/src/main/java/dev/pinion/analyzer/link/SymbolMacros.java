// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.ir.Declarations.Macro;
import dev.pinion.analyzer.link.SymbolWrapper.By;
import dev.pinion.analyzer.link.SymbolWrapper.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads from a macro's body what it does with a symbol that one of its parameters names. Knows no
 * macro by name: a body that gives its parameter to a known wrapper is a wrapper.
 */
final class SymbolMacros {
  private SymbolMacros() {}

  /**
   * What the macro is, if it is a wrapper.
   *
   * @param known the wrappers that its body may call
   * @param origin where the macro stands
   */
  static Optional<SymbolWrapper> classify(
      Macro macro, Function<String, Optional<SymbolWrapper>> known, String origin) {
    MacroText body = MacroText.of(macro.body());
    for (int p = 0; p < macro.parameters().size(); p++) {
      String parameter = macro.parameters().get(p);
      List<Use> takes = new ArrayList<>();
      List<Use> puts = new ArrayList<>();
      for (MacroText.Call call : body.calls()) {
        Optional<SymbolWrapper> inner = known.apply(call.name());
        if (inner.isEmpty() || call.name().equals(macro.name())) {
          continue;
        }
        By by = by(call.argument(inner.get().argument()), parameter, inner.get().by());
        if (by == null) {
          continue;
        }
        if (inner.get().takes()) {
          takes.add(new Use(call, inner.get(), by));
        } else if (inner.get().effect() == Effect.PUT) {
          puts.add(new Use(call, inner.get(), by));
        }
      }
      Optional<Effect> effect = effect(body, takes, puts);
      if (effect.isPresent()) {
        By by = takes.isEmpty() ? puts.get(0).by() : takes.get(0).by();
        return Optional.of(new SymbolWrapper(macro.name(), p, by, effect.get(), origin));
      }
    }
    return forwarder(macro, body, origin);
  }

  private record Use(MacroText.Call call, SymbolWrapper wrapper, By by) {}

  /** How the macro's argument names the symbol; null if this argument is not the parameter. */
  private static @org.jspecify.annotations.Nullable By by(
      MacroText argument, String parameter, By inner) {
    if (argument.single().equals(parameter)) {
      return inner;
    }
    List<String> tokens = argument.tokens();
    boolean stringified =
        inner == By.STRING
            && (tokens.equals(List.of("#", parameter))
                || tokens.equals(List.of("__stringify", "(", parameter, ")")));
    return stringified ? By.NAME : null;
  }

  private static Optional<Effect> effect(MacroText body, List<Use> takes, List<Use> puts) {
    if (takes.isEmpty()) {
      return puts.isEmpty() ? Optional.empty() : Optional.of(Effect.PUT);
    }
    Use take = takes.get(0);
    if (take.wrapper().effect() != Effect.GET) {
      return Optional.of(take.wrapper().effect());
    }
    Optional<String> variable = assigned(body, take.call().index());
    boolean calls =
        variable.isPresent()
            && body.calls().stream().anyMatch(c -> c.name().equals(variable.get()));
    if (!calls) {
      return puts.isEmpty() ? Optional.of(Effect.GET) : Optional.of(Effect.CALL);
    }
    boolean everyPutIsConditional =
        puts.stream().allMatch(p -> onlyAfterFailure(body, p.call().index(), variable.get()));
    return Optional.of(everyPutIsConditional ? Effect.ATTACH : Effect.CALL);
  }

  /** The variable that {@code variable = take(…)} sets, with casts and wrappers in between. */
  private static Optional<String> assigned(MacroText body, int call) {
    List<String> tokens = body.tokens();
    for (int i = call - 1; i > 0; i--) {
      String token = tokens.get(i);
      if (token.equals("=")) {
        return Optional.of(tokens.get(i - 1)).filter(MacroText::isName);
      }
      if (token.equals(";") || token.equals("{")) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * Whether the put stands under an {@code if} that tests something else than the symbol itself,
   * that is, the result of calling it.
   */
  private static boolean onlyAfterFailure(MacroText body, int put, String symbol) {
    List<String> tokens = body.tokens();
    int i = put - 1;
    while (i > 0) {
      String token = tokens.get(i);
      if (MacroText.isClose(token)) {
        int open = body.opening(i);
        if (open <= 0) {
          return false;
        }
        if (token.equals(")") && tokens.get(open - 1).equals("if") && governs(body, i, put)) {
          if (!tokens.subList(open, i).contains(symbol)) {
            return true;
          }
        }
        i = open - 1;
      } else {
        i--;
      }
    }
    return false;
  }

  /** Whether the statement after the condition that closes at {@code close} contains the put. */
  private static boolean governs(MacroText body, int close, int put) {
    List<String> tokens = body.tokens();
    if (tokens.get(close + 1).equals("{")) {
      return put < body.closing(close + 1);
    }
    for (int i = close + 1; i < put; i++) {
      if (tokens.get(i).equals(";")) {
        return false;
      }
    }
    return true;
  }

  /** {@code ((x) ?: (…, (x)))}: the value is the argument's, at the first or the second try. */
  private static Optional<SymbolWrapper> forwarder(Macro macro, MacroText body, String origin) {
    for (int p = 0; p < macro.parameters().size(); p++) {
      String x = macro.parameters().get(p);
      List<String> tokens = body.tokens();
      List<String> start = List.of("(", "(", x, ")", "?:");
      if (tokens.size() > start.size()
          && tokens.subList(0, start.size()).equals(start)
          && tokens.lastIndexOf(x) > start.size()) {
        return Optional.of(new SymbolWrapper(macro.name(), p, By.ADDRESS, Effect.FORWARD, origin));
      }
    }
    return Optional.empty();
  }
}
