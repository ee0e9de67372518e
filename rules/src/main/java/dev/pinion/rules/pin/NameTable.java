// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.link.Program;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A set of names of the whole tree that is asked one name at a time, by nearly all functions:
 * whoever asks hangs on the few names of one part of many, and not on the whole, of which some name
 * comes or goes with each larger change.
 *
 * @param key what it is remembered under
 */
record NameTable(String key, Function<Program, Set<String>> names) {
  private static final int BITS = 12;

  boolean has(String name, Program program) {
    int part = part(name);
    Set<String> some =
        program.settled(List.of(key, part), () -> parts(program).getOrDefault(part, Set.of()));
    return some.contains(name);
  }

  private Map<Integer, Set<String>> parts(Program program) {
    return program.memo(
        List.of(key, "parts"),
        () -> {
          Map<Integer, Set<String>> parts = new HashMap<>();
          for (String name : names.apply(program)) {
            parts.computeIfAbsent(part(name), p -> new TreeSet<>()).add(name);
          }
          return parts;
        });
  }

  private static int part(String name) {
    return (name.hashCode() * 0x9e3779b9) >>> (Integer.SIZE - BITS);
  }
}
