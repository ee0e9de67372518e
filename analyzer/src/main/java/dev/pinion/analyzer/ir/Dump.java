// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

import java.util.stream.Collectors;

/** The readable form of IR, in which tests and bug reports speak. */
public final class Dump {
  private Dump() {}

  /** One function: its head, then each block with its instructions and its end. */
  public static String function(Function f) {
    StringBuilder out = new StringBuilder();
    out.append("fn ").append(f.name()).append('(');
    out.append(
        f.parameters().stream()
            .map(p -> p.name() + ": " + p.type())
            .collect(Collectors.joining(", ")));
    out.append(") -> ").append(f.returnType()).append('\n');
    for (BasicBlock block : f.cfg().blocks()) {
      out.append('b').append(block.id()).append(":\n");
      for (Instruction instruction : block.instructions()) {
        out.append("  ").append(instruction).append(line(instruction.position())).append('\n');
      }
      out.append("  ").append(terminator(block.terminator())).append('\n');
    }
    return out.toString();
  }

  private static String line(Position position) {
    return position.line() == 0 ? "" : "  @" + position.line();
  }

  private static String terminator(Terminator t) {
    if (t instanceof Terminator.Jump j) {
      return "goto b" + j.target();
    }
    if (t instanceof Terminator.Branch b) {
      return "if " + b.condition() + " goto b" + b.ifTrue() + " else b" + b.ifFalse();
    }
    if (t instanceof Terminator.Iterate i) {
      return "while-next goto b" + i.body() + " else b" + i.exit();
    }
    if (t instanceof Terminator.Switch s) {
      return "switch "
          + s.value()
          + s.cases().stream()
              .map(
                  c ->
                      (c.constant().isPresent() ? String.valueOf(c.constant().getAsLong()) : "?")
                          + " b"
                          + c.target())
              .collect(Collectors.joining(", ", " [", "]"))
          + " else b"
          + s.otherwise();
    }
    if (t instanceof Terminator.Return r) {
      return "return" + r.value().map(v -> " " + v).orElse("");
    }
    return "unreachable";
  }
}
