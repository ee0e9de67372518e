// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.List;

/** Rewrites a macro call by the template of its dictionary row. */
final class Templates {
  private final Shapes shapes;

  Templates(Shapes shapes) {
    this.shapes = shapes;
  }

  /**
   * Rewrites the call whose name is token {@code name}. Arguments that the template names in order
   * stay where they are, so that their own edits and positions hold; others are copied as text.
   */
  void apply(int name, String template) {
    Draft draft = shapes.draft;
    int open = name + 1;
    int close = draft.match[open];
    List<int[]> arguments = shapes.arguments(open);
    StringBuilder pending = new StringBuilder();
    int at = name;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c != '$' && c != '%') {
        pending.append(c);
        continue;
      }
      int first = template.charAt(++i) - '1';
      int last = c == '$' ? first : arguments.size() - 1;
      for (int k = first; k <= last; k++) {
        if (k > first) {
          pending.append((k - first) % 2 == 0 ? ", " : " ");
        }
        if (k >= arguments.size()) {
          continue;
        }
        int[] argument = arguments.get(k);
        if (argument[0] < at || argument[0] == argument[1]) {
          pending.append(shapes.tokens.text(argument[0], argument[1]));
          continue;
        }
        draft.drop(at, argument[0]);
        draft.insertBefore(argument[0], pending.toString());
        pending.setLength(0);
        at = argument[1];
      }
    }
    draft.drop(at, close + 1);
    draft.insertBefore(close, pending.toString());
  }
}
