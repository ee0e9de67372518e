// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TermIndexTest {
  private static final int[] CORNERS = {
    0, 1, -1, 0x7fff, 0x8000, 0xffff, 0x10000, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xffff0000
  };

  private static List<int[]> files(Random random, int count) {
    List<int[]> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TreeSet<Integer> terms = new TreeSet<>();
      for (int n = random.nextInt(40); n > 0; n--) {
        terms.add(
            switch (random.nextInt(3)) {
              case 0 -> CORNERS[random.nextInt(CORNERS.length)];
              case 1 -> random.nextInt(50) << 16 | random.nextInt(4); // crowded buckets
              default -> random.nextInt();
            });
      }
      files.add(terms.stream().mapToInt(Integer::intValue).toArray());
    }
    return files;
  }

  private static Map<Integer, List<Integer>> byTerm(List<int[]> files) {
    Map<Integer, List<Integer>> all = new TreeMap<>(Integer::compareUnsigned);
    for (int file = 0; file < files.size(); file++) {
      for (int term : files.get(file)) {
        all.computeIfAbsent(term, t -> new ArrayList<>()).add(file);
      }
    }
    return all;
  }

  @Test
  void findsTheFilesOfEachTermAndNoOthers() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<int[]> files = files(random, 1 + random.nextInt(400));
      Map<Integer, List<Integer>> expected = byTerm(files);
      TermIndex made = TermIndex.of(files);
      for (TermIndex index : List.of(made, TermIndex.read(made.bytes()))) {
        expected.forEach(
            (term, all) ->
                assertArrayEquals(
                    all.stream().mapToInt(Integer::intValue).toArray(), index.files(term)));
        for (int i = 0; i < 500; i++) {
          int term = random.nextInt();
          assertEquals(expected.getOrDefault(term, List.of()).size(), index.files(term).length);
        }
      }
    }
  }

  @Test
  void goesThroughAllInOrder() {
    List<int[]> files = files(new Random(7), 300);
    List<String> expected = new ArrayList<>();
    byTerm(files).forEach((term, all) -> all.forEach(f -> expected.add(term + " " + f)));
    List<String> visited = new ArrayList<>();
    TermIndex.of(files).forEach((term, file) -> visited.add(term + " " + file));
    assertEquals(expected, visited);
  }

  @Test
  void anEmptyTreeHasNothing() {
    assertEquals(0, TermIndex.of(List.of()).files(17).length);
    assertEquals(0, TermIndex.of(List.of(new int[0])).files(17).length);
  }
}
