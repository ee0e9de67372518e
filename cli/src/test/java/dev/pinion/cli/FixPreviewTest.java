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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --fix-preview} and {@code --fixes}; what they print is given to the real git. */
class FixPreviewTest {
  private static final String CURABLE =
      """
      int probe(struct thing *t)
      {
      	prepare(t);
      	test_curable(t);
      	return 0;
      }

      int setup(struct thing *t)
      {
      	test_curable(t);
      	return test_curable(t);
      }
      """;

  @TempDir private Path temp;
  private Cli cli = new Cli(Path.of(""), Path.of(""));

  @BeforeEach
  void makeKernel() throws IOException {
    cli =
        new Cli(
            Files.createDirectories(temp.resolve("tree")).toRealPath(),
            Files.createDirectories(temp.resolve("cache")));
    cli.write("Makefile", "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 7\n");
    cli.write("Kbuild", "obj-y += drivers/\n");
    cli.write("drivers/a.c", CURABLE);
    cli.write("drivers/b.c", "int fire(void)\n{\n\treturn test_cursed(1);\n}");
  }

  private Cli.Run scan(String... more) {
    List<String> arguments = new ArrayList<>(List.of("scan", "--rule", "fix-*"));
    arguments.addAll(List.of(more));
    return cli.run(arguments.toArray(String[]::new));
  }

  private CommandLineGit.Ended apply(String diff, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "apply"));
    command.addAll(List.of(options));
    command.add("-");
    return new CommandLineGit(cli.folder()).run(java.util.Map.of(), diff, command);
  }

  @Test
  void theDiffAppliesAndCures() throws Exception {
    Cli.Run run = scan("--fix-preview").is(1);
    assertEquals(
        """
        diff --git a/drivers/a.c b/drivers/a.c
        --- a/drivers/a.c
        +++ b/drivers/a.c
        @@ -1,12 +1,12 @@
         int probe(struct thing *t)
         {
         	prepare(t);
        -	test_curable(t);
        +	test_fine(t);
         	return 0;
         }
        \s
         int setup(struct thing *t)
         {
        -	test_curable(t);
        -	return test_curable(t);
        +	test_fine(t);
        +	return test_fine(t);
         }
        """,
        run.out());
    assertEquals(CURABLE, Files.readString(cli.folder().resolve("drivers/a.c")), "left alone");
    apply(run.out(), "--check").is(0);
    apply(run.out()).is(0);
    assertEquals("", scan("--fix-preview").is(0).out());
  }

  @Test
  void whatIsNotInTheDiffIsToldLineByLine() {
    Cli.Run run = scan("--fix-preview", "--tier", "latent").is(1);
    assertFalse(run.out().contains("b.c"), run.out());
    assertTrue(
        run.err()
            .contains(
                "pinion: drivers/b.c:3: fix withdrawn: it would bring test-smell at drivers/b.c:3:"
                    + " 'test_smell' is called [fix-cursed]\n"),
        run.err());
    assertTrue(
        run.err()
            .contains(
                "pinion: drivers/a.c:4: no edit alone is a fix: think again: somebody who knows"
                    + " [fix-curable]\n"),
        run.err());
  }

  @Test
  void onlyTheTiersThatAreShownAreFixed() {
    assertFalse(scan("--fix-preview").err().contains("b.c"));
    assertEquals("", scan("--fix-preview", "--tier", "error").is(0).out());
  }

  @Test
  void whatIsInTheBaselineIsLeftAlone() throws IOException {
    scan("--write-baseline", "../known.json", "--fix-preview").is(0);
    assertEquals("", scan("--baseline", "../known.json", "--fix-preview").is(0).out());
    cli.write("drivers/c.c", "void late(void)\n{\n\ttest_curable(0);\n}\n");
    Cli.Run run = scan("--baseline", "../known.json", "--fix-preview").is(1);
    assertTrue(run.out().startsWith("diff --git a/drivers/c.c b/drivers/c.c\n"), run.out());
    assertEquals(1, run.out().lines().filter(l -> l.startsWith("diff")).count(), run.out());
  }

  @Test
  void theDiffGoesToAFile() throws IOException {
    String diff = scan("--fix-preview").out();
    assertEquals("", scan("--fix-preview", "--output", "fixes.diff").is(1).out());
    assertEquals(diff, Files.readString(cli.folder().resolve("fixes.diff")));
  }

  @Test
  void bytesThatAreNoUtf8AndMissingLineEndsArePreserved() throws Exception {
    Path file = cli.folder().resolve("drivers/a b.c");
    byte[] text =
        "/* \u00fc */ void f(void) {\r\n\ttest_curable(1); }".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, text);
    scan("--fix-preview", "--output", "../fixes.diff", "drivers/a b.c").is(1);
    new CommandLineGit(cli.folder()).git("apply", temp.resolve("fixes.diff").toString());
    assertEquals(
        "/* \u00fc */ void f(void) {\r\n\ttest_fine(1); }",
        Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  @Test
  void aCallFromAMacroIsNotEdited() throws IOException {
    cli.write("drivers/a.c", "#define CALL test_curable(0)\nvoid f(void)\n{\n\tCALL;\n}\n");
    Cli.Run run = scan("--fix-preview").is(1);
    assertEquals("", run.out());
    assertTrue(
        run.err().contains("drivers/a.c:4: fix withdrawn: line 4 does not spell test_curable"),
        run.err());
  }

  @Test
  void jsonHasTheCheckedFixesAndWhatIsNeeded() {
    JsonArray findings =
        JsonParser.parseString(scan("--fixes", "--format", "json", "--tier", "latent").is(1).out())
            .getAsJsonObject()
            .getAsJsonArray("findings");
    JsonArray fixes = findings.get(0).getAsJsonObject().getAsJsonArray("fixes");
    assertEquals(
        "{\"title\":\"call test_fine\",\"complete\":true,\"needs\":null,\"edits\":[{\"file\":"
            + "\"drivers/a.c\",\"line\":4,\"column\":2,\"endLine\":4,\"endColumn\":14,\"text\":"
            + "\"test_fine\"}]}",
        fixes.get(0).toString());
    assertEquals(
        "{\"title\":\"think again\",\"complete\":false,\"needs\":\"somebody who knows\","
            + "\"edits\":[]}",
        fixes.get(1).toString());
    JsonObject cursed = findings.get(3).getAsJsonObject();
    assertEquals("drivers/b.c", cursed.get("file").getAsString());
    assertEquals(1, cursed.getAsJsonArray("fixes").size(), "only the remark is left");
  }

  @Test
  void withoutTheOptionNothingIsSaidOfFixes() {
    assertFalse(scan("--format", "json").out().contains("\"fixes\""));
    assertFalse(scan("--format", "sarif").out().contains("\"fixes\""));
  }

  @Test
  void sarifHasTheFixesByTheStandard() throws IOException {
    String sarif = scan("--fixes", "--format", "sarif", "--tier", "latent").is(1).out();
    SarifSchema.check(sarif);
    JsonArray results =
        JsonParser.parseString(sarif)
            .getAsJsonObject()
            .getAsJsonArray("runs")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("results");
    assertEquals(
        "[{\"description\":{\"text\":\"call test_fine\"},\"artifactChanges\":[{\"artifactLocation\":"
            + "{\"uri\":\"drivers/a.c\",\"uriBaseId\":\"SRCROOT\"},\"replacements\":[{"
            + "\"deletedRegion\":{\"startLine\":4,\"startColumn\":2,\"endLine\":4,\"endColumn\":14},"
            + "\"insertedContent\":{\"text\":\"test_fine\"}}]}]}]",
        results.get(0).getAsJsonObject().getAsJsonArray("fixes").toString());
    assertFalse(results.get(3).getAsJsonObject().has("fixes"), "it was withdrawn");
  }

  @Test
  void theSameWhateverIsRemembered() {
    String cold = scan("--fix-preview", "--store", "none", "--jobs", "1").out();
    assertEquals(cold, scan("--fix-preview", "--jobs", "2").out());
    assertEquals(cold, scan("--fix-preview").out());
  }

  @Test
  void explainShowsWhatIsProposed() {
    scan().is(1);
    String story = cli.run("explain", "drivers/a.c:4").is(0).out();
    assertTrue(
        story.contains(
            """
            Fix proposed: call test_fine
              drivers/a.c:4:2: test_curable → test_fine
              pinion scan drivers/a.c --fix-preview checks it and prints the diff

            Fix proposed: think again
              not by an edit alone: somebody who knows
            """),
        story);
  }

  @Test
  void outputWithoutAPlaceForFixesIsRefused() {
    scan("--fix-preview", "--fixes").isUnusable("--fix-preview and --fixes", "not for both");
    scan("--fix-preview", "--format", "json").isUnusable("leave --format json out", "--fixes");
    for (String format : List.of("text", "gitlab", "checkstyle", "checkpatch", "b4-review")) {
      scan("--fixes", "--format", format).isUnusable(format, "json or sarif", "--fix-preview");
    }
    scan("--fix-preview", "--output", "no/such/folder").isUnusable("its folder does not exist");
  }

  @Test
  void theRealRulesFixARemovalThatIsFollowedByAWait() throws Exception {
    Path demo = Files.createDirectories(temp.resolve("demo"));
    for (String name : List.of("badge.h", "remove.c", "publish.c", "reclaim.c")) {
      Files.copy(
          Path.of("..").toAbsolutePath().resolve("corpus/rcu/fixes_bad").resolve(name),
          demo.resolve(name));
    }
    Cli there = new Cli(demo.toRealPath(), temp.resolve("cache"));
    Cli.Run run = there.run("scan", "--fix-preview").is(1);
    new CommandLineGit(demo).run(java.util.Map.of(), run.out(), List.of("git", "apply", "-")).is(0);
    Cli.Run after = there.run("scan", "--fix-preview").is(1);
    assertEquals("", after.out());
    assertEquals(5, run.out().lines().filter(l -> l.startsWith("+\t")).count(), run.out());
  }
}
