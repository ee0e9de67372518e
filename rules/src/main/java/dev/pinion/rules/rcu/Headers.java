// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.ir.Declarations.Include;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Whether a file may call what it did not call before. */
final class Headers {
  private static final String TOP = "include/";

  private final Program program;
  private final String file;

  Headers(Program program, String file) {
    this.program = program;
    this.file = file;
  }

  /**
   * What is missing for a call of {@code name} in place of {@code old}, as the needs of a fix;
   * empty if nothing is, or if the tree does not have the kernel's headers.
   *
   * @param header that declares it, as it is included
   */
  Optional<String> missing(String name, String old, String header) {
    if (isDeclared(old) && !isDeclared(name)) {
      return Optional.of("this kernel has no " + name + "()");
    }
    return program.has(TOP + header) && !reaches(header)
        ? Optional.of("include <" + header + "> for " + name + "()")
        : Optional.empty();
  }

  private boolean isDeclared(String name) {
    return !program.functions(name).isEmpty() || !program.macros(name, file).isEmpty();
  }

  /** Whether the header is included, by the file or by what it includes. */
  private boolean reaches(String header) {
    Set<String> seen = new HashSet<>(Set.of(file));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      String from = open.remove();
      for (Include include : program.includes(from)) {
        String to = target(from, include);
        if (to.equals(TOP + header)) {
          return true;
        }
        if (program.has(to) && seen.add(to)) {
          open.add(to);
        }
      }
    }
    return false;
  }

  private String target(String from, Include include) {
    String beside = from.substring(0, from.lastIndexOf('/') + 1) + include.path();
    return include.form() == Include.Form.QUOTED && program.has(beside)
        ? beside
        : TOP + include.path();
  }
}
