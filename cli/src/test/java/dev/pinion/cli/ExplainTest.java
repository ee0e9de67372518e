// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {
  @TempDir private Path temp;
  private Cli cli = new Cli(Path.of(""), Path.of(""));

  @BeforeEach
  void makeKernel() throws IOException {
    cli =
        new Cli(
                Files.createDirectories(temp.resolve("tree")).toRealPath(),
                Files.createDirectories(temp.resolve("cache")))
            .kernel();
  }

  @Test
  void printsTheRulesPage() {
    assertEquals(
        "# test-defect\n\n## What\n\nA call of `test_defect`.\n",
        cli.run("explain", "test-defect").is(0).out());
  }

  @Test
  void aRuleWithoutAPageHasItsTitle() {
    assertEquals(
        "# test-smell\n\na call of test_smell\n", cli.run("explain", "test-smell").is(0).out());
  }

  @Test
  void tellsAFindingsStoryWithItsLines() {
    String id = idOfTheWarning();
    assertEquals(
        """
        warning: 'test_defect' is called [test-defect]
        finding ID in probe()
        tree TREE

        drivers/a.c:4:2:
               2 | {
               3 | 	prepare(t);
        >      4 | 	test_defect(t);
               5 | 	return 0;
               6 | }

        1. drivers/a.c:1:5: the function starts here
        >      1 | int probe(struct thing *t)
               2 | {
               3 | 	prepare(t);

        No excuse of the rule was proved: harmless
        The rule: pinion explain test-defect
        """,
        cli.run("explain", id.substring(0, 6))
            .is(0)
            .out()
            .replace(id, "ID")
            .replace(cli.folder().toString(), "TREE"));
  }

  @Test
  void findsAFindingByItsPlaceAsTheTextShowsIt() throws IOException {
    String story = cli.run("explain", idOfTheWarning()).is(0).out();
    assertEquals(story, cli.run("explain", "drivers/a.c:4").is(0).out());
    assertEquals(story, cli.run("explain", "drivers/a.c:4:2:").is(0).out());
    Cli inside = new Cli(cli.folder().resolve("drivers"), temp.resolve("cache"));
    assertEquals(story, inside.run("explain", "a.c:4").is(0).out());
    cli.run("explain", "drivers/a.c:5")
        .isUnusable("drivers/a.c:5", "the nearest in that file is drivers/a.c:4 [test-defect]");
    cli.run("explain", "drivers/none.c:5").isUnusable("drivers/none.c:5", "pinion scan");
  }

  @Test
  void saysWhenTheFileHasChangedSince() throws IOException {
    String id = idOfTheWarning();
    cli.write("drivers/a.c", "int other;\n");
    Cli.Run run = cli.run("explain", id).is(0);
    assertTrue(run.err().contains("drivers/a.c has changed since the scan"), run.err());
    Files.delete(cli.folder().resolve("drivers/a.c"));
    assertTrue(
        cli.run("explain", id).is(0).err().contains("drivers/a.c has changed since the scan"));
  }

  @Test
  void neitherRuleNorId() {
    cli.run("explain", "no-such-rule").isUnusable("no-such-rule", "pinion rules");
    cli.run("explain", "abc").isUnusable("abc", "pinion rules");
    cli.run("explain").isUnusable("RULE|ID|FILE:LINE", "pinion explain --help");
  }

  @Test
  void anIdThatNoScanKnows() {
    cli.run("explain", "0123456789ab").isUnusable("0123456789ab", "pinion scan");
    cli.run("explain", "0123456789ab", "--store", "none").isUnusable("--store DIR");
  }

  @Test
  void aDamagedRecordIsAsGoodAsNone() throws IOException {
    String id = idOfTheWarning();
    Path scans = temp.resolve("cache/pinion/scans");
    for (String text : new String[] {"{", "{}", "null", "[]"}) {
      try (var files = Files.list(scans)) {
        Files.writeString(files.findFirst().orElseThrow(), text);
      }
      cli.run("explain", id).isUnusable("no finding '" + id + "'");
    }
  }

  private String idOfTheWarning() {
    String json = cli.run("scan", "--rule", "test-defect", "--format", "json").is(1).out();
    return JsonParser.parseString(json)
        .getAsJsonObject()
        .getAsJsonArray("findings")
        .get(0)
        .getAsJsonObject()
        .get("id")
        .getAsString();
  }
}
