// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import static dev.pinion.analyzer.store.StoreProcess.fact;
import static dev.pinion.analyzer.store.StoreProcess.id;
import static dev.pinion.analyzer.store.StoreProcess.isKnown;
import static dev.pinion.analyzer.store.StoreProcess.kind;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that cannot be used is bypassed, with one line. */
class UnusableStoreTest {
  @TempDir Path temp;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void aFileInThePlaceOfTheFolder() throws Exception {
    Path folder = Files.writeString(temp.resolve("store"), "a file");
    try (FactStore store = FactStore.open(folder, "test", warnings::add)) {
      store.put(id(1), kind(1), fact(1));
      assertFalse(isKnown(store, 1));
    }
    assertEquals(
        List.of(
            "fact store %s: cannot be used (Not a directory); nothing is remembered in this run"
                .formatted(folder)),
        warnings);
  }

  @Test
  void aFileInThePlaceOfTheVersionsFolder() throws Exception {
    Files.writeString(temp.resolve("v2-test"), "a file");
    FactStore.open(temp, "test", warnings::add).close();
    assertEquals(
        List.of(
            "fact store %s: cannot be used (there is a file in the place of a folder); nothing is remembered in this run"
                .formatted(temp)),
        warnings);
  }

  @Test
  void aVersionThatIsNoFileName() {
    FactStore.open(temp, "../x", warnings::add).close();
    assertEquals(
        List.of(
            "fact store %s: cannot be used ('../x' cannot be part of a file name); nothing is remembered in this run"
                .formatted(temp)),
        warnings);
  }

  @Test
  void aFolderThatGoesAwayWhileInUse() throws Exception {
    try (FactStore store = FactStore.open(temp, "test", warnings::add)) {
      Files.delete(temp.resolve("v2-test"));
      store.put(id(1), kind(1), fact(1));
      store.put(id(2), kind(2), fact(2));
      assertFalse(isKnown(store, 1));
    }
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains(": cannot be written ("), warnings.get(0));
  }

  /** A limit on the size of files is to a process what a full disk is. */
  @Test
  void aFullDiskKeepsWhatFitted() throws Exception {
    Process process =
        StoreProcess.start(temp, 1, 300, "sh", "-c", "ulimit -f 200; exec \"$@\"", "sh");
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertEquals(0, process.waitFor(), lines.toString());
    List<String> warned = lines.stream().filter(line -> line.startsWith("!")).toList();
    assertEquals(1, warned.size(), lines.toString());
    assertTrue(
        warned
            .get(0)
            .matches(
                "! fact store .*: cannot be written \\(.+\\); what is new in this run is not remembered"),
        warned.get(0));
    assertEquals("done", lines.get(lines.size() - 1));
    try (FactStore store = FactStore.open(temp, StoreProcess.VERSION, warnings::add)) {
      List<Integer> known =
          IntStream.rangeClosed(1, 300).filter(n -> isKnown(store, n)).boxed().toList();
      assertTrue(known.size() > 10 && known.size() < 300, known.toString());
      assertEquals(IntStream.rangeClosed(1, known.size()).boxed().toList(), known);
    }
    assertEquals(List.of(), warnings);
  }
}
