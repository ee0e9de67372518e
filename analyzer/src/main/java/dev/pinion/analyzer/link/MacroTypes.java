// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations.Macro;
import java.util.List;
import java.util.Optional;

/**
 * What a macro says of types: one that is a member under another name ({@code #define sk_node
 * __sk_common.skc_node}), a value ({@code #define current get_current()}), or a pointer to what
 * contains its argument ({@code #define pkt_sk(p) container_of(p, struct packet_sock, sk)}).
 */
final class MacroTypes {
  private MacroTypes() {}

  /** The dotted member that an object-like macro stands for. */
  static Optional<String> member(Macro macro) {
    String body = macro.body().strip();
    return macro.parameters().isEmpty() && body.matches("\\w+(\\.\\w+)+")
        ? Optional.of(body)
        : Optional.empty();
  }

  /** The function whose result a macro is: {@code f()} or {@code f(…)} and nothing else. */
  static Optional<String> resultOf(Macro macro) {
    MacroText body = unwrapped(MacroText.of(macro.body()));
    List<String> tokens = body.tokens();
    boolean call =
        tokens.size() > 2
            && MacroText.isName(tokens.get(0))
            && tokens.get(1).equals("(")
            && body.closing(1) == tokens.size() - 1;
    return call ? Optional.of(tokens.get(0)) : Optional.empty();
  }

  /** The type of a macro that is a {@code container_of} or a cast to a pointer to a struct. */
  static Optional<CType> type(Macro macro) {
    MacroText body = unwrapped(MacroText.of(macro.body()));
    List<MacroText.Call> calls = body.calls();
    if (!calls.isEmpty() && calls.get(0).index() == 0) {
      MacroText.Call call = calls.get(0);
      return isContainer(call.name())
          ? struct(call.argument(1).tokens()).map(CType::pointer)
          : Optional.empty();
    }
    List<String> tokens = body.tokens();
    boolean cast = tokens.size() > 5 && tokens.get(0).equals("(") && body.closing(0) == 4;
    return cast && tokens.get(3).equals("*")
        ? struct(tokens.subList(1, 3)).map(CType::pointer)
        : Optional.empty();
  }

  /** Whether it gives what contains its first argument. */
  static boolean isContainer(String macro) {
    return macro.equals("container_of") || macro.equals("container_of_const");
  }

  private static Optional<CType> struct(List<String> tokens) {
    return tokens.size() == 2 && tokens.get(0).equals("struct")
        ? Optional.of(new CType(CType.Kind.STRUCT, tokens.get(1), 0, 0))
        : Optional.empty();
  }

  private static MacroText unwrapped(MacroText text) {
    MacroText current = text;
    while (current.tokens().size() > 2
        && current.tokens().get(0).equals("(")
        && current.closing(0) == current.tokens().size() - 1) {
      current = new MacroText(current.tokens().subList(1, current.tokens().size() - 1));
    }
    return current;
  }
}
