// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One step of a basic block. */
public sealed interface Instruction {
  Position position();

  /** {@code target = value}. */
  record Assign(AccessPath target, Value value, Position position) implements Instruction {
    @Override
    public String toString() {
      return target + " = " + value;
    }
  }

  /**
   * A call of a function or of a macro that looks like one.
   *
   * @param result where the result goes; empty if it is discarded
   * @param callee what is called
   * @param kind how the source spells it
   */
  record Call(
      Optional<AccessPath> result,
      Callee callee,
      List<Value> arguments,
      CallKind kind,
      Position position)
      implements Instruction {
    public Call {
      arguments = List.copyOf(arguments);
    }

    /** The callee's name if it is called by name, else the empty string. */
    public String name() {
      return callee instanceof Callee.Direct d ? d.name() : "";
    }

    public boolean calls(String name) {
      return name().equals(name);
    }

    @Override
    public String toString() {
      String prefix =
          switch (kind) {
            case ORDINARY -> "";
            case ITERATOR -> "each ";
            case CLEANUP -> "cleanup ";
          };
      return result.map(r -> r + " = ").orElse("")
          + prefix
          + callee
          + arguments.stream().map(Value::toString).collect(Collectors.joining(", ", "(", ")"));
    }
  }

  /** How a call is spelled in the source. */
  enum CallKind {
    /** {@code f(x)}. */
    ORDINARY,
    /**
     * The head of a loop macro, {@code list_for_each_entry(pos, head, member)}: evaluated once per
     * iteration, assigns its cursor ({@code result}) and decides whether the loop goes on.
     */
    ITERATOR,
    /** The end of a scope that the source does not spell: {@code guard()}, {@code __free()}. */
    CLEANUP
  }

  /** What a call calls. */
  sealed interface Callee {
    /**
     * A function or macro by name. Scoped guards are spelled {@code guard(mutex)} on entry and
     * {@code ~guard(mutex)} on exit; {@code CLASS(fd, f)} is {@code class(fd)} and {@code
     * ~class(fd)}; the end of a {@code __free(kfree)} variable is {@code __free(kfree)}.
     */
    record Direct(String name) implements Callee {
      @Override
      public String toString() {
        return name;
      }
    }

    /** A call through a pointer: {@code dev->ops->release(dev)}, or through a local. */
    record Indirect(AccessPath path) implements Callee {
      @Override
      public String toString() {
        return "*" + path;
      }
    }
  }
}
