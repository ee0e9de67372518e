// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import static dev.pinion.analyzer.store.StoreProcess.isKnown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes, some of them killed. */
class SharedStoreTest {
  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private FactStore open() {
    return FactStore.open(folder, StoreProcess.VERSION, warnings::add);
  }

  private static List<String> output(Process process) throws Exception {
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertEquals(0, process.waitFor(), lines.toString());
    return lines;
  }

  @Test
  void processesThatWriteAtOnceDoNotDisturbEachOther() throws Exception {
    int processes = 0;
    for (int round = 0; round < 4; round++) {
      List<Process> running = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int first = 200 * processes++; // Overlaps with the next three.
        running.add(StoreProcess.start(folder, first, first + 800));
      }
      for (Process process : running) {
        List<String> lines = output(process);
        assertEquals("done", lines.get(lines.size() - 1));
        assertEquals(List.of(), lines.stream().filter(l -> l.startsWith("!")).toList());
      }
    }
    int last = 200 * (processes - 1) + 800;
    try (FactStore store = open()) {
      assertEquals(
          List.of(),
          IntStream.rangeClosed(0, last).filter(n -> !isKnown(store, n)).boxed().toList());
    }
    assertEquals(List.of(), warnings);
    Path version = folder.resolve("v2-" + StoreProcess.VERSION);
    assertTrue(new SegmentFolder(version).files().size() <= MergeChoice.MANY);
  }

  @Test
  void aReaderSeesWhatALiveProcessHasPutSoFarWithoutComplaint() throws Exception {
    Process process = StoreProcess.start(folder, 1, 1_000_000);
    try (BufferedReader lines = process.inputReader()) {
      int put = 0;
      for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 200; i++) {
          put = Integer.parseInt(lines.readLine());
        }
        FactStore store = open(); // Closing would merge; see the next test for that.
        for (int number = 1; number <= put; number++) {
          assertTrue(isKnown(store, number), "fact " + number);
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertEquals(List.of(), warnings);
  }

  /** The process is killed at any moment: while it opens, appends, seals, merges, deletes. */
  @Test
  void aKilledProcessLosesNothingItHadPut() throws Exception {
    int acknowledged = 0;
    for (int round = 0; round < 20; round++) {
      int first = acknowledged + 1;
      Process process = StoreProcess.start(folder, first, first + 150);
      try (BufferedReader lines = process.inputReader()) {
        int read = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.startsWith("!") && !line.equals("done")) {
            acknowledged = Integer.parseInt(line);
          }
          if (++read == 1 + round * 8) {
            process.toHandle().destroyForcibly(); // Leaves open what it printed before.
          }
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
      List<Integer> lost = new ArrayList<>();
      try (FactStore store = open()) {
        for (int number = 1; number <= acknowledged; number++) {
          if (!isKnown(store, number)) {
            lost.add(number);
          }
        }
      }
      assertEquals(List.of(), lost, "after round " + round);
    }
    assertTrue(acknowledged > 20);
    assertEquals(List.of(), warnings);
  }
}
