// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in memory as the source names it: a variable and the steps from there, such as {@code
 * dev->group->kvm}. The variable is a parameter, a local, a temporary ({@code %1}) or, if the
 * function declares none of that name, a global or a function.
 *
 * @param root the variable's name, unique within its function (shadowing locals are renamed {@code
 *     x'2})
 * @param steps the steps, outermost object first
 */
public record AccessPath(String root, List<Step> steps) {
  public AccessPath {
    steps = List.copyOf(steps);
  }

  public static AccessPath variable(String name) {
    return new AccessPath(name, List.of());
  }

  public boolean isVariable() {
    return steps.isEmpty();
  }

  public boolean isTemporary() {
    return root.startsWith("%");
  }

  public AccessPath arrow(String field) {
    return then(new Step.Arrow(field));
  }

  public AccessPath dot(String field) {
    return then(new Step.Dot(field));
  }

  public AccessPath deref() {
    return then(new Step.Deref());
  }

  public AccessPath index() {
    return then(new Step.Index());
  }

  public AccessPath then(Step step) {
    if (steps.isEmpty()) {
      return new AccessPath(root, List.of(step));
    }
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new AccessPath(root, longer);
  }

  /** This path continued by {@code more}. */
  public AccessPath thenAll(List<Step> more) {
    if (more.isEmpty()) {
      return this;
    }
    if (steps.isEmpty()) {
      return new AccessPath(root, more);
    }
    List<Step> longer = new ArrayList<>(steps);
    longer.addAll(more);
    return new AccessPath(root, longer);
  }

  /** The path without its last step; a variable is its own parent. */
  public AccessPath parent() {
    return steps.isEmpty() ? this : new AccessPath(root, steps.subList(0, steps.size() - 1));
  }

  /** The last member named, or the empty string if the path names none. */
  public String lastField() {
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (step instanceof Step.Arrow a) {
        return a.name();
      }
      if (step instanceof Step.Dot d) {
        return d.name();
      }
    }
    return "";
  }

  /**
   * The path to the object that embeds this place: trailing {@code .x} and {@code []} steps and the
   * {@code ->x} before them are removed, so {@code dev->a.b} gives {@code dev}. What remains is a
   * pointer to the object (or a variable that is the object itself).
   */
  public AccessPath holder() {
    int n = steps.size();
    while (n > 0
        && (steps.get(n - 1) instanceof Step.Dot || steps.get(n - 1) instanceof Step.Index)) {
      n--;
    }
    if (n > 0
        && (steps.get(n - 1) instanceof Step.Arrow || steps.get(n - 1) instanceof Step.Deref)) {
      n--;
    }
    return new AccessPath(root, steps.subList(0, n));
  }

  /** The path as the source spells it: without the marks that tell variables of one name apart. */
  public String spelled() {
    return spelled(toString());
  }

  /** The same for the text of a path. */
  public static String spelled(String path) {
    return path.replaceAll("'\\d+", "");
  }

  /** Whether this path is {@code prefix} or continues it. */
  public boolean startsWith(AccessPath prefix) {
    return root.equals(prefix.root)
        && steps.size() >= prefix.steps.size()
        && steps.subList(0, prefix.steps.size()).equals(prefix.steps);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(root);
    for (Step step : steps) {
      if (step instanceof Step.Arrow a) {
        text.append("->").append(a.name());
      } else if (step instanceof Step.Dot d) {
        text.append('.').append(d.name());
      } else if (step instanceof Step.Index) {
        text.append("[]");
      } else {
        text.insert(0, "(*").append(')');
      }
    }
    return text.toString();
  }
}
