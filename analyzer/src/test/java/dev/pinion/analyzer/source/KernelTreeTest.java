// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelTreeTest {
  @TempDir Path temp;
  private Path real = Path.of("");

  @BeforeEach
  void kernel() throws IOException {
    real = temp.toRealPath();
    Git kernel = new Git(real.resolve("linux"));
    kernel.write("Makefile", "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 1\n");
    kernel.write("Kconfig", "");
    kernel.write("drivers/net/Makefile", "obj-y += x.o\n");
    kernel.write("drivers/net/x.c", "x");
  }

  private void check(Path named, Path root, String subPath) throws SourceException {
    assertEquals(new KernelTree(root, subPath), KernelTree.locate(named));
  }

  @Test
  void theKernelAroundAFolderOrFileIsFound() throws Exception {
    Path linux = real.resolve("linux");
    check(linux, linux, "");
    check(linux.resolve("drivers/net"), linux, "drivers/net");
    check(linux.resolve("drivers/net/x.c"), linux, "drivers/net/x.c");
    check(linux.resolve("drivers/../drivers"), linux, "drivers");
  }

  @Test
  void theKernelOfALinkedFolderIsFound() throws Exception {
    Path link = Files.createSymbolicLink(real.resolve("net"), Path.of("linux/drivers/net"));
    check(link, real.resolve("linux"), "drivers/net");
  }

  @Test
  void aMarkerMakesTheNearestRoot() throws Exception {
    Path drivers = real.resolve("linux/drivers");
    Files.createFile(drivers.resolve(KernelTree.MARKER));
    check(drivers.resolve("net"), drivers, "net");
    check(drivers, drivers, "");
  }

  @Test
  void otherwiseItIsTheGitWorkTreeAndTheSearchStaysInIt() throws Exception {
    Path repository = real.resolve("linux/out-of-tree");
    Git git = Git.init(repository);
    git.write("src/a.c", "a");
    check(repository.resolve("src"), repository, "src");
    git.write("src/" + KernelTree.MARKER, "");
    check(repository.resolve("src/a.c"), repository.resolve("src"), "a.c");
  }

  @Test
  void otherwiseItIsTheFolderItself() throws Exception {
    Git plain = new Git(real.resolve("plain"));
    plain.write("sub/a.c", "a");
    plain.write("Makefile", "VERSION = 1\nPATCHLEVEL = 2\n"); // No kernel: nothing of Kbuild.
    check(real.resolve("plain/sub"), real.resolve("plain/sub"), "");
    check(real.resolve("plain/sub/a.c"), real.resolve("plain/sub"), "a.c");
  }

  @Test
  void aPathThatIsNeitherIsAnError() throws Exception {
    Path absent = real.resolve("absent");
    assertEquals(
        absent + ": it does not exist",
        assertThrows(SourceException.class, () -> KernelTree.locate(absent)).getMessage());
    Path device = Path.of("/dev/null");
    assertEquals(
        "/dev/null: neither a folder nor a file",
        assertThrows(SourceException.class, () -> KernelTree.locate(device)).getMessage());
  }
}
