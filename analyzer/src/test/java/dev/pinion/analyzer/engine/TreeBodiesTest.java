// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.parse.FrontEnd;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeBodiesTest {
  private static final String SOURCE =
      "int f(int a) { return a; }\nint g(int b) { return h(b); }\n";

  @TempDir Path folder;

  private static Function lowered(String source, int index) {
    return FrontEnd.unit(source.getBytes(StandardCharsets.UTF_8)).functions().get(index);
  }

  @Test
  void aBodyThatWasAskedForNeedsNoFile() throws Exception {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Path file = Files.writeString(tree.resolve("a.c"), SOURCE);
    SourceTree listed = WorkTree.open(tree);
    try (FactStore store = FactStore.open(folder.resolve("store"), "test", w -> {})) {
      TreeBodies first = new TreeBodies(listed, store, new UnitCache());
      assertEquals(lowered(SOURCE, 1), first.body("a.c", 1));
      Files.delete(file);
      TreeBodies later = new TreeBodies(listed, store, new UnitCache());
      assertEquals(lowered(SOURCE, 1), later.body("a.c", 1));
    }
  }

  @Test
  void aChangedFileIsNotRememberedUnderTheOldId() throws Exception {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Path file = Files.writeString(tree.resolve("a.c"), SOURCE);
    SourceTree listed = WorkTree.open(tree);
    String other = "int f(int a) { return 1; }\nint g(int b) { return 2; }\n";
    Files.writeString(file, other);
    try (FactStore store = FactStore.open(folder.resolve("store"), "test", w -> {})) {
      assertEquals(
          lowered(other, 0), new TreeBodies(listed, store, new UnitCache()).body("a.c", 0));
      Files.writeString(file, SOURCE);
      assertEquals(
          lowered(SOURCE, 0), new TreeBodies(listed, store, new UnitCache()).body("a.c", 0));
    }
  }
}
