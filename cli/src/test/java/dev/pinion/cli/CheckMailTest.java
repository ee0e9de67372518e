// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pinion.cli.format.SarifSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patches that real git has written, in all the ways they may be given. */
class CheckMailTest {
  @TempDir private Path temp;
  private Cli cli = new Cli(Path.of(""), Path.of(""));
  private CommandLineGit git = new CommandLineGit(Path.of(""));
  private String mbox = "";

  @BeforeEach
  void makeSeries() throws IOException, InterruptedException {
    Path tree = Files.createDirectories(temp.resolve("tree")).toRealPath();
    cli = new Cli(tree, Files.createDirectories(temp.resolve("cache"))).kernel();
    git = new CommandLineGit(tree);
    git.git("init", "-q", "-b", "main", ".");
    commit("a kernel");
    git.git("tag", "base");
    cli.write("net/new.c", "int f(void)\n{\n\treturn test_defect(1);\n}\n");
    commit("net: bring a defect");
    cli.write("net/passing.c", "int g(void)\n{\n\treturn test_sure_defect(2);\n}\n");
    cli.write("Documentation/x.rst", "words\n");
    commit("net: bring another one");
    cli.write("net/passing.c", "int g(void)\n{\n\treturn 0;\n}\n");
    git.git("mv", "drivers/a.c", "drivers/moved.c");
    commit("net: take it back");
    mbox = git.git("format-patch", "--stdout", "-n", "--thread", "base..main");
    Files.writeString(temp.resolve("series.mbox"), mbox);
  }

  private void commit(String subject) throws IOException, InterruptedException {
    git.git("add", "-A", ".");
    git.git("commit", "-q", "-m", subject);
  }

  private Cli.Run check(String... more) {
    List<String> arguments = new ArrayList<>(List.of("check", "--rule", "test-*"));
    arguments.addAll(List.of("--rule", "!test-crash"));
    arguments.addAll(Arrays.asList(more));
    return cli.run(arguments.toArray(String[]::new));
  }

  private void patches(String folder) throws IOException, InterruptedException {
    git.git("format-patch", "-q", "-o", temp.resolve(folder).toString(), "base..main");
  }

  @Test
  void mailsSayWhatTheCommitsSay() throws Exception {
    Cli.Run commits = check("--format", "json", "base..main").is(1);
    Cli.Run mails = check("--format", "json", "--mbox", "../series.mbox", "--base", "base").is(1);
    assertEquals(findings(commits.out()), findings(mails.out()));
    assertTrue(mails.err().contains("3 patches: 2 findings introduced, 1 cured, 1 finding"));
    Golden.check(
        "check/mails.text", check("--mbox", "../series.mbox", "--base", "base").is(1).out());
    SarifSchema.check(
        check("--mbox", "../series.mbox", "--base", "base", "--format", "sarif").is(1).out());
    String gitlab =
        check("--mbox", "../series.mbox", "--base", "base", "--format", "gitlab").is(1).out();
    assertEquals(1, JsonParser.parseString(gitlab).getAsJsonArray().size(), gitlab);
  }

  /** Without what names the changes. */
  private static List<String> findings(String json) {
    List<String> all = new ArrayList<>();
    JsonArray findings = JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("findings");
    findings.forEach(
        finding -> {
          JsonObject object = finding.getAsJsonObject();
          object.remove("introducedBy");
          object.remove("curedBy");
          all.add(object.toString());
        });
    return all;
  }

  @Test
  void onAWorkTreeWithoutGitNothingIsWritten() throws Exception {
    Path bare = Files.createDirectories(temp.resolve("plain")).toRealPath();
    Cli plain = new Cli(bare, temp.resolve("cache")).kernel();
    List<String> before = listing(bare);
    assertEquals(
        "net/new.c:3:9: warning: 'test_defect' is called [test-defect]",
        plain
            .run("check", "--rule", "test-defect", "--mbox", "../series.mbox")
            .is(1)
            .out()
            .lines()
            .skip(1)
            .findFirst()
            .orElse(""));
    assertEquals(
        plain.run("check", "--rule", "test-defect", "--mbox", "../series.mbox").out(),
        cli.run("check", "--rule", "test-defect", "--mbox", "../series.mbox", "--tree", "../plain")
            .is(1)
            .out());
    assertEquals(before, listing(bare));
  }

  private static List<String> listing(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void aPatchThatIsInTheBranchIsCheckedOnWhatItWasMadeFor() throws Exception {
    patches("patches");
    Cli.Run second = check("--patch", "../patches/0002-net-bring-another-one.patch").is(1);
    assertTrue(second.out().contains("net/passing.c:3:9: error:"), second.out());
    assertFalse(second.out().contains("new.c"), second.out());
    check("--patch", "../patches/0003-net-take-it-back.patch").is(0);
  }

  @Test
  void severalFilesInAnyOrderAndStandardInput() throws Exception {
    patches("patches");
    String expected = check("--mbox", "../series.mbox", "--base", "base").is(1).out();
    String p = "../patches/000";
    assertEquals(
        expected,
        check(
                "--base",
                "base",
                "--patch",
                p + "3-net-take-it-back.patch",
                p + "1-net-bring-a-defect.patch",
                p + "2-net-bring-another-one.patch")
            .is(1)
            .out());
    cli.reading(mbox);
    assertEquals(expected, check("--base", "base", "-").is(1).out());
    assertEquals(expected, check("--base", "base", "--mbox", "-").is(1).out());
    assertEquals(expected, check("--base", "base", "--patch", "-").is(1).out());
  }

  @Test
  void checkpatchLinesAndNothingElse() throws Exception {
    patches("patches");
    Cli.Run bad =
        check("--patch", "../patches/0002-net-bring-another-one.patch", "--format=checkpatch")
            .is(1);
    assertEquals(
        "net/passing.c:3: ERROR:TEST_SURE_DEFECT: 'test_sure_defect' is called\n", bad.out());
    assertEquals("", bad.err());
    Cli.Run good =
        check("--patch", "../patches/0003-net-take-it-back.patch", "--format=checkpatch").is(0);
    assertEquals("", good.out() + good.err());
  }

  @Test
  void aVerdictForB4Review() throws Exception {
    patches("patches");
    cli.reading(Files.readString(temp.resolve("patches/0002-net-bring-another-one.patch")));
    Cli.Run run = check("--patch", "-", "--format", "b4-review").is(1);
    assertEquals("", run.err());
    JsonObject verdict =
        JsonParser.parseString(run.out()).getAsJsonArray().get(0).getAsJsonObject();
    assertEquals("fail", verdict.get("status").getAsString());
    assertEquals(
        "net/passing.c:3: 'test_sure_defect' is called [test-sure-defect]",
        verdict.get("summary").getAsString());
    assertTrue(verdict.keySet().containsAll(List.of("tool", "url", "details")));
    cli.reading(Files.readString(temp.resolve("patches/0003-net-take-it-back.patch")));
    assertTrue(check("-", "--format", "b4-review").is(0).out().contains("\"status\": \"pass\""));
  }

  @Test
  void draftsRepliesToPatches() throws Exception {
    StringBuilder many = new StringBuilder("int f(void)\n{\n");
    for (int i = 0; i < 7; i++) {
      many.append("\tprepare(").append(i).append(");\n\ttest_defect(").append(i).append(");\n");
    }
    cli.write("net/many.c", many.append("\treturn 0;\n}\n").toString());
    commit("net: bring seven");
    String mails =
        git.git("format-patch", "--stdout", "-n", "--thread", "base..main")
            .replaceAll("(?m)^Message-I[dD]: .*$", "Message-ID: <m@example.org>")
            .replaceAll("(?m)^(In-Reply-To|References): .*$", "$1: <c@example.org>")
            .replaceAll("(?m)^From [0-9a-f]{40} ", "From " + "a".repeat(40) + " ");
    cli.reading(mails);
    Golden.check(
        "check/drafts.mbox",
        check("--mbox", "-", "--base", "base", "--format", "mail").is(1).out());
    check("base..main", "--format", "mail").isUnusable("--format mail", "--mbox");
    cli.run("scan", "--format", "mail").isUnusable("--format mail", "pinion check");
  }

  @Test
  void namesWhatIsNotReadAndWhatDoesNotApply() throws Exception {
    Files.writeString(
        temp.resolve("x.patch"),
        "diff --git a/net/logo.png b/net/logo.png\nnew file mode 100644\nindex 0000000..1234567\nGIT binary patch\nliteral 0\nHcmV?d00001\n");
    Cli.Run run = check("--patch", "../x.patch", "--base", "base").is(0);
    assertTrue(run.err().contains("net/logo.png: not read, binary"), run.err());
    Files.writeString(
        temp.resolve("y.patch"),
        "--- a/net/b.c\n+++ b/net/b.c\n@@ -1,2 +1,2 @@\n other\n-code\n+x\n");
    check("--patch", "../y.patch", "--base", "base")
        .isUnusable("net/b.c", "hunk 1", "does not apply", "--base");
    check("--mbox", "../series.mbox", "--base", "main").isUnusable("1/3", "net/new.c", "--base");
  }

  @Test
  void unusableArguments() {
    check("--mbox", "none.mbox").isUnusable("none.mbox", "does not exist");
    check("--mbox", ".").isUnusable(".", "folder");
    check("--mbox", "../series.mbox", "--base", "v9").isUnusable("v9", "unknown revision");
    check("--mbox", "../series.mbox", "base..main").isUnusable("base..main", "not both");
    check("--mbox", "../series.mbox", "--patch", "x").isUnusable("--mbox and --patch");
    check("--mbox", "../series.mbox", "--tree", ".", "--base", "base").isUnusable("--tree");
    check("--base", "base", "base..main").isUnusable("--base");
    check().isUnusable("--mbox", "pinion check --help");
    check("base...main").isUnusable("base...main", "three dots", "base..main");
    check("--summary", "--format", "json", "base..main").isUnusable("--summary", "--format");
    cli.reading("From: me\nSubject: Re: [PATCH] x\n\nFine with me.\n");
    check("-").isUnusable("standard input", "no patch");
  }

  @Test
  void aTableThatGrowsAndCanBeTakenUpAgain() throws Exception {
    Cli.Run whole = check("base..main", "--summary").is(1);
    Golden.check(
        "check/summary.text",
        whole
            .out()
            .replaceAll("(?m)^[0-9a-f]{12} ", "0123456789ab ")
            .replaceAll(" in [0-9a-f]{12}", " in 0123456789ab"));
    assertEquals(whole.out(), check("base..main", "--summary").is(1).out());
    assertTrue(whole.err().startsWith("pinion: 3 commits: "), whole.err());
    assertEquals("", check("base..main", "--summary", "--output", "../table").is(1).out());
    assertEquals(whole.out(), Files.readString(temp.resolve("table")));
  }

  @Test
  void anInterruptedTableGoesOn() {
    String whole = check("base..main", "--summary").is(1).out();
    String part = "";
    for (int asked = 1; part.isEmpty(); asked++) {
      AtomicInteger left = new AtomicInteger(asked);
      Cli interrupted =
          new Cli(cli.folder(), temp.resolve("cache" + asked))
              .cancelledBy(() -> left.decrementAndGet() < 0);
      Cli.Run run = interrupted.run("check", "--rule", "test-*", "--summary", "base..main").is(3);
      assertTrue(run.err().contains("interrupted"), run.err());
      assertTrue(whole.startsWith(run.out()), run.out());
      part = run.out();
      Cli again = new Cli(cli.folder(), temp.resolve("cache" + asked));
      assertEquals(whole, again.run("check", "--rule", "test-*", "--summary", "base..main").out());
    }
  }

  @Test
  void aBaselineKnowsWhatMovesWithThePatches() throws Exception {
    check("base..main", "--baseline", "none.json").isUnusable("none.json");
    git.git("checkout", "-q", "base");
    cli.write("net/new.c", "int f(void)\n{\n\treturn test_defect(1);\n}\n");
    cli.run("scan", "--rule", "test-defect", "--write-baseline", "../known.json").is(0);
    Cli.Run run = check("base..main", "--baseline", "../known.json").is(0);
    assertFalse(run.out().contains("test-defect"), run.out());
  }
}
