// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {
  @Test
  void aStoryIsShownAsItIsMeant() {
    check(
        """
        # plain list\\_del() of 'struct a.b'

        warning of `rcu-x` in `f()`

        **1. [virt/a\\_b.c:47](file:///t/virt/a_b.c#L47)** f() publishes

        ```c
             46 | 	lock(*a, "**not bold**");
        >    47 | 	list_add_rcu(&`x`);

        ```
        """,
        """
        plain list_del() of 'struct a.b'

        warning of rcu-x in f()

        1. virt/a_b.c:47 f() publishes

                 46 | 	lock(*a, "**not bold**");
            >    47 | 	list_add_rcu(&`x`);

        """,
        "HEADING plain list_del() of 'struct a.b'",
        "CODE rcu-x",
        "CODE f()",
        "LINK virt/a_b.c:47 -> file:///t/virt/a_b.c#L47",
        "BOLD 1. virt/a_b.c:47",
        "BOLD     >    47 | \tlist_add_rcu(&`x`);");
  }

  @Test
  void whatIsNoMarkStays() {
    check("a * b, c_d_e, [x], 1 < 2 and `open\n", "a * b, c_d_e, [x], 1 < 2 and `open\n");
    check("", "");
  }

  /** A whole text: what is shown, and how its parts look. */
  private static void check(String source, String text, String... spans) {
    Markdown markdown = Markdown.of(source);
    assertEquals(text, markdown.text());
    assertEquals(
        List.of(spans),
        markdown.spans().stream()
            .map(
                s ->
                    s.look()
                        + " "
                        + text.substring(s.start(), s.start() + s.length())
                        + (s.target().isEmpty() ? "" : " -> " + s.target()))
            .toList());
  }
}
