// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import static dev.pinion.analyzer.store.StoreProcess.id;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.store.FactKind.Packing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is in the folder, a store gives right facts or none, and says once that it is damaged.
 */
class DamagedStoreTest {
  private static final int LAST = 6;
  private static final Packer PACKER = new Packer();

  @TempDir Path temp;
  private int folders;

  /** Small, so that each byte of a segment can be damaged; some odd ones are deflated. */
  private static byte[] small(int number) {
    byte[] fact = new byte[number * (number % 2 == 0 ? 5 : 60)];
    Arrays.fill(fact, (byte) number);
    return fact;
  }

  private static FactKind kind(int number) {
    return new FactKind(1, 1, number % 2 == 0 ? Packing.PLAIN : Packing.DEFLATED);
  }

  private static Frame frame(int number) {
    return Frame.of(id(number), kind(number), small(number), PACKER);
  }

  private static boolean isKnown(FactStore store, int number) {
    Optional<byte[]> fact = store.get(id(number), kind(number));
    fact.ifPresent(bytes -> assertArrayEquals(small(number), bytes));
    return fact.isPresent();
  }

  /** A store that consists of one segment with these bytes. */
  private Path storeOf(byte[] segment) throws IOException {
    Path folder = temp.resolve("store" + folders++);
    Path version = Files.createDirectories(folder.resolve("v2-test"));
    Files.write(version.resolve("x" + SegmentFolder.SUFFIX), segment);
    return folder;
  }

  /** What a store of this segment knows. */
  private List<Integer> knownIn(byte[] segment, List<String> warnings) throws IOException {
    // Not closed: this is about reading, and closing would merge.
    return known(FactStore.open(storeOf(segment), "test", warnings::add));
  }

  private static List<Integer> known(FactStore store) {
    return IntStream.rangeClosed(1, LAST).filter(n -> isKnown(store, n)).boxed().toList();
  }

  private static List<Integer> all() {
    return IntStream.rangeClosed(1, LAST).boxed().toList();
  }

  private enum End {
    CLOSED,
    KILLED
  }

  /** The bytes of a segment that holds the facts 1 to {@link #LAST}. */
  private byte[] segment(End end) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("origin" + folders++));
    try (SegmentWriter writer = SegmentWriter.create(folder, SegmentFolder.SUFFIX)) {
      for (int number = 1; number <= LAST; number++) {
        writer.append(frame(number));
      }
      if (end == End.CLOSED) {
        writer.seal();
      }
      return Files.readAllBytes(writer.path());
    }
  }

  private static void assertWarnedOnce(List<String> warnings) {
    assertEquals(1, warnings.size(), warnings.toString());
    String line = warnings.get(0);
    assertTrue(line.startsWith("fact store "), line);
    assertTrue(line.endsWith(".facts is damaged; what cannot be read is computed again"), line);
  }

  @Test
  void whatAKilledProcessDidNotFinishIsNoDamage() throws Exception {
    byte[] segment = segment(End.KILLED);
    int last = segment.length - frame(LAST).length();
    for (int length = last + 1; length < segment.length; length++) {
      List<String> warnings = new ArrayList<>();
      assertEquals(all().subList(0, LAST - 1), knownIn(Arrays.copyOf(segment, length), warnings));
      assertEquals(List.of(), warnings);
    }
    List<String> warnings = new ArrayList<>();
    assertEquals(all().subList(0, LAST - 1), knownIn(Arrays.copyOf(segment, last), warnings));
    assertEquals(all(), knownIn(segment, warnings));
    assertEquals(List.of(), warnings);
  }

  @Test
  void aTableThatIsNotFinishedCostsNothing() throws Exception {
    byte[] segment = segment(End.CLOSED);
    for (int length = segment(End.KILLED).length + 1; length < segment.length; length++) {
      List<String> warnings = new ArrayList<>();
      assertEquals(all(), knownIn(Arrays.copyOf(segment, length), warnings));
      assertEquals(List.of(), warnings);
    }
  }

  @Test
  void aFlippedBitInASealedSegmentCostsOneFact() throws Exception {
    byte[] segment = segment(End.CLOSED);
    int table = segment(End.KILLED).length;
    for (int at = Segment.HEADER; at < segment.length; at++) {
      List<String> warnings = new ArrayList<>();
      int known = knownIn(flipped(segment, at), warnings).size();
      assertEquals(at < table ? LAST - 1 : LAST, known, "byte " + at);
      assertWarnedOnce(warnings);
    }
  }

  @Test
  void aFlippedBitInAnOpenSegmentCostsItsFactOrWhatFollows() throws Exception {
    byte[] segment = segment(End.KILLED);
    for (int at = 0; at < segment.length; at++) {
      List<String> warnings = new ArrayList<>();
      int intact = 0;
      int end = Segment.HEADER;
      for (int number = 1; number <= LAST && end + frame(number).length() <= at; number++) {
        end += frame(number).length();
        intact++;
      }
      List<Integer> expected = new ArrayList<>(all().subList(0, intact));
      if (at >= end + Frame.OVERHEAD) { // The header says where the next one is.
        expected.addAll(all().subList(intact + 1, LAST));
      }
      assertEquals(expected, knownIn(flipped(segment, at), warnings), "byte " + at);
      assertWarnedOnce(warnings);
    }
  }

  @Test
  void aStoreThatIsDamagedHealsByBeingUsed() throws Exception {
    for (End end : End.values()) {
      byte[] segment = flipped(segment(end), Segment.HEADER + 40);
      Path folder = storeOf(segment);
      List<String> warnings = new ArrayList<>();
      try (FactStore store = FactStore.open(folder, "test", warnings::add)) {
        for (int number = 1; number <= LAST; number++) {
          if (!isKnown(store, number)) {
            store.put(id(number), kind(number), small(number));
          }
        }
        assertEquals(all(), known(store));
      }
      assertWarnedOnce(warnings);
      try (FactStore store = FactStore.open(folder, "test", warnings::add)) {
        assertEquals(all(), known(store));
      }
      assertWarnedOnce(warnings); // And not again.
    }
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    copy[at] ^= (byte) (1 << at % 8);
    return copy;
  }

  @Test
  void whatIsNoSegmentIsDamagedAndAnEmptyOneIsNot() throws Exception {
    List<String> warnings = new ArrayList<>();
    assertEquals(List.of(), knownIn(new byte[0], warnings));
    assertEquals(List.of(), warnings);
    for (byte[] bytes :
        List.of(new byte[1], new byte[100], "no segment at all".getBytes(StandardCharsets.UTF_8))) {
      assertEquals(List.of(), knownIn(bytes, warnings));
      assertWarnedOnce(warnings);
      warnings.clear();
    }
  }

  @Test
  void muchDamageIsOneLine() throws Exception {
    byte[] segment = segment(End.CLOSED);
    Path folder = storeOf(flipped(segment, Segment.HEADER));
    Files.write(
        folder.resolve("v2-test").resolve("y" + SegmentFolder.SUFFIX),
        flipped(segment(End.KILLED), Segment.HEADER));
    List<String> warnings = new ArrayList<>();
    FactStore store = FactStore.open(folder, "test", warnings::add);
    assertEquals(all().subList(1, LAST), known(store));
    assertEquals(all().subList(1, LAST), known(store));
    assertWarnedOnce(warnings);
  }

  @Test
  void halfAFrameOfALiveProcessIsNoDamage() throws Exception {
    Path folder = temp.resolve("store");
    Path version = Files.createDirectories(folder.resolve("v2-test"));
    try (SegmentWriter live = SegmentWriter.create(version, SegmentFolder.SUFFIX)) {
      live.append(frame(1));
      Files.write(live.path(), new byte[20], StandardOpenOption.APPEND);
      List<String> warnings = new ArrayList<>();
      assertEquals(List.of(1), known(FactStore.open(folder, "test", warnings::add)));
      assertEquals(List.of(), warnings);
      live.append(frame(2));
      assertEquals(List.of(1, 2), known(FactStore.open(folder, "test", line -> {})));
    }
  }

  @Test
  void whatADeadProcessLeftIsMergedByTheNext() throws Exception {
    Path folder = temp.resolve("store");
    Path version = Files.createDirectories(folder.resolve("v2-test"));
    byte[] segment = segment(End.KILLED);
    Files.write(version.resolve("torn.facts"), Arrays.copyOf(segment, segment.length - 1));
    Files.write(version.resolve("dead.facts"), segment);
    Files.write(version.resolve("half.merging"), Arrays.copyOf(segment, 20));
    List<String> warnings = new ArrayList<>();
    Files.write(version.resolve("half.using"), Arrays.copyOf(segment, 20));
    Files.write(version.resolve("gone.used"), Arrays.copyOf(segment, 20));
    FactStore.open(folder, "test", warnings::add).close();
    try (FactStore store = FactStore.open(folder, "test", warnings::add)) {
      assertEquals(all(), known(store));
    }
    assertEquals(List.of(), warnings);
    List<Path> left = SegmentFolder.list(version, "*");
    assertEquals(3, left.size(), left + ": a segment, when it was used, and the lock");
    assertEquals(
        Segment.State.SEALED,
        Segment.open(SegmentFolder.list(version, "*" + SegmentFolder.SUFFIX).get(0)).state());
  }
}
