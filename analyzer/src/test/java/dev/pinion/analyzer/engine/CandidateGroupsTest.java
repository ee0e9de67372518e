// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidateGroupsTest {
  @Test
  void smallFilesAreOneGroup() {
    assertEquals(1, CandidateGroups.ofFunctions(0).count());
    assertEquals(1, CandidateGroups.ofFunctions(15).count());
    assertEquals(2, CandidateGroups.ofFunctions(16).count());
    assertEquals(0, CandidateGroups.ofFunctions(0).of("any"));
  }

  @Test
  void functionsOfALargeFileAreSpread() {
    CandidateGroups groups = CandidateGroups.ofFunctions(1000);
    Map<Integer, Long> sizes =
        IntStream.range(0, 1000)
            .mapToObj(i -> groups.of("driver_function_" + i))
            .collect(Collectors.groupingBy(g -> g, Collectors.counting()));
    assertTrue(sizes.keySet().stream().allMatch(g -> g >= 0 && g < groups.count()));
    assertTrue(sizes.values().stream().allMatch(n -> n <= 40), sizes::toString);
  }

  @Test
  void whatIsAddedLeavesTheOthersWhereTheyAre() {
    CandidateGroups kept = new CandidateGroups(CandidateGroups.ofFunctions(100).count());
    assertEquals(kept.of("probe#1"), CandidateGroups.ofFunctions(101).of("probe#1"));
  }
}
