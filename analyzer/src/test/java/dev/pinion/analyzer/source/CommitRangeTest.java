// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pinion.analyzer.source.CommitRange.Commit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitRangeTest {
  @TempDir Path temp;
  private Git git = new Git(Path.of(""));

  @BeforeEach
  void repository() throws IOException {
    git = Git.init(temp.toRealPath().resolve("repo"));
    for (String step : List.of("one", "two", "three")) {
      git.write("fs/" + step + ".c", step);
      git.write("fs/all.c", step);
      git.commit("fs: " + step + "\n\nWhy.");
    }
  }

  private List<Commit> commits(String range) throws SourceException {
    try (GitRepository repository = GitRepository.open(git.folder())) {
      return CommitRange.resolve(repository, range).commits();
    }
  }

  private String error(Path folder, String range) throws SourceException {
    try (GitRepository repository = GitRepository.open(folder)) {
      return String.valueOf(
          assertThrows(SourceException.class, () -> CommitRange.resolve(repository, range))
              .getMessage());
    }
  }

  @Test
  void commitsComeOldestFirstWithWhatTheyChange() throws Exception {
    String one = git.run("rev-parse", "HEAD~2");
    String two = git.run("rev-parse", "HEAD~1");
    String three = git.run("rev-parse", "HEAD");
    assertEquals(
        List.of(
            new Commit(
                two,
                two.substring(0, 12),
                "fs: two",
                List.of(one),
                List.of("fs/all.c", "fs/two.c")),
            new Commit(
                three,
                three.substring(0, 12),
                "fs: three",
                List.of(two),
                List.of("fs/all.c", "fs/three.c"))),
        commits("HEAD~2..HEAD"));
    assertEquals(commits("HEAD~2..HEAD"), commits("HEAD~2.."));
    assertEquals(1, commits("main~1..main").size());
  }

  @Test
  void mergesAreComparedWithTheirFirstParentAndFollowBothSides() throws Exception {
    git.run("checkout", "-q", "-b", "side", "HEAD~1");
    git.write("side.c", "side");
    git.commit("side");
    git.run("checkout", "-q", "main");
    git.run("merge", "-q", "--no-ff", "-m", "merge", "side");
    List<Commit> commits = commits("HEAD~2..HEAD");
    assertEquals(
        git.run("rev-list", "--reverse", "--topo-order", "HEAD~2..HEAD").lines().sorted().toList(),
        commits.stream().map(Commit::id).sorted().toList());
    Commit merge = commits.get(commits.size() - 1);
    assertEquals(2, merge.parents().size());
    assertEquals(List.of("side.c"), merge.changedPaths());
  }

  @Test
  void aFirstCommitAddsAllItsFiles() throws Exception {
    git.run("checkout", "-q", "--orphan", "fresh");
    git.commit("fresh");
    Commit commit = commits("main..fresh").get(0);
    assertEquals(List.of(), commit.parents());
    assertEquals(List.of("fs/all.c", "fs/one.c", "fs/three.c", "fs/two.c"), commit.changedPaths());
  }

  @Test
  void removedFilesAndNamesThatAreNotUtf8AreChangedPaths() throws Exception {
    Files.delete(git.folder().resolve("fs/two.c"));
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", "echo x > \"$(printf 'b\\303.c')\"")
            .directory(git.folder().toFile());
    assertEquals(0, shell.start().waitFor());
    git.commit("odd");
    assertEquals(List.of("b\\xc3.c", "fs/two.c"), commits("HEAD~1..HEAD").get(0).changedPaths());
  }

  @Test
  void whatIsNoRangeIsAnError() throws Exception {
    String where = git.folder() + ": ";
    assertEquals("'HEAD' is not a range of commits; write A..B", error(git.folder(), "HEAD"));
    assertEquals(
        "'HEAD~1...HEAD' has three dots, which mean both sides since they parted; write HEAD~1..HEAD with two for what the second has and the first has not",
        error(git.folder(), "HEAD~1...HEAD"));
    assertEquals(
        where + "the range 'HEAD..HEAD~1' has no commits; the older end comes first",
        error(git.folder(), "HEAD..HEAD~1"));
    assertEquals(
        where + "unknown revision 'nowhere'; see `git log`, or fetch it first",
        error(git.folder(), "nowhere..HEAD"));
  }

  @Test
  void historyCutOffWithinTheRangeIsAnError() throws Exception {
    Path shallow = temp.toRealPath().resolve("shallow");
    git.run("clone", "-q", "--depth=2", "file://" + git.folder(), shallow.toString());
    Git clone = new Git(shallow);
    assertEquals(
        shallow + ": unknown revision 'HEAD~2'; see `git log`, or fetch it first",
        error(shallow, "HEAD~2..HEAD"));
    clone.run("checkout", "-q", "--orphan", "other");
    clone.commit("other");
    String boundary = clone.run("rev-parse", "main~1").substring(0, 12);
    assertEquals(
        shallow
            + ": the parents of "
            + boundary
            + " are not in this shallow clone; run `git fetch --deepen=100` or `git fetch --unshallow`",
        error(shallow, "other..main"));
    try (GitRepository repository = GitRepository.open(shallow)) {
      assertEquals(1, CommitRange.resolve(repository, "main~1..main").commits().size());
    }
  }
}
