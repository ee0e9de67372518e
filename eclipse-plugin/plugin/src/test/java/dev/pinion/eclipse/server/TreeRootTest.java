// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeRootTest {
  @TempDir Path folder;

  @Test
  void aKernelIsOneTreeWhateverTheProject() throws IOException {
    write("linux/Makefile", "# SPDX\nVERSION = 6\nPATCHLEVEL = 12\n");
    write("linux/Kbuild", "");
    write("linux/drivers/Makefile", "obj-y += x.o\n");
    Path file = write("linux/drivers/x.c", "");
    assertEquals(folder.resolve("linux"), TreeRoot.around(file, folder.resolve("linux/drivers")));
  }

  @Test
  void aMakefileWithoutAVersionIsNoKernel() throws IOException {
    write("linux/Makefile", "KERNELVERSION = none\n");
    write("linux/Kconfig", "");
    Path file = write("linux/x.c", "");
    assertEquals(folder, TreeRoot.around(file, folder));
  }

  @Test
  void theNearestTreeCounts() throws IOException {
    write("repository/.git", "gitdir: elsewhere\n");
    write("repository/module/.pinion", "");
    Path inner = write("repository/module/src/x.c", "");
    Path outer = write("repository/y.c", "");
    assertEquals(folder.resolve("repository/module"), TreeRoot.around(inner, folder));
    assertEquals(folder.resolve("repository"), TreeRoot.around(outer, folder));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
