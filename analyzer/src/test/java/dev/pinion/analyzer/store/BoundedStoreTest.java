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

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store stays below its limit by forgetting what was not asked for the longest. */
class BoundedStoreTest {
  private static final String VERSION = StoreProcess.VERSION;

  @TempDir Path folder;
  private final Instant now = Instant.now();
  private final List<String> warnings = new ArrayList<>();

  @AfterEach
  void nothingWentWrong() {
    assertEquals(List.of(), warnings);
  }

  /** The store as it is opened some hours ago. */
  private FactStore open(StoreLimit limit, int hoursAgo) {
    return SegmentStore.open(
        folder,
        VERSION,
        limit,
        InstantSource.fixed(now.minus(hoursAgo, ChronoUnit.HOURS)),
        warnings::add);
  }

  private FactStore open() {
    return open(StoreLimit.NONE, 0);
  }

  private Path version() {
    return folder.resolve("v2-" + VERSION);
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

  /** Keeps these facts, some hours ago. */
  private void putLongAgo(int first, int last, int hoursAgo) throws IOException {
    List<Path> before = new SegmentFolder(version()).files();
    try (FactStore store = open(StoreLimit.NONE, hoursAgo)) {
      put(store, first, last);
    }
    for (Path file : new SegmentFolder(version()).files()) {
      if (!before.contains(file)) {
        Files.setLastModifiedTime(file, FileTime.from(now.minus(hoursAgo, ChronoUnit.HOURS)));
      }
    }
  }

  private long size() throws IOException {
    return new VersionFolders(folder).size();
  }

  private List<Integer> tidied(StoreLimit limit, int last) throws IOException {
    assertTrue(StorePruning.to(limit, folder, VERSION).isPresent());
    assertTrue(size() <= limit.bytes(), size() + " of " + limit);
    return known(open(), 0, last);
  }

  @Test
  void whatWasNotAskedForTheLongestGoes() throws Exception {
    Files.createDirectories(version());
    putLongAgo(0, 99, 10);
    try (FactStore store = open(StoreLimit.NONE, 5)) {
      known(store, 20, 59);
    }
    StoreLimit limit = new StoreLimit(size());
    try (FactStore store = open(limit, 0)) {
      put(store, 100, 119);
    }
    assertTrue(size() <= limit.low(), "below the limit, with room for the next");
    List<Integer> known = known(open(), 0, 119);
    assertTrue(known.containsAll(numbers(20, 59)), known.toString());
    assertTrue(known.containsAll(numbers(100, 119)), known.toString());
    assertTrue(known.size() > 60, "no more is forgotten than has to be: " + known);
    List<Integer> fewer = tidied(new StoreLimit(size() / 2), 119);
    assertTrue(fewer.containsAll(numbers(100, 119)), fewer.toString());
    assertTrue(
        fewer.size() > 20 && numbers(20, 59).containsAll(fewer.subList(0, fewer.size() - 20)));
    assertEquals(List.of(), tidied(new StoreLimit(0), 119));
  }

  @Test
  void whenFactsWereUsedIsKnownAfterMerges() throws Exception {
    Files.createDirectories(version());
    for (int part = 0; part <= MergeChoice.MANY; part++) {
      putLongAgo(part * 10, part * 10 + 9, 30 - part);
    }
    try (FactStore store = open(StoreLimit.NONE, 2)) {
      assertEquals(numbers(0, 9), known(store, 0, 9));
      put(store, 500, 500);
    }
    assertTrue(new SegmentFolder(version()).files().size() <= MergeChoice.MANY);
    List<Integer> known = tidied(new StoreLimit(size() / 2), 89);
    assertTrue(known.containsAll(numbers(0, 9)), known.toString());
    assertTrue(known.containsAll(numbers(80, 89)), known.toString());
    assertFalse(known.contains(11), known.toString());
  }

  @Test
  void factsOfOneHourAreNotAllForgottenAtOnce() throws Exception {
    try (FactStore store = open()) {
      put(store, 0, 99);
    }
    int left = tidied(new StoreLimit(size() / 2), 99).size();
    assertTrue(left > 25 && left < 75, left + " are left");
  }

  @Test
  void factsOfOldVersionsGoFirst() throws Exception {
    for (String old : List.of("old", "older")) {
      try (FactStore store = FactStore.open(folder, old, warnings::add)) {
        put(store, 0, 99);
      }
    }
    Files.setLastModifiedTime(folder.resolve("v2-older"), FileTime.fromMillis(1000));
    long each = size() / 2;
    try (FactStore store = open(new StoreLimit(each * 5 / 2), 0)) {
      put(store, 0, 99);
    }
    assertFalse(Files.exists(folder.resolve("v2-older")));
    assertTrue(Files.exists(folder.resolve("v2-old")), "one was enough");
    assertEquals(numbers(0, 99), known(open(), 0, 99));
    Pruned pruned = StorePruning.otherVersions(folder, VERSION);
    assertEquals(1, pruned.versions());
    assertEquals(0, pruned.entries());
    assertEquals(numbers(0, 99), known(open(), 0, 99));
  }

  @Test
  void whatIsNotOursStays() throws Exception {
    Path kernel = Files.createDirectories(folder.resolve("v6-linux"));
    Path file = Files.writeString(kernel.resolve("Makefile"), "VERSION = 6\n");
    try (FactStore store = open()) {
      put(store, 0, 9);
    }
    StorePruning.otherVersions(folder, VERSION);
    assertTrue(StorePruning.to(new StoreLimit(0), folder, VERSION).isPresent());
    assertTrue(Files.exists(file));
  }

  /** An editor may run for weeks. */
  @Test
  void aLongRunStaysBelowTheLimitToo() throws Exception {
    StoreLimit limit = new StoreLimit(1 << 20);
    FactStore store = open(limit, 0);
    long largest = 0;
    for (int number = 0; number < 2000; number++) {
      put(store, number, number);
      assertTrue(isKnown(store, number), "fact " + number);
      if (number % 50 == 0) {
        largest = Math.max(largest, size());
        known(store, 0, number);
      }
    }
    assertTrue(largest > limit.bytes() / 2 && largest < limit.bytes() / 4 * 5, "" + largest);
    assertTrue(new SegmentFolder(version()).files().size() <= MergeChoice.MANY + 1);
    store.close();
    assertTrue(size() <= limit.bytes());
  }

  @Test
  void whatKilledProcessesLeftIsBoundedWhenItIsOpened() throws Exception {
    for (int run = 0; run < 5; run++) {
      put(open(), run * 100, run * 100 + 99); // Never closed.
    }
    StoreLimit limit = new StoreLimit(size() / 2);
    try (FactStore store = open(limit, 0)) {
      // The five are live as far as anyone can tell: they have their segments open.
      assertEquals(numbers(0, 499), known(store, 0, 499));
    }
    Process process = StoreProcess.start(folder, 500, 1500);
    try (BufferedReader lines = process.inputReader()) {
      assertTrue(lines.lines().anyMatch("900"::equals));
    } finally {
      process.destroyForcibly().waitFor();
    }
    StoreLimit other = new StoreLimit(1000);
    FactStore store = open(other, 0);
    assertFalse(isKnown(store, 501));
  }

  @Test
  void notesOfUseAreWrittenOnceAnHour() throws Exception {
    Files.createDirectories(version());
    putLongAgo(0, 9, 10);
    List<FileTime> written = new ArrayList<>();
    for (int hoursAgo : List.of(10, 5, 5, 4)) {
      try (FactStore store = open(StoreLimit.NONE, hoursAgo)) {
        known(store, 0, 9);
      }
      Path segment = new SegmentFolder(version()).files().get(0);
      Path notes = LastUses.file(segment);
      written.add(Files.exists(notes) ? Files.getLastModifiedTime(notes) : FileTime.fromMillis(0));
      if (Files.exists(notes)) {
        Files.setLastModifiedTime(notes, FileTime.fromMillis(hoursAgo));
      }
    }
    assertEquals(FileTime.fromMillis(0), written.get(0), "in the hour in which they were put");
    assertTrue(written.get(1).toMillis() > 1000);
    assertEquals(FileTime.fromMillis(5), written.get(2), "in the same hour again");
    assertTrue(written.get(3).toMillis() > 1000);
  }

  @Test
  void notesOfUseThatMakeNoSenseAreIgnored() throws Exception {
    try (FactStore store = open()) {
      put(store, 0, 99);
    }
    Path notes = LastUses.file(new SegmentFolder(version()).files().get(0));
    for (byte[] bytes : List.of(new byte[0], new byte[7], new byte[408], new byte[1000])) {
      Files.write(notes, bytes);
      assertEquals(numbers(0, 99), known(open(), 0, 99));
    }
    int left = tidied(new StoreLimit(size() / 2), 99).size();
    assertTrue(left > 25 && left < 75, left + " are left");
  }

  @Test
  void nobodyPrunesWhileAnotherDoes() throws Exception {
    try (FactStore store = open()) {
      put(store, 0, 99);
    }
    try (FileClaim claim = new SegmentFolder(version()).claim().orElseThrow()) {
      assertTrue(Files.exists(claim.file()));
      assertEquals(Optional.empty(), StorePruning.to(new StoreLimit(0), folder, VERSION));
    }
    assertEquals(List.of(), tidied(new StoreLimit(0), 99));
  }

  /** Killed while they append, turn over, merge, evict. */
  @Test
  void evictingProcessesThatAreKilledDamageNothing() throws Exception {
    StoreLimit limit = new StoreLimit(300_000);
    for (int round = 0; round < 20; round++) {
      Process process = StoreProcess.start(folder, limit, round * 100, round * 100 + 400);
      try (BufferedReader lines = process.inputReader()) {
        int read = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (++read == 1 + round * 20) {
            process.toHandle().destroyForcibly();
          }
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
      StoreCheck check = StoreCheck.run(folder);
      assertEquals(List.of(), check.damaged(), "after round " + round);
      assertTrue(size() < 600_000, size() + " bytes after round " + round);
      known(open(), 0, round * 100 + 400); // Throws if one is wrong.
    }
    assertTrue(known(open(), 0, 2400).size() > 10);
  }

  @Test
  void processesThatEvictAtOnceDoNotDisturbEachOther() throws Exception {
    StoreLimit limit = new StoreLimit(300_000);
    List<Process> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      running.add(StoreProcess.start(folder, limit, i * 200, i * 200 + 600));
    }
    for (Process process : running) {
      String output = new String(process.getInputStream().readAllBytes(), StoreProcess.CHARSET);
      assertEquals(0, process.waitFor(), output);
      assertTrue(output.endsWith("done\n") && !output.contains("!"), output);
    }
    assertEquals(List.of(), StoreCheck.run(folder).damaged());
    open(limit, 0).close();
    assertTrue(known(open(), 0, 1000).size() > 10);
  }

  @Test
  void twoTreesShareWhatIsEqual() throws Exception {
    try (FactStore store = open()) {
      put(store, 0, 99); // One tree.
    }
    long one = size();
    try (FactStore store = open()) {
      for (int number = 10; number <= 109; number++) { // Another, nine tenths of it the same.
        if (!isKnown(store, number)) {
          put(store, number, number);
        }
      }
    }
    assertEquals(110, entries());
    assertTrue(size() < one * 3 / 2);
  }

  private long entries() throws IOException {
    return StoreContents.of(folder).versions().stream()
        .flatMap(version -> version.kinds().values().stream())
        .mapToLong(StoreContents.Amount::entries)
        .sum();
  }

  @Test
  void limitsAreReadAsPeopleWriteThem() {
    assertEquals(512L << 20, StoreLimit.parse("512M").bytes());
    assertEquals(2L << 30, StoreLimit.parse("2g").bytes());
    assertEquals(3L << 10, StoreLimit.parse("3KB").bytes());
    assertEquals(0, StoreLimit.parse("0").bytes());
    assertEquals(800_000, StoreLimit.parse("800000").bytes());
    assertEquals(StoreLimit.NONE, StoreLimit.parse("unlimited"));
    assertEquals(StoreLimit.NONE, StoreLimit.parse("999999999999G"));
    for (String wrong : List.of("", "M", "-1M", "1.5G", "12T", "none", "1 G")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> StoreLimit.parse(wrong)).getMessage();
      assertEquals("'" + wrong + "' is no size; give it as 512M, 2G or unlimited", message);
    }
    assertThrows(IllegalArgumentException.class, () -> new StoreLimit(-1));
    assertEquals(StoreLimit.NONE, StoreLimit.NONE.less(5));
    assertEquals(new StoreLimit(7), new StoreLimit(12).less(5));
    assertEquals(new StoreLimit(0), new StoreLimit(3).less(5));
  }

  @Test
  void anEvictedFactIsStillReadByWhoHasItOpen() throws Exception {
    try (FactStore store = open()) {
      put(store, 0, 99);
    }
    FactStore reader = open();
    assertEquals(List.of(), tidied(new StoreLimit(0), 99));
    assertEquals(numbers(0, 99), known(reader, 0, 99));
    assertArrayEquals(fact(7), reader.get(id(7), kind(7)).orElseThrow());
    reader.close();
    try (Stream<Path> left = Files.list(version())) {
      assertEquals(
          List.of("merge.lock"), left.map(p -> String.valueOf(p.getFileName())).sorted().toList());
    }
  }
}
