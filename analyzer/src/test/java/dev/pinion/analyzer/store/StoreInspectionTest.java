// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import static dev.pinion.analyzer.store.StoreProcess.fact;
import static dev.pinion.analyzer.store.StoreProcess.id;
import static dev.pinion.analyzer.store.StoreProcess.kind;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store says of itself. */
class StoreInspectionTest {
  @TempDir Path folder;

  /** A store of 20 small facts, 10 of each of two kinds, and the file that has them. */
  private Path closed() throws IOException {
    try (FactStore store = FactStore.open(folder, "test", line -> {})) {
      for (int number = 1; number <= 20; number++) {
        store.put(id(number), kind(number), Arrays.copyOf(fact(number), 30));
      }
    }
    return new SegmentFolder(folder.resolve("v2-test")).files().get(0);
  }

  private StoreCheck check() throws IOException {
    return StoreCheck.run(folder);
  }

  @Test
  void whatIsThereIsCounted() throws Exception {
    Path segment = closed();
    Files.createDirectories(folder.resolve("v1-old"));
    Files.write(folder.resolve("v1-old/x.facts"), new byte[100]);
    Files.createDirectories(folder.resolve("vim"));
    List<StoreContents.Version> versions = StoreContents.of(folder).versions();
    assertEquals(2, versions.size());
    assertEquals(folder.resolve("v1-old"), versions.get(0).folder());
    assertEquals(Map.of(), versions.get(0).kinds());
    assertEquals(100, versions.get(0).bytes());
    StoreContents.Version own = versions.get(1);
    assertTrue(own.isOf("test"));
    assertEquals(1, own.segments());
    assertEquals(Files.size(segment), own.bytes());
    long each = 10 * (30 + Frame.OVERHEAD + FrameTable.ROW);
    assertEquals(
        Map.of(
            1, new StoreContents.Amount(10, each),
            2, new StoreContents.Amount(10, each)),
        own.kinds());
    assertEquals(Files.size(segment) + 100, StoreContents.of(folder).bytes());
  }

  @Test
  void aWholeStoreIsFoundToBeSo() throws Exception {
    Path segment = closed();
    Files.createDirectories(folder.resolve("v1-old"));
    assertEquals(
        new StoreCheck(
            20, Files.size(segment), List.of(), List.of(), List.of(folder.resolve("v1-old"))),
        check());
  }

  @Test
  void everyFlippedBitIsFound() throws Exception {
    Path segment = closed();
    byte[] bytes = Files.readAllBytes(segment);
    for (int at = 0; at < bytes.length; at++) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      Files.write(segment, flipped);
      StoreCheck check = check();
      assertEquals(1, check.damaged().size(), "byte " + at);
      assertEquals(segment, check.damaged().get(0).segment());
    }
    bytes[Segment.HEADER + Frame.OVERHEAD] ^= 1;
    Files.write(segment, bytes);
    assertEquals("has 1 of 20 entries damaged", check().damaged().get(0).what());
    assertEquals(19, check().entries());
  }

  @Test
  void whatAKilledProcessLeftIsNoDamage() throws Exception {
    Path segment = closed();
    byte[] bytes = Files.readAllBytes(segment);
    int last = bytes.length;
    for (int length = last - 1; length > 0; length--) {
      Files.write(segment, Arrays.copyOf(bytes, length));
      StoreCheck check = check();
      assertEquals(List.of(), check.damaged(), "of " + length + " bytes");
      assertTrue(check.entries() <= 20);
    }
    Files.write(segment, Arrays.copyOf(bytes, Segment.HEADER + 2 * (Frame.OVERHEAD + 30) + 1));
    assertEquals(List.of(segment), check().unfinished());
    assertEquals(2, check().entries());
  }

  @Test
  void whatIsNoSegmentIsDamaged() throws Exception {
    Path segment = closed();
    Files.writeString(segment, "something else altogether");
    assertEquals("is damaged after 0 entries", check().damaged().get(0).what());
  }
}
