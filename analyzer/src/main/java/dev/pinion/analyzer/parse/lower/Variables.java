// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one function. Names of C are scoped, names of IR are unique: the second variable
 * called {@code x}, whether it shadows the first or stands beside it, is {@code x'2}.
 */
final class Variables {
  private final Map<String, Variable> byName = new HashMap<>();
  private final List<Variable> inOrder = new ArrayList<>();
  private final Map<String, String> visible = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();
  private final List<Shadowed> undo = new ArrayList<>();
  private final Set<String> assigned = new HashSet<>();
  private int temporaries;

  /** What a name meant before a declaration; null if nothing. */
  private record Shadowed(String name, @Nullable String before) {}

  /** Opens a scope; hand the result to {@link #leave}. */
  int enter() {
    return undo.size();
  }

  void leave(int mark) {
    for (int i = undo.size() - 1; i >= mark; i--) {
      Shadowed shadowed = undo.remove(i);
      if (shadowed.before() == null) {
        visible.remove(shadowed.name());
      } else {
        visible.put(shadowed.name(), shadowed.before());
      }
    }
  }

  /** Declares a variable in the open scope and returns its unique name. */
  String declare(String name, CType type, Variable.Kind kind) {
    int count = uses.merge(name, 1, Integer::sum);
    String unique = count == 1 ? name : name + "'" + count;
    add(new Variable(unique, type, kind));
    undo.add(new Shadowed(name, visible.put(name, unique)));
    return unique;
  }

  /** Notes that a variable gets a value. */
  void assigned(String unique) {
    assigned.add(unique);
  }

  /** Whether some assignment to the variable has been seen. */
  boolean isAssigned(String unique) {
    return assigned.contains(unique);
  }

  /** Whether the name is a local variable, not a parameter, a temporary or a global. */
  boolean isLocal(String unique) {
    Variable variable = byName.get(unique);
    return variable != null && variable.kind() == Variable.Kind.LOCAL;
  }

  /** A new temporary. */
  AccessPath temporary(CType type) {
    String name = "%" + ++temporaries;
    add(new Variable(name, type, Variable.Kind.TEMPORARY));
    return AccessPath.variable(name);
  }

  /** The unique name behind a name of the source, or null if the function has no such variable. */
  @Nullable String lookup(String name) {
    return visible.get(name);
  }

  /** The unique name behind a name of the source; the name itself if the function has no such. */
  String resolve(String name) {
    String unique = visible.get(name);
    return unique == null ? name : unique;
  }

  /** Whether the name of the source is a variable of this function here. */
  boolean isVisible(String name) {
    return visible.containsKey(name);
  }

  /** The type of a variable by its unique name, or null if the function has no such variable. */
  @Nullable CType typeOf(String unique) {
    Variable variable = byName.get(unique);
    return variable == null ? null : variable.type();
  }

  List<Variable> all() {
    return inOrder;
  }

  private void add(Variable variable) {
    byName.put(variable.name(), variable);
    inOrder.add(variable);
  }
}
