// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import static dev.pinion.analyzer.store.StoreProcess.fact;
import static dev.pinion.analyzer.store.StoreProcess.id;
import static dev.pinion.analyzer.store.StoreProcess.isKnown;
import static dev.pinion.analyzer.store.StoreProcess.kind;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.store.FactKind.Packing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one process sees of a store that is well. */
class FactStoreTest {
  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private FactStore open() {
    return FactStore.open(folder, "test", warnings::add);
  }

  @AfterEach
  void nothingWentWrong() {
    assertEquals(List.of(), warnings);
  }

  private static void put(FactStore store, int first, int last) {
    for (int number = first; number <= last; number++) {
      store.put(id(number), kind(number), fact(number));
    }
  }

  private static List<Integer> known(FactStore store, int first, int last) {
    return IntStream.rangeClosed(first, last).filter(n -> isKnown(store, n)).boxed().toList();
  }

  private static List<Integer> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).boxed().toList();
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(SegmentFolder.SUFFIX)).sorted().toList();
    }
  }

  @Test
  void whatIsPutIsThereAtOnceAndLater() {
    try (FactStore store = open()) {
      assertEquals(List.of(), known(store, 1, 300));
      put(store, 1, 300);
      assertEquals(numbers(1, 300), known(store, 1, 300));
    }
    try (FactStore store = open()) {
      assertEquals(numbers(1, 300), known(store, 0, 301));
    }
  }

  @Test
  void aStoreThatIsNotClosedHasLostNothing() {
    put(open(), 1, 300);
    assertEquals(numbers(1, 300), known(open(), 0, 301));
  }

  @Test
  void kindsAndTheirVersionsAreIndependent() {
    FactKind one = new FactKind(7, 1, Packing.PLAIN);
    FactKind two = new FactKind(7, 2, Packing.PLAIN);
    FactKind other = new FactKind(8, 1, Packing.DEFLATED);
    try (FactStore store = open()) {
      store.put(id(1), one, text("one"));
      store.put(id(1), other, text("other"));
    }
    try (FactStore store = open()) {
      assertArrayEquals(text("one"), store.get(id(1), one).orElseThrow());
      assertArrayEquals(text("other"), store.get(id(1), other).orElseThrow());
      assertEquals(Optional.empty(), store.get(id(1), two));
      assertEquals(Optional.empty(), store.get(id(2), one));
    }
    assertThrows(IllegalArgumentException.class, () -> new FactKind(65_535, 1, Packing.PLAIN));
    assertThrows(IllegalArgumentException.class, () -> new FactKind(1, -1, Packing.PLAIN));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void deflatedFactsTakeLessRoomWhereThatHelps() throws Exception {
    FactKind plain = new FactKind(1, 1, Packing.PLAIN);
    FactKind deflated = new FactKind(2, 1, Packing.DEFLATED);
    Packer packer = new Packer();
    byte[] even = new byte[10_000];
    byte[] noise = new byte[10_000];
    new java.util.Random(1).nextBytes(noise);
    assertEquals(10_000 + Frame.OVERHEAD, Frame.of(id(1), plain, even, packer).length());
    assertTrue(Frame.of(id(1), deflated, even, packer).length() < 200);
    assertEquals(10_000 + Frame.OVERHEAD, Frame.of(id(1), deflated, noise, packer).length());
    assertArrayEquals(even, Frame.of(id(1), deflated, even, packer).fact(packer).orElseThrow());
    assertArrayEquals(noise, Frame.of(id(1), deflated, noise, packer).fact(packer).orElseThrow());
  }

  @Test
  void aRunThatLearnsNothingWritesNothing() throws Exception {
    try (FactStore store = open()) {
      put(store, 1, 10);
    }
    List<Path> before = segments();
    try (FactStore store = open()) {
      assertTrue(isKnown(store, 5));
    }
    assertEquals(before, segments());
    assertEquals(1, before.size());
  }

  @Test
  void aSecondValueIsDropped() {
    try (FactStore store = open()) {
      store.put(id(2), kind(2), fact(2));
      store.put(id(2), kind(2), fact(4));
      assertTrue(isKnown(store, 2));
    }
    assertTrue(isKnown(open(), 2));
  }

  @Test
  void manyThreadsMayUseIt() {
    try (FactStore store = open()) {
      IntStream.rangeClosed(1, 2000)
          .parallel()
          .forEach(
              n -> {
                int number = n % 500; // Each is put by several, like equal files of a tree.
                store.put(id(number), kind(number), fact(number));
                assertTrue(isKnown(store, number));
              });
    }
    assertEquals(numbers(0, 499), known(open(), 0, 500));
  }

  @Test
  void anInterruptedThreadDoesNotCloseIt() {
    try (FactStore store = open()) {
      put(store, 1, 5);
      Thread.currentThread().interrupt();
      put(store, 6, 10);
      assertEquals(numbers(1, 10), known(store, 1, 10));
      assertTrue(Thread.interrupted());
      put(store, 11, 15);
      assertEquals(numbers(1, 15), known(store, 1, 15));
    }
  }

  @Test
  void segmentsStayFewAndTheLargeOnesAreLeftAlone() throws Exception {
    try (FactStore store = open()) {
      put(store, 1000, 3000);
    }
    Path large = segments().get(0);
    for (int run = 0; run < 40; run++) {
      try (FactStore store = open()) {
        put(store, run, run + 1);
      }
      assertTrue(segments().size() <= MergeChoice.MANY, () -> "segments");
      assertTrue(Files.exists(large));
    }
    assertEquals(numbers(0, 40), known(open(), 0, 41));
    assertEquals(numbers(1000, 3000), known(open(), 999, 3001));
  }

  @Test
  void otherVersionsAreNotSeenAndTheOldestOfThemGo() throws Exception {
    for (String version : List.of("1", "2", "3")) {
      try (FactStore store = FactStore.open(folder, version, warnings::add)) {
        assertFalse(isKnown(store, 2), version);
        put(store, 2, 2);
      }
      Files.setLastModifiedTime(
          folder.resolve("v2-" + version), FileTime.fromMillis(1000L * version.charAt(0)));
    }
    Files.createDirectories(folder.resolve("vim"));
    FactStore.open(folder, "4", warnings::add).close();
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(
          List.of("v2-2", "v2-3", "v2-4", "vim"),
          left.map(path -> path.getFileName().toString()).sorted().toList());
    }
    assertTrue(isKnown(FactStore.open(folder, "2", warnings::add), 2));
  }

  @Test
  void noStoreRemembersNothing() {
    try (FactStore store = FactStore.none()) {
      put(store, 1, 1);
      assertFalse(isKnown(store, 1));
    }
  }

  @Test
  void theDefaultIsInTheUsersCacheFolder() {
    assertTrue(FactStore.defaultFolder().isAbsolute());
    assertEquals("pinion", String.valueOf(FactStore.defaultFolder().getFileName()));
  }
}
