// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.cli.format.SarifSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
  private static final String[] RULES = {"--rule", "test-*", "--rule", "!test-crash"};

  @TempDir private Path temp;
  private Cli cli = new Cli(Path.of(""), Path.of(""));
  private GitHistory history = new GitHistory(Path.of(""));

  @BeforeEach
  void makeRepository() throws IOException, GitAPIException {
    Path tree = Files.createDirectories(temp.resolve("tree")).toRealPath();
    cli = new Cli(tree, Files.createDirectories(temp.resolve("cache"))).kernel();
    history = new GitHistory(tree);
    history.commit("a kernel");
  }

  private Cli.Run check(String... more) {
    String[] arguments = new String[1 + RULES.length + more.length];
    arguments[0] = "check";
    System.arraycopy(RULES, 0, arguments, 1, RULES.length);
    System.arraycopy(more, 0, arguments, 1 + RULES.length, more.length);
    return cli.run(arguments);
  }

  @Test
  void chargesEachCommitWithWhatItBringsAndCreditsWhatItCures() throws Exception {
    cli.write("net/new.c", "int f(void)\n{\n\treturn test_defect(1);\n}\n");
    history.commit("net: bring a defect");
    cli.write("net/passing.c", "int g(void)\n{\n\treturn test_sure_defect(2);\n}\n");
    history.commit("net: bring another one");
    cli.write("net/passing.c", "int g(void)\n{\n\treturn 0;\n}\n");
    history.commit("net: take it back");
    cli.write("drivers/a.c", "int probe(struct thing *t)\n{\n\treturn 0;\n}\n");
    history.commit("drivers: cure two old ones");
    Cli.Run run = check("HEAD~4..HEAD").is(1);
    Golden.check("check/series.text", history.masked(run.out()));
    assertEquals(
        "pinion: 4 commits: 2 findings introduced, 3 cured, 1 finding (1 warning) left\n",
        run.err());
    Golden.check(
        "check/series.json", history.masked(check("--format", "json", "HEAD~4..HEAD").is(1).out()));
    SarifSchema.check(check("--format", "sarif", "HEAD~4..HEAD").is(1).out());
  }

  @Test
  void whatIsTakenBackLaterDoesNotFail() throws Exception {
    cli.write("net/passing.c", "int g(void)\n{\n\treturn test_sure_defect(2);\n}\n");
    history.commit("net: bring one");
    cli.write("net/passing.c", "int g(void)\n{\n\treturn 0;\n}\n");
    history.commit("net: take it back");
    check("HEAD~2..HEAD").is(0);
    check("HEAD~2..HEAD~1").is(1);
  }

  @Test
  void whatWasThereBeforeIsNeverCharged() throws Exception {
    Path file = cli.folder().resolve("drivers/a.c");
    String old = Files.readString(file);
    Files.writeString(file, "/* a comment */\n\n" + old);
    history.commit("drivers: shift lines");
    Files.writeString(file, Files.readString(file).replace("\ttest_", "\t\t  test_"));
    history.commit("drivers: indent");
    Files.writeString(
        file, Files.readString(file).replace("test_defect(t)", "test_defect(t /* x */)"));
    history.commit("drivers: rewrite the line");
    Files.writeString(file, Files.readString(file).replace("probe", "probe_one"));
    history.commit("drivers: rename the function");
    Files.move(file, cli.folder().resolve("drivers/b.c"));
    history.commit("drivers: rename the file");
    Cli.Run run = check("HEAD~5..HEAD").is(0);
    assertEquals("", run.out());
    assertEquals("pinion: 5 commits: 0 findings introduced, 0 cured, 0 findings left\n", run.err());
  }

  @Test
  void aMergeIsNotChargedForItsSideBranch() throws Exception {
    history.branch("side");
    cli.write("net/side.c", "int f(void)\n{\n\treturn test_defect(1);\n}\n");
    history.commit("net: bring a defect on the side");
    history.checkout("main");
    cli.write("net/other.c", "int h(void)\n{\n\treturn 0;\n}\n");
    history.commit("net: something else");
    history.merge("side");
    Cli.Run run = check("HEAD~2..HEAD").is(1);
    assertEquals(1, run.out().lines().filter(l -> l.contains("warning:")).count(), run.out());
    assertTrue(run.out().contains("net: bring a defect on the side"), run.out());
  }

  @Test
  void readsABareRepository() throws Exception {
    cli.write("net/new.c", "int f(void)\n{\n\treturn test_defect(1);\n}\n");
    history.commit("net: bring a defect");
    Path bare = temp.resolve("bare.git");
    Git.cloneRepository()
        .setBare(true)
        .setURI(cli.folder().toUri().toString())
        .setDirectory(bare.toFile())
        .call()
        .close();
    check("--git", "../bare.git", "HEAD~1..HEAD").is(1);
  }

  @Test
  void unusableRanges() {
    check("HEAD").isUnusable("HEAD", "A..B");
    check("HEAD..HEAD").isUnusable("HEAD..HEAD", "no commits");
    check("nonsense..HEAD").isUnusable("nonsense");
    check("--git", "..", "A..B").isUnusable("git");
    check().isUnusable("A..B", "pinion check --help");
  }

  @Test
  void scansACommitWithoutACheckout() throws Exception {
    cli.write("drivers/a.c", "int probe(struct thing *t)\n{\n\treturn 0;\n}\n");
    history.commit("drivers: cure two old ones");
    assertEquals("", cli.run("scan", "--git", ".", "--rule", "test-defect").is(0).out());
    Cli.Run run = cli.run("scan", "--rev", "HEAD~1", "--rule", "test-defect").is(1);
    assertTrue(run.out().startsWith("drivers/a.c:4:2: warning: "), run.out());
    cli.run("scan", "--rev", "v9.9").isUnusable("v9.9");
    Cli elsewhere = new Cli(temp, temp.resolve("cache"));
    for (String path : List.of("tree", "tree/drivers", "tree/drivers/a.c")) {
      assertEquals(
          run.out(),
          elsewhere.run("scan", path, "--rev", "HEAD~1", "--rule", "test-defect").is(1).out());
    }
    assertEquals(
        "",
        elsewhere.run("scan", "tree/net", "--rev", "HEAD~1", "--rule", "test-defect").is(0).out());
    elsewhere.run("scan", "--rev", "HEAD").isUnusable("no git repository");
    cli.run("scan", "--rev", "HEAD", "sound").isUnusable("sound", "no C in it");
  }
}
