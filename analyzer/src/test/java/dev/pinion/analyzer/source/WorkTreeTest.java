// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import static dev.pinion.analyzer.source.Git.listing;
import static dev.pinion.analyzer.source.Git.paths;
import static dev.pinion.analyzer.source.Git.problems;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A work tree that is a plain folder. */
class WorkTreeTest {
  @TempDir Path temp;
  private Path root = Path.of("");

  @BeforeEach
  void realRoot() throws IOException {
    root = Files.createDirectory(temp.toRealPath().resolve("tree"));
  }

  private Path write(String path, String content) throws IOException {
    return new Git(root).write(path, content);
  }

  @Test
  void listsSourcesSortedWithTheirKinds() throws Exception {
    for (String path :
        List.of(
            "b/z.c",
            "b.h",
            "a.c_shipped",
            "x.h_shipped",
            "b/Kbuild",
            "Makefile",
            "b/Makefile.lib",
            "Kconfig",
            "b/Kconfig.debug",
            "notes.txt",
            "b/x.S",
            "b/x.cc",
            ".hidden.c",
            ".pinion/counted.rows",
            ".pinion/more.rows",
            ".pinion/x.c",
            "b/.pinion/counted.rows",
            ".pc/b/z.c",
            ".git/x.c")) {
      write(path, path);
    }
    WorkTree tree = WorkTree.open(root);
    assertEquals(
        List.of(
            ".pinion/counted.rows ROWS",
            "Kconfig KCONFIG",
            "Makefile KBUILD",
            "a.c_shipped C",
            "b.h HEADER",
            "b/Kbuild KBUILD",
            "b/Kconfig.debug KCONFIG",
            "b/Makefile.lib KBUILD",
            "b/z.c C",
            "x.h_shipped HEADER"),
        tree.files().stream().map(f -> f.path() + " " + f.kind()).toList());
    assertEquals(List.of(), problems(tree));
    assertEquals(root.toString(), tree.root());
    assertEquals(Optional.empty(), tree.rev());
  }

  @Test
  void givesTheBytesAndTheirGitId() throws Exception {
    write("a.c", "hello\n");
    WorkTree tree = WorkTree.open(root);
    SourceFile file = tree.file("a.c").orElseThrow();
    assertEquals("ce013625030ba8dba906f756967f9e9ca394464a", file.blobId().hex());
    assertEquals(6, file.size());
    Content content = tree.read(file);
    assertEquals(file.blobId(), content.blobId());
    assertArrayEquals("hello\n".getBytes(StandardCharsets.US_ASCII), content.bytes());
    assertEquals(Optional.empty(), tree.file("b.c"));
  }

  @Test
  void contentReadAfterAnEditCarriesItsOwnId() throws Exception {
    write("a.c", "old");
    WorkTree tree = WorkTree.open(root);
    SourceFile file = tree.file("a.c").orElseThrow();
    write("a.c", "new");
    Content content = tree.read(file);
    assertNotEquals(file.blobId(), content.blobId());
    assertEquals(BlobId.of(content.bytes()), content.blobId());
  }

  @Test
  void hashesFilesOfAllSizesInAnyPool() throws Exception {
    for (int size : new int[] {0, 1, (1 << 17) - 1, 1 << 17, (1 << 17) + 1, 1_000_000}) {
      write("f" + size + ".c", "x".repeat(size));
    }
    WorkTree tree = WorkTree.open(root);
    for (SourceFile file : tree.files()) {
      assertEquals(tree.read(file).blobId(), file.blobId(), file.path());
    }
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      assertEquals(listing(tree), listing(pool.submit(() -> WorkTree.open(root)).get()));
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void linksToFoldersAreNotFollowedAndLinkedFilesAreReadOnce() throws Exception {
    write("a/x.c", "x");
    Files.writeString(temp.toRealPath().resolve("outside.c"), "outside");
    Files.createSymbolicLink(root.resolve("a/loop"), root);
    Files.createSymbolicLink(root.resolve("loop.c"), root.resolve("a"));
    Files.createSymbolicLink(root.resolve("same.c"), Path.of("a/x.c"));
    Files.createSymbolicLink(root.resolve("out.c"), Path.of("../outside.c"));
    WorkTree tree = WorkTree.open(root);
    assertEquals(List.of("a/x.c", "out.c"), paths(tree));
    SourceFile out = tree.file("out.c").orElseThrow();
    assertEquals(BlobId.of("outside".getBytes(StandardCharsets.US_ASCII)), out.blobId());
    assertEquals(7, out.size());
    assertEquals(List.of(), problems(tree));
  }

  @Test
  void whatCannotBeReadIsAProblemAndTheRestIsListed() throws Exception {
    write("a.c", "a");
    Files.createSymbolicLink(root.resolve("dangling.c"), Path.of("nowhere.c"));
    Files.createSymbolicLink(root.resolve("self.c"), Path.of("self.c"));
    write("folder.c/inner.h", "inner");
    assertEquals(
        0, new ProcessBuilder("mkfifo", root.resolve("pipe.c").toString()).start().waitFor());
    try (RandomAccessFile large = new RandomAccessFile(root.resolve("l.h").toFile(), "rw")) {
      large.setLength(50 << 20);
    }
    WorkTree tree = WorkTree.open(root);
    assertEquals(List.of("a.c", "folder.c/inner.h"), paths(tree));
    assertEquals(
        List.of(
            "dangling.c: cannot be read: a symbolic link that leads nowhere",
            "l.h: not analysed: it has 50 MiB, the limit is 32 MiB",
            "pipe.c: not a regular file",
            "self.c: cannot be read: a symbolic link that leads nowhere"),
        problems(tree));
  }

  @Test
  void aFileThatVanishesGrowsOrTurnsIntoAFolderIsAnErrorWhenRead() throws Exception {
    for (String name : List.of("gone.c", "grown.c", "turned.c")) {
      write(name, "x");
    }
    WorkTree tree = WorkTree.open(root);
    Files.delete(root.resolve("gone.c"));
    Files.delete(root.resolve("turned.c"));
    Files.createDirectory(root.resolve("turned.c"));
    try (RandomAccessFile grown = new RandomAccessFile(root.resolve("grown.c").toFile(), "rw")) {
      grown.setLength(40 << 20);
    }
    assertEquals("cannot be read: it does not exist", readError(tree, "gone.c"));
    assertEquals("not analysed: it has 40 MiB, the limit is 32 MiB", readError(tree, "grown.c"));
    assertEquals("no longer a regular file", readError(tree, "turned.c"));
  }

  private static String readError(SourceTree tree, String path) {
    SourceFile file = tree.file(path).orElseThrow();
    return String.valueOf(assertThrows(SourceException.class, () -> tree.read(file)).getMessage());
  }

  @Test
  void namesThatAreNotUtf8AreListedAndRead() throws Exception {
    shell("printf one > \"$(printf 'b\\303.c')\"; printf two > \"$(printf 'gr\\303\\274n.c')\"");
    WorkTree tree = WorkTree.open(root);
    assertEquals(List.of("b\\xc3.c", "gr\u00fcn.c"), paths(tree));
    for (SourceFile file : tree.files()) {
      assertEquals(file.blobId(), tree.read(file).blobId());
    }
  }

  private void shell(String script) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).directory(root.toFile());
    assertEquals(0, builder.inheritIO().start().waitFor());
  }

  @Test
  void aFolderWithoutCIsAnErrorOnlyOnceItIsToBeReportedOn() throws Exception {
    write("doc/readme.txt", "text");
    write("doc/Makefile", "all:");
    write("src/a.c", "a");
    write("src2/b.c", "b");
    Files.createDirectories(root.resolve("bad"));
    Files.createSymbolicLink(root.resolve("bad/x.c"), Path.of("nowhere"));
    WorkTree tree = WorkTree.open(root);
    assertEquals(
        List.of("src/a.c"), tree.filesUnder("src").stream().map(SourceFile::path).toList());
    assertEquals(1, tree.filesUnder("src/a.c").size());
    assertEquals(4, tree.filesUnder("").size() + 1);
    assertEquals(
        root
            + "/doc: no C in it that can be read (no *.c or *.h file); name a kernel tree or a folder of C",
        assertThrows(SourceException.class, () -> tree.filesUnder("doc")).getMessage());
    assertEquals(
        root
            + "/bad: no C in it that can be read (first problem: bad/x.c: cannot be read: a symbolic link that leads nowhere); name a kernel tree or a folder of C",
        assertThrows(SourceException.class, () -> tree.filesUnder("bad")).getMessage());
  }

  @Test
  void anEmptyFolderIsATreeWithoutFiles() throws Exception {
    WorkTree tree = WorkTree.open(root);
    assertEquals(List.of(), tree.files());
    assertThrows(SourceException.class, () -> tree.filesUnder(""));
  }

  @Test
  void whatIsNotAFolderIsAnError() throws Exception {
    Path file = write("a.c", "a");
    assertEquals(
        file + ": not a folder; name a kernel tree or a folder of C",
        assertThrows(SourceException.class, () -> WorkTree.open(file)).getMessage());
    Path absent = root.resolve("absent");
    assertEquals(
        absent + ": cannot be read: it does not exist",
        assertThrows(SourceException.class, () -> WorkTree.open(absent)).getMessage());
  }

  @Test
  void knowsTheKernelVersionOfItsMakefile() throws Exception {
    assertEquals(Optional.empty(), WorkTree.open(root).kernelVersion());
    write("Makefile", "# SPDX\nVERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 57\nEXTRAVERSION =\n");
    assertEquals(Optional.of(new KernelVersion(6, 12, 57)), WorkTree.open(root).kernelVersion());
    write("Makefile", "VERSION = 1.0\nall:\n");
    assertEquals(Optional.empty(), WorkTree.open(root).kernelVersion());
    assertTrue(new KernelVersion(6, 2, 0).compareTo(new KernelVersion(6, 12, 0)) < 0);
  }
}
