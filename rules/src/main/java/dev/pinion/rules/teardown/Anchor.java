// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path told from a parameter of its function: from what the parameter points to, or from the
 * object around that.
 *
 * @param parameter which
 * @param container the members from the object around to what the parameter points to, outermost
 *     first; none if the path starts from the parameter itself
 * @param rest the steps from a pointer to that object
 */
record Anchor(int parameter, List<String> container, List<Step> rest) {
  /** Accessors between a parameter and the container_of() it goes through. */
  private static final int MAX_STEPS = 4;

  Anchor {
    container = List.copyOf(container);
    rest = List.copyOf(rest);
  }

  /** Empty if the path does not start from a parameter. */
  static Optional<Anchor> of(Contexts.Body body, AccessPath path) {
    int parameter = body.function().parameterIndex(path.root());
    if (parameter >= 0) {
      return isAssigned(body, path.root())
          ? Optional.empty()
          : Optional.of(new Anchor(parameter, List.of(), path.steps()));
    }
    Optional<Instruction> definition = body.typing().definition(path.root());
    if (definition.isPresent()
        && definition.get() instanceof Instruction.Assign assign
        && assign.value() instanceof Value.ContainerOf entry) {
      int inner = parameter(body, entry.inner(), MAX_STEPS);
      return inner < 0
          ? Optional.empty()
          : Optional.of(new Anchor(inner, List.of(entry.member().split("\\.", -1)), path.steps()));
    }
    return Optional.empty();
  }

  private static boolean isAssigned(Contexts.Body body, String variable) {
    return body.function().cfg().blocks().stream()
        .flatMap(b -> b.instructions().stream())
        .anyMatch(
            i ->
                i instanceof Instruction.Assign assign
                    ? assign.target().equals(AccessPath.variable(variable))
                    : ((Instruction.Call) i)
                        .result()
                        .filter(AccessPath.variable(variable)::equals)
                        .isPresent());
  }

  /** The parameter that a value is, or that an accessor such as to_delayed_work() is given. */
  private static int parameter(Contexts.Body body, Value value, int levels) {
    Typing typing = body.typing();
    if (levels == 0 || !(typing.canonical(value) instanceof Value.Load load)) {
      return -1;
    }
    String root = load.path().root();
    if (load.path().isVariable()
        && body.function().parameterIndex(root) >= 0
        && !isAssigned(body, root)) {
      return body.function().parameterIndex(root);
    }
    Optional<Instruction> definition =
        load.path().isVariable() ? typing.definition(root) : Optional.empty();
    if (definition.isEmpty()) {
      return -1;
    }
    if (definition.get() instanceof Instruction.Call call && call.arguments().size() == 1) {
      return parameter(body, call.arguments().get(0), levels - 1);
    }
    return definition.get() instanceof Instruction.Assign assign
            && assign.value() instanceof Value.ContainerOf entry
        ? parameter(body, entry.inner(), levels - 1)
        : -1;
  }

  /** The same for one who is given that member of what others name. */
  Anchor narrowedTo(String member) {
    int last = container.size() - 1;
    return !member.isEmpty() && last > 0 && container.get(last).equals(member)
        ? new Anchor(parameter, container.subList(0, last), rest)
        : this;
  }

  /** The object around what the value is the address of, as {@link #container} says. */
  Optional<AccessPath> holder(Value value) {
    return value instanceof Value.AddressOf address
        ? without(address.path(), container)
        : Optional.empty();
  }

  /** A path without the members at its end; empty if it does not end in them. */
  static Optional<AccessPath> without(AccessPath path, List<String> members) {
    AccessPath rest = path;
    for (int i = members.size() - 1; i >= 0; i--) {
      while (!rest.isVariable() && last(rest) instanceof Step.Index) {
        rest = rest.parent();
      }
      if (rest.isVariable() || !name(last(rest)).equals(members.get(i))) {
        return Optional.empty();
      }
      rest = rest.parent();
    }
    return Optional.of(rest);
  }

  private static Step last(AccessPath path) {
    return path.steps().get(path.steps().size() - 1);
  }

  /** The member that a step leads to; empty if it leads to none. */
  static String name(Step step) {
    return step instanceof Step.Arrow a ? a.name() : step instanceof Step.Dot d ? d.name() : "";
  }

  /** The names of steps, so that {@code a->b} and {@code a.b} are the same. */
  static List<String> names(List<Step> steps) {
    List<String> all = new ArrayList<>();
    steps.forEach(s -> all.add(name(s)));
    return all;
  }
}
