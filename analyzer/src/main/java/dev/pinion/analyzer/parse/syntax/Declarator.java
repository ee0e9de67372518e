// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A declarator, perhaps one without a name. {@code *x[2]} has one pointer and one array dimension;
 * {@code (*f)(int)} has parameters and, nested, the declarator {@code *f}.
 *
 * @param pointers how many stars stand before it
 * @param nested the declarator in parentheses
 * @param name the name; empty if there is none or a nested declarator has it
 * @param nameFirst where the name stands, or would
 * @param arrays how many array dimensions stand behind it
 * @param parameters the parameters, if it declares a function
 * @param initializer the value it starts with
 */
public record Declarator(
    int pointers,
    @Nullable Declarator nested,
    String name,
    int nameFirst,
    int arrays,
    @Nullable List<Parameter> parameters,
    @Nullable Clause initializer,
    int first,
    int last)
    implements Node {
  public Declarator {
    parameters = parameters == null ? null : List.copyOf(parameters);
  }

  /** Whether it has a parameter list. */
  public boolean isFunction() {
    return parameters != null;
  }

  /** The declarator that holds the name: the innermost one. */
  public Declarator innermost() {
    Declarator at = this;
    while (at.nested != null) {
      at = at.nested;
    }
    return at;
  }

  /**
   * The declarator that makes its name a function, or null if the name is not one: for {@code
   * (*f(int))(char)} the inner one, for {@code (*p)(char)} none.
   */
  public @Nullable Declarator function() {
    Declarator found = null;
    for (Declarator at = this; at != null; at = at.nested) {
      if (at.isFunction()) {
        found = at;
      } else if (at.arrays > 0 || at.pointers > 0) {
        found = null;
      }
    }
    return found;
  }

  /** A parameter of a function. */
  public record Parameter(Specifier specifier, Declarator declarator) {}
}
