// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

import java.util.List;
import java.util.Optional;

/**
 * A function definition with its body.
 *
 * @param name the name; functions defined by macros have the name the macro gives them
 * @param linkage who can see it
 * @param arm in which arm of the conditionals it stands
 * @param returnType what it returns
 * @param variables parameters first, in order, then locals and temporaries
 * @param annotations lock annotations, {@code "__must_hold(&x->lock)"}, in source order
 * @param position where the name stands
 * @param endLine the line of the closing brace
 * @param cfg the body; a function whose body could not be analysed has a single block that is
 *     {@link Terminator.Unreachable}
 */
public record Function(
    String name,
    Linkage linkage,
    Arm arm,
    CType returnType,
    List<Variable> variables,
    List<String> annotations,
    Position position,
    int endLine,
    Cfg cfg) {

  /** Who can see a function or variable. */
  public enum Linkage {
    GLOBAL,
    STATIC,
    /** {@code static inline}: a header's function, one copy per includer. */
    STATIC_INLINE,
    WEAK
  }

  /** Which side of {@code #if} a definition stands on. */
  public enum Arm {
    PRIMARY,
    ALTERNATIVE
  }

  public Function {
    variables = List.copyOf(variables);
    annotations = List.copyOf(annotations);
  }

  public List<Variable> parameters() {
    int count = 0;
    while (count < variables.size() && variables.get(count).kind() == Variable.Kind.PARAMETER) {
      count++;
    }
    return variables.subList(0, count);
  }

  /** The index of the parameter of that name, or -1. */
  public int parameterIndex(String variable) {
    List<Variable> all = parameters();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).name().equals(variable)) {
        return i;
      }
    }
    return -1;
  }

  public Optional<Variable> variable(String wanted) {
    for (Variable variable : variables) {
      if (variable.name().equals(wanted)) {
        return Optional.of(variable);
      }
    }
    return Optional.empty();
  }
}
