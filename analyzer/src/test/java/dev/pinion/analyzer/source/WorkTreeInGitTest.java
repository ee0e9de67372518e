// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import static dev.pinion.analyzer.source.Git.listing;
import static dev.pinion.analyzer.source.Git.paths;
import static dev.pinion.analyzer.source.Git.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A work tree of a git repository. The ids must be git's own, whatever state the index is in. */
class WorkTreeInGitTest {
  @TempDir Path temp;
  private Git git = new Git(Path.of(""));

  @BeforeEach
  void repository() throws IOException {
    git = Git.init(temp.toRealPath().resolve("repo"));
  }

  /** Every listed file has the id that {@code git hash-object} computes from its bytes. */
  private void checkIds(String... expectedPaths) throws Exception {
    WorkTree tree = WorkTree.open(git.folder());
    List<String> expected = new ArrayList<>();
    for (String path : expectedPaths) {
      expected.add(path + " " + git.hash(path));
    }
    assertEquals(expected, listing(tree));
    assertEquals(List.of(), problems(tree));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void idsComeFromAnIndexOfAnyVersion(int version) throws Exception {
    git.write("a/long/common/prefix/one.c", "1");
    git.write("a/long/common/prefix/two.c", "2");
    git.write("a/long/x.c", "");
    git.write("a/" + "n".repeat(200) + "/" + "m".repeat(200) + ".c", "3");
    git.commit("base");
    git.write("later.c", "later");
    git.run("add", "-N", "later.c"); // An "intent to add" makes version 3 necessary.
    git.run("update-index", "--index-version", Integer.toString(version));
    git.settle();
    checkIds(
        "a/long/common/prefix/one.c",
        "a/long/common/prefix/two.c",
        "a/long/x.c",
        "a/" + "n".repeat(200) + "/" + "m".repeat(200) + ".c",
        "later.c");
    GitIndex index = GitIndex.read(git.folder().resolve(".git/index"), "");
    Path one = git.folder().resolve("a/long/common/prefix/one.c");
    assertEquals(
        git.hash(one.toString()),
        index.idOf("a/long/common/prefix/one.c", FileStamp.of(one)).orElseThrow().hex());
    Path later = git.folder().resolve("later.c");
    assertTrue(index.tracks("later.c") && index.idOf("later.c", FileStamp.of(later)).isEmpty());
  }

  @Test
  void modifiedStagedAndUntrackedFilesHaveTheIdsOfTheirBytes() throws Exception {
    for (String name : List.of("clean.c", "modified.c", "staged.c", "both.c", "gone.c")) {
      git.write(name, "base");
    }
    git.commit("base");
    git.write("staged.c", "staged");
    git.write("both.c", "staged");
    git.run("add", "-A");
    git.write("both.c", "modified again");
    git.write("modified.c", "modified");
    git.write("untracked.c", "untracked");
    Files.delete(git.folder().resolve("gone.c"));
    git.settle();
    checkIds("both.c", "clean.c", "modified.c", "staged.c", "untracked.c");
  }

  @Test
  void anEditWithinTheSameTickIsSeen() throws Exception {
    Path file = git.write("racy.c", "before");
    git.commit("base");
    git.write("racy.c", "after!"); // The same length, at once, and the index is as new as the file.
    Files.setLastModifiedTime(git.folder().resolve(".git/index"), Files.getLastModifiedTime(file));
    checkIds("racy.c");
  }

  @Test
  void anEditWithTheOldSizeAndTimeIsSeen() throws Exception {
    Path file = git.write("a.c", "before");
    git.commit("base");
    FileTime time = Files.getLastModifiedTime(file);
    Thread.sleep(20); // The change time, which nobody can set back, must differ.
    Files.writeString(file, "after!");
    Files.setLastModifiedTime(file, time);
    git.settle();
    checkIds("a.c");
  }

  @Test
  void aFileRenamedOverAnotherIsSeen() throws Exception {
    git.write("a.c", "before");
    git.commit("base");
    Path other = git.write("b.c", "after!");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(git.folder().resolve("a.c")));
    Files.move(other, git.folder().resolve("a.c"), StandardCopyOption.REPLACE_EXISTING);
    git.settle();
    checkIds("a.c");
  }

  @Test
  void ignoredFilesAreLeftOutUnlessTracked() throws Exception {
    git.write(".gitignore", "*.mod.c\n/generated/\n!keep.mod.c\n");
    git.write("drivers/.gitignore", "crc*.h\n!crc-kept.h\n");
    git.write("drivers/foo.c", "foo");
    git.write("drivers/crc-tracked.h", "tracked");
    git.write("generated/tracked.c", "tracked");
    git.run("add", "-f", "-A");
    git.run("commit", "-q", "-m", "base");
    git.write("drivers/foo.mod.c", "ignored");
    git.write("drivers/keep.mod.c", "kept");
    git.write("drivers/crc32.h", "ignored");
    git.write("drivers/crc-kept.h", "kept");
    git.write("generated/x.c", "ignored");
    git.write("generated/deep/x.c", "ignored");
    git.write("other/generated/x.c", "not at the top");
    git.write("excluded.c", "ignored");
    git.write(".git/info/exclude", "excluded.c\n");
    checkIds(
        "drivers/crc-kept.h",
        "drivers/crc-tracked.h",
        "drivers/foo.c",
        "drivers/keep.mod.c",
        "generated/tracked.c",
        "other/generated/x.c");
  }

  @Test
  void theExcludesFileOfTheConfigurationCounts() throws Exception {
    git.write("a.c", "a");
    git.commit("base");
    git.write("b.c", "b");
    git.write("c.c", "c");
    Path excludes = Files.writeString(temp.resolve("excludes"), "b.c\n");
    git.run("config", "core.excludesFile", excludes.toString());
    checkIds("a.c", "c.c");
  }

  @Test
  void aFolderWithNothingTrackedIsSeenWhole() throws Exception {
    git.write(".gitignore", "/kernels/\n");
    git.write("a.c", "a");
    git.commit("base");
    git.write("kernels/linux/.gitignore", "/*\n");
    git.write("kernels/linux/x.c", "x");
    git.write("kernels/linux/fs/y.c", "y");
    assertEquals(
        List.of("fs/y.c", "x.c"), paths(WorkTree.open(git.folder().resolve("kernels/linux"))));
    assertEquals(List.of("a.c"), paths(WorkTree.open(git.folder())));
  }

  @Test
  void aSubfolderUsesTheIndexAndTheRulesAboveIt() throws Exception {
    git.write(".gitignore", "/sub/gen.c\n");
    git.write("sub/a.c", "a");
    git.write("subway.c", "other");
    git.commit("base");
    git.write("sub/gen.c", "ignored");
    git.settle();
    assertEquals(
        List.of("a.c " + git.hash("sub/a.c")), listing(WorkTree.open(git.folder().resolve("sub"))));
  }

  @Test
  void submodulesAndNestedRepositoriesAreSkipped() throws Exception {
    Git library = Git.init(temp.toRealPath().resolve("library"));
    library.write("lib.c", "lib");
    library.commit("base");
    git.write("a.c", "a");
    git.run("submodule", "add", "-q", library.folder().toString(), "lib");
    git.commit("base");
    Git nested = Git.init(git.folder().resolve("nested"));
    nested.write("n.c", "n");
    checkIds("a.c");
  }

  @Test
  void linkedWorkTreesHaveTheirOwnIndex() throws Exception {
    git.write("a.c", "a");
    git.commit("base");
    git.write(".git/info/exclude", "gen.c\n");
    Path linked = temp.toRealPath().resolve("linked");
    git.run("worktree", "add", "-q", linked.toString());
    Git other = new Git(linked);
    other.write("a.c", "changed");
    other.write("gen.c", "ignored by the shared excludes");
    assertEquals(List.of("a.c " + other.hash("a.c")), listing(WorkTree.open(linked)));
  }

  @Test
  void conflictedFilesAreHashed() throws Exception {
    git.write("a.c", "base\n");
    git.commit("base");
    git.run("checkout", "-q", "-b", "side");
    git.write("a.c", "side\n");
    git.commit("side");
    git.run("checkout", "-q", "main");
    git.write("a.c", "main\n");
    git.commit("main");
    assertEquals(1, git.attempt("merge", "-q", "side").status());
    assertTrue(git.run("status", "--porcelain").contains("UU a.c"));
    git.settle();
    checkIds("a.c");
  }

  @Test
  void namesThatAreNotUtf8AreFoundInTheIndex() throws Exception {
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", "printf one > \"$(printf 'b\\303.c')\"")
            .directory(git.folder().toFile());
    assertEquals(0, shell.start().waitFor());
    git.write("gr\u00fcn.c", "two");
    git.commit("base");
    git.write(".git/info/exclude", "*.c\n"); // Tracked, so it does not apply.
    assertEquals(List.of("b\\xc3.c", "gr\u00fcn.c"), paths(WorkTree.open(git.folder())));
  }

  @Test
  void anIndexThatCannotBeUsedIsReportedAndFilesAreHashed() throws Exception {
    git.write("a.c", "a");
    git.commit("base");
    git.run("update-index", "--split-index");
    WorkTree split = WorkTree.open(git.folder());
    assertEquals(List.of("a.c " + git.hash("a.c")), listing(split));
    assertEquals(
        List.of(
            ".git/index: cannot be used (a split or sparse index, which is not supported): every file is hashed, and what .gitignore matches is left out"),
        problems(split));
    byte[] index = Files.readAllBytes(git.folder().resolve(".git/index"));
    for (int length = 0; length < 12; length++) {
      Files.write(git.folder().resolve(".git/index"), Arrays.copyOf(index, length));
      assertEquals(paths(split), paths(WorkTree.open(git.folder())));
    }
  }
}
