// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loop macros of headers that are list walks in disguise, {@code #define each_disk(d, head)
 * list_for_each_entry(d, head, node)}, read from their own definitions.
 */
public final class WalkMacros {
  private static final Pattern CALL = Pattern.compile("\\s*(\\w+)\\s*\\((.*)\\)\\s*");

  private final Program program;

  private WalkMacros(Program program) {
    this.program = program;
  }

  public static WalkMacros of(Program program) {
    return program.memo(WalkMacros.class, () -> new WalkMacros(program));
  }

  /** The argument that is the list head, as seen from {@code file}; -1 if none is. */
  public int head(String macro, String file) {
    for (Declarations.Macro definition : program.macros(macro, file)) {
      Matcher body = CALL.matcher(definition.body());
      if (!body.matches()) {
        return -1;
      }
      Optional<Api> walk =
          program.model().find("list", body.group(1)).filter(a -> a.does("list", "walk"));
      List<String> arguments = split(body.group(2));
      int head = walk.map(a -> a.argument("head")).orElse(-1);
      return head >= 0 && head < arguments.size()
          ? definition.parameters().indexOf(bare(arguments.get(head)))
          : -1;
    }
    return -1;
  }

  /**
   * The argument of a macro that it passes on to a call as a certain argument, as seen from {@code
   * file}; -1 if the macro is no such call.
   *
   * @param argument which one, by the name of what is called; negative for a name that is not meant
   */
  public int passedOn(String macro, String file, ToIntFunction<String> argument) {
    for (Declarations.Macro definition : program.macros(macro, file)) {
      Matcher body = CALL.matcher(definition.body());
      int passed = body.matches() ? argument.applyAsInt(body.group(1)) : -1;
      List<String> arguments = passed < 0 ? List.of() : split(body.group(2));
      return passed >= 0 && passed < arguments.size()
          ? definition.parameters().indexOf(bare(arguments.get(passed)))
          : -1;
    }
    return -1;
  }

  /** The arguments of a call, split at the commas that stand in no bracket. */
  private static List<String> split(String text) {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        arguments.add(text.substring(start, i));
        start = i + 1;
      }
    }
    arguments.add(text.substring(start));
    return arguments;
  }

  /** {@code (head)} is {@code head}. */
  private static String bare(String argument) {
    String text = argument.strip();
    while (text.startsWith("(") && text.endsWith(")")) {
      text = text.substring(1, text.length() - 1).strip();
    }
    return text;
  }
}
