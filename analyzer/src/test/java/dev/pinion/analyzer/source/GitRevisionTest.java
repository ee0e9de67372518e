// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import static dev.pinion.analyzer.source.Git.listing;
import static dev.pinion.analyzer.source.Git.paths;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRevisionTest {
  @TempDir Path temp;
  private Path real = Path.of("");
  private Git git = new Git(Path.of(""));
  private String first = "";
  private String second = "";

  @BeforeEach
  void repository() throws IOException {
    real = temp.toRealPath();
    git = Git.init(real.resolve("repo"));
    git.write("Makefile", "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\n");
    git.write("fs/a.c", "first");
    git.write("fs/b.c", "b");
    git.write("doc/readme.txt", "text");
    git.write(".pc/fs/a.c", "hidden");
    Files.createSymbolicLink(git.folder().resolve("link.c"), Path.of("fs/a.c"));
    first = git.commit("first");
    git.write("fs/a.c", "second");
    git.write("mm/c.h", "c");
    Files.delete(git.folder().resolve("fs/b.c"));
    second = git.commit("second");
  }

  private static String text(SourceTree tree, String path) throws SourceException {
    return new String(tree.read(tree.file(path).orElseThrow()).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void isTheTreeOfTheCommitWhateverIsCheckedOut() throws Exception {
    git.write("fs/a.c", "uncommitted");
    try (GitRepository repository = GitRepository.open(git.folder())) {
      GitRevision old = GitRevision.of(repository, "HEAD~1");
      assertEquals(List.of("Makefile", "fs/a.c", "fs/b.c"), paths(old));
      assertEquals("first", text(old, "fs/a.c"));
      assertEquals(Optional.of(first), old.rev());
      assertEquals(Optional.of(new KernelVersion(6, 1, 0)), old.kernelVersion());
      GitRevision now = GitRevision.of(repository, "main");
      assertEquals(List.of("Makefile", "fs/a.c", "mm/c.h"), paths(now));
      assertEquals("second", text(now, "fs/a.c"));
      assertEquals(Optional.of(second), now.rev());
    }
  }

  @Test
  void aTreesOwnRowsAreListedThoughTheirFolderIsHidden() throws Exception {
    git.write(".pinion/counted.rows", "# ours");
    git.write(".pinion/x.c", "hidden");
    git.commit("rows");
    try (GitRepository repository = GitRepository.open(git.folder())) {
      GitRevision now = GitRevision.of(repository, "HEAD");
      assertEquals(List.of(".pinion/counted.rows", "Makefile", "fs/a.c", "mm/c.h"), paths(now));
      assertEquals("# ours", text(now, ".pinion/counted.rows"));
      assertEquals(listing(WorkTree.open(git.folder())), listing(now));
    }
  }

  @Test
  void agreesWithTheWorkTreeOfTheSameCommit() throws Exception {
    try (GitRepository repository = GitRepository.open(git.folder().resolve("fs"))) {
      assertEquals(
          listing(WorkTree.open(git.folder())), listing(GitRevision.of(repository, "HEAD")));
    }
  }

  @Test
  void aBareRepositoryServesAsWell() throws Exception {
    Path bare = real.resolve("bare.git");
    git.run("clone", "-q", "--bare", git.folder().toString(), bare.toString());
    try (GitRepository repository = GitRepository.open(bare)) {
      assertEquals("second", text(GitRevision.of(repository, second.substring(0, 10)), "fs/a.c"));
      assertEquals(bare.toString(), repository.root());
    }
  }

  @Test
  void submodulesAreLeftOut() throws Exception {
    Git library = Git.init(real.resolve("library"));
    library.write("lib.c", "lib");
    library.commit("base");
    git.run("submodule", "add", "-q", library.folder().toString(), "lib.c");
    git.commit("submodule");
    try (GitRepository repository = GitRepository.open(git.folder())) {
      assertEquals(
          List.of("Makefile", "fs/a.c", "mm/c.h"), paths(GitRevision.of(repository, "HEAD")));
    }
  }

  @Test
  void aShallowCloneHasTheTreesOfItsCommits() throws Exception {
    Path shallow = real.resolve("shallow");
    git.run("clone", "-q", "--depth=1", "file://" + git.folder(), shallow.toString());
    try (GitRepository repository = GitRepository.open(shallow)) {
      assertEquals("second", text(GitRevision.of(repository, "HEAD"), "fs/a.c"));
      assertEquals(
          shallow + ": unknown revision 'HEAD~1'; see `git log`, or fetch it first",
          error(repository, "HEAD~1"));
    }
  }

  @Test
  void aBlobMissingFromAPartialCloneIsAnErrorWhenRead() throws Exception {
    git.run("config", "uploadpack.allowFilter", "true");
    Path partial = real.resolve("partial");
    git.run(
        "clone",
        "-q",
        "--no-checkout",
        "--filter=blob:none",
        "file://" + git.folder(),
        partial.toString());
    try (GitRepository repository = GitRepository.open(partial)) {
      GitRevision tree = GitRevision.of(repository, "HEAD");
      assertEquals(List.of("Makefile", "fs/a.c", "mm/c.h"), paths(tree));
      SourceFile file = tree.file("fs/a.c").orElseThrow();
      String id = file.blobId().hex();
      assertEquals(
          "%s: blob %s cannot be read: object %s is missing; in a partial or shallow clone, `git fetch` it first"
              .formatted(partial, id, id),
          assertThrows(SourceException.class, () -> tree.read(file)).getMessage());
    }
  }

  @Test
  void unusableRevisionsAreOneClearLine() throws Exception {
    try (GitRepository repository = GitRepository.open(git.folder())) {
      assertEquals(
          git.folder() + ": unknown revision 'nowhere'; see `git log`, or fetch it first",
          error(repository, "nowhere"));
      assertEquals(
          git.folder() + ": unknown revision 'HEAD:fs/a.c'; see `git log`, or fetch it first",
          error(repository, "HEAD:fs/a.c"));
      assertEquals(git.folder() + ": 'HEAD^{' is not a revision", error(repository, "HEAD^{"));
      assertTrue(error(repository, "1".repeat(40)).contains("is missing"));
      assertTrue(error(repository, "").startsWith(git.folder() + ": "));
    }
  }

  private static String error(GitRepository repository, String revision) {
    return String.valueOf(
        assertThrows(SourceException.class, () -> GitRevision.of(repository, revision))
            .getMessage());
  }

  @Test
  void aFolderThatIsNoRepositoryIsAnError() throws Exception {
    Path plain = Files.createDirectory(real.resolve("plain"));
    assertEquals(
        plain + ": no git repository here; name a clone or a bare repository",
        assertThrows(SourceException.class, () -> GitRepository.open(plain)).getMessage());
  }

  @Test
  void readingLeavesNoTraceInTheRepository() throws Exception {
    List<String> before = files(git.folder());
    try (GitRepository repository = GitRepository.open(git.folder())) {
      GitRevision tree = GitRevision.of(repository, "HEAD");
      assertEquals("second", text(tree, "fs/a.c"));
      assertEquals(3, GitRevision.of(repository, "HEAD").files().size());
    }
    assertEquals(before, files(git.folder()));
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).sorted().toList();
    }
  }
}
