// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import static dev.pinion.analyzer.source.Git.paths;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayTest {
  @TempDir Path temp;
  private Git folder = new Git(Path.of(""));

  @BeforeEach
  void base() throws IOException {
    folder = new Git(temp.toRealPath());
    folder.write("Makefile", "VERSION = 6\nPATCHLEVEL = 1\n");
    folder.write("a.c", "a");
    folder.write("b.c", "b");
    Files.createSymbolicLink(folder.folder().resolve("broken.c"), Path.of("nowhere"));
  }

  private static Optional<byte[]> bytes(String text) {
    return Optional.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void replacesAddsAndRemoves() throws Exception {
    WorkTree base = WorkTree.open(folder.folder());
    Overlay tree =
        Overlay.of(
            base,
            Map.of(
                "a.c", bytes("changed"),
                "aa/new.h", bytes("new"),
                "b.c", Optional.empty(),
                "absent.c", Optional.empty(),
                "readme.txt", bytes("no source"),
                "broken.c", bytes("whole")));
    assertEquals(List.of("Makefile", "a.c", "aa/new.h", "broken.c"), paths(tree));
    SourceFile changed = tree.file("a.c").orElseThrow();
    assertEquals(BlobId.of("changed".getBytes(StandardCharsets.UTF_8)), changed.blobId());
    assertEquals(7, changed.size());
    assertArrayEquals("changed".getBytes(StandardCharsets.UTF_8), tree.read(changed).bytes());
    assertEquals(List.of(), tree.problems());
    assertEquals(base.kernelVersion(), tree.kernelVersion());
    assertEquals(base.root(), tree.root());
    assertEquals(List.of("Makefile", "a.c", "b.c"), paths(base));
    assertEquals(1, base.problems().size());
  }

  @Test
  void overlaysStack() throws Exception {
    Overlay lower =
        Overlay.of(WorkTree.open(folder.folder()), Map.of("a.c", bytes("1"), "c.c", bytes("c")));
    Overlay upper = Overlay.of(lower, Map.of("a.c", bytes("2"), "Makefile", Optional.empty()));
    assertEquals(List.of("a.c", "b.c", "c.c"), paths(upper));
    assertArrayEquals(new byte[] {'2'}, upper.read(upper.file("a.c").orElseThrow()).bytes());
    assertArrayEquals(new byte[] {'c'}, upper.read(upper.file("c.c").orElseThrow()).bytes());
    assertEquals(Optional.empty(), upper.kernelVersion());
  }

  @Test
  void laterWritesToTheArrayDoNotShow() throws Exception {
    byte[] buffer = {'x'};
    Overlay tree = Overlay.of(WorkTree.open(folder.folder()), Map.of("a.c", Optional.of(buffer)));
    buffer[0] = 'y';
    assertArrayEquals(new byte[] {'x'}, tree.read(tree.file("a.c").orElseThrow()).bytes());
  }

  @Test
  void aBufferOverTheLimitIsAnErrorWhenRead() throws Exception {
    Overlay tree =
        Overlay.of(WorkTree.open(folder.folder()), Map.of("a.c", Optional.of(new byte[33 << 20])));
    SourceFile file = tree.file("a.c").orElseThrow();
    assertEquals(
        "not analysed: it has 33 MiB, the limit is 32 MiB",
        assertThrows(SourceException.class, () -> tree.read(file)).getMessage());
  }
}
