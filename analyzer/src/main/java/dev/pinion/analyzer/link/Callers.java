// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FunctionFacts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which functions of a file call a name: the pairs in one array, sorted. A kernel has two million
 * of them, too many for a map entry and a list each.
 */
final class Callers {
  private static final Comparator<Call> ORDER =
      Comparator.comparing(Call::name).thenComparing(Call::function);

  private final String[] names;
  private final int[] functions;

  private record Call(String name, int function) {}

  private Callers(List<Call> sorted) {
    names = sorted.stream().map(Call::name).toArray(String[]::new);
    functions = sorted.stream().mapToInt(Call::function).toArray();
  }

  /** Linear in the calls of a file but for sorting them. */
  static Callers of(FileFacts facts) {
    List<FunctionFacts> all = facts.functions();
    return new Callers(
        IntStream.range(0, all.size())
            .boxed()
            .flatMap(i -> all.get(i).callees().stream().map(name -> new Call(name, i)))
            .sorted(ORDER)
            .toList());
  }

  /** The places of the functions that call {@code name}, ascending. */
  IntStream of(String name) {
    int found = Arrays.binarySearch(names, name);
    if (found < 0) {
      return IntStream.empty();
    }
    int from = found;
    while (from > 0 && names[from - 1].equals(name)) {
      from--;
    }
    int to = found + 1;
    while (to < names.length && names[to].equals(name)) {
      to++;
    }
    return Arrays.stream(functions, from, to);
  }
}
