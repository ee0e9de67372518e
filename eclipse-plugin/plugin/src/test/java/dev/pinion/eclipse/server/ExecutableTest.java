// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutableTest {
  @TempDir Path folder;

  @Test
  void whatIsSetComesBeforeThePath() throws IOException {
    Path set = executable("set/pinion");
    Path onPath = executable("bin/pinion");
    String path = "" + onPath.getParent();
    assertEquals(new Executable(Optional.of(set), ""), Executable.find(" " + set + " ", path));
    assertEquals(new Executable(Optional.of(onPath), ""), Executable.find(" ", path));
  }

  @Test
  void whatIsSetAndWrongIsNotReplacedByAnother() throws IOException {
    Path onPath = executable("bin/pinion");
    Executable found = Executable.find(folder + "/nowhere", "" + onPath.getParent());
    assertEquals(Optional.empty(), found.path());
    assertTrue(
        found.problem().contains(folder + "/nowhere is no executable file"), found.problem());
  }

  @Test
  void theFirstExecutableOnThePathIsTaken() throws IOException {
    Files.createDirectories(folder.resolve("a/pinion"));
    Path plain = folder.resolve("b/pinion");
    Files.createDirectories(folder.resolve("b"));
    Files.createFile(plain);
    Path third = executable("c/pinion");
    String path = String.join(File.pathSeparator, "", folder + "/a", folder + "/b", folder + "/c");
    assertEquals(Optional.of(third), Executable.find("", path).path());
  }

  @Test
  void oneLineSaysWhatToDo() {
    String problem = Executable.find("", "" + folder).problem();
    assertEquals(
        "Pinion is off: there is no pinion on the PATH of this Eclipse; set its path in"
            + " Preferences > Pinion",
        problem);
  }

  private Path executable(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }
}
